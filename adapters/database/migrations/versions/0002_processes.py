"""The first tables: the projection and the record of the processes."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appraisal",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.String(length=12), nullable=False),
        sa.Column("supervisor_id", sa.String(length=12), nullable=True),
        sa.Column("superior_id", sa.String(length=12), nullable=True),
        sa.Column("head_id", sa.String(length=12), nullable=True),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("holder_id", sa.String(length=12), nullable=True),
        sa.Column("escalated_to", sa.String(length=12), nullable=True),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("next_alarm", sa.String(length=12), nullable=True),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("escalated", sa.Integer(), nullable=False),
        sa.Column("results_rating", sa.String(length=12), nullable=True),
        sa.Column("behaviour_rating", sa.String(length=12), nullable=True),
        sa.Column("predicate", sa.String(length=20), nullable=True),
        sa.Column("calibrated", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("training_id", sa.String(length=12), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id", "employee_id"),
    )
    op.create_index("ix_appraisal_employee_id", "appraisal", ["employee_id"])
    op.create_index("ix_appraisal_escalated", "appraisal", ["escalated_to", "due_at", "id"])
    op.create_index("ix_appraisal_holder", "appraisal", ["holder_id", "due_at", "id"])
    op.create_index("ix_appraisal_step", "appraisal", ["cycle_id", "step", "due_at", "id"])
    op.create_index("ix_appraisal_supervisor_id", "appraisal", ["supervisor_id"])
    op.create_index("ix_appraisal_unit", "appraisal", ["cycle_id", "unit_id", "step", "id"])
    op.create_table(
        "calibration",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.String(length=12), nullable=False),
        sa.Column("head_id", sa.String(length=12), nullable=True),
        sa.Column("superior_id", sa.String(length=12), nullable=True),
        sa.Column("escalated_to", sa.String(length=12), nullable=True),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("unit_result", sa.String(length=20), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("next_alarm", sa.String(length=12), nullable=True),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_calibration_cycle_id", "calibration", ["cycle_id"])
    op.create_index("ix_calibration_escalated_to", "calibration", ["escalated_to"])
    op.create_index("ix_calibration_head_id", "calibration", ["head_id"])
    op.create_table(
        "cycle",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("timetable", sa.JSON(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "event",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=64), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("subject", "revision"),
        sa.UniqueConstraint("subject", "command_id"),
    )
    op.create_index("ix_event_kind", "event", ["kind"])
    op.create_table(
        "nomination",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("next_alarm", sa.String(length=12), nullable=True),
        sa.Column("next_at", Instant(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("cycle_id"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subject", "revision", "recipient", "channel"),
    )
    op.create_index("ix_notice_recipient", "notice", ["recipient", "created_at", "id"])
    op.create_table(
        "participant",
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "person_id"),
    )
    op.create_table(
        "proposal",
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("training_id", sa.String(length=12), nullable=True),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decision_reason", sa.String(length=2000), nullable=False),
        sa.Column("decided_by", sa.String(length=12), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("cycle_id", "employee_id"),
    )
    op.create_index("ix_proposal_rank", "proposal", ["cycle_id", "rank", "employee_id"])
    op.create_index("ix_proposal_round", "proposal", ["cycle_id", "round", "employee_id"])
    op.create_index("ix_proposal_training_id", "proposal", ["training_id"])
    op.create_table(
        "roster_import",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("uploaded_by", sa.String(length=12), nullable=False),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
