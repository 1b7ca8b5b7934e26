"""Other voices: rounds, invitations, and tallies of what was answered."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Document, Instant

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voice_round",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("document", Document, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "voice_invitation",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "person_id"),
    )
    op.create_index("ix_voice_invitation_person", "voice_invitation", ["person_id", "standing"])
    op.create_table(
        "voice_tally",
        sa.Column("round_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("document", Document, nullable=False),
        sa.PrimaryKeyConstraint("round_id", "kind"),
    )
