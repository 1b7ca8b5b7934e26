"""Acting officials: appointments, and who acts in a case."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.Enum("PLT", "PLH", "DELEGATE", name="actingkind"), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("position_id", sa.String(length=12), nullable=True),
        sa.Column("represented_id", sa.String(length=12), nullable=True),
        sa.Column("signs", sa.Boolean(), nullable=False),
        sa.Column("begins_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("appointed_by", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appointment_end", "appointment", ["ends_at", "id"])
    op.create_index("ix_appointment_person", "appointment", ["person_id", "ends_at"])
    op.create_index("ix_appointment_represented", "appointment", ["represented_id", "ends_at"])
    op.add_column("appraisal", sa.Column("preparer_id", sa.String(length=12), nullable=True))
    op.add_column("appraisal", sa.Column("acting", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_appraisal_preparer", "appraisal", ["preparer_id", "due_at", "id"])
