"""What heads of units say of the trainings proposed for their people; attendance from files."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heads_word",
        sa.Column("cycle_id", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=False),
        sa.Column("training_id", sa.String(length=12), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("said_by", sa.String(length=12), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("cycle_id", "employee_id"),
    )
    op.create_table(
        "attendance_note",
        sa.Column("import_id", sa.String(length=32), nullable=False),
        sa.Column("seat_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("certificate", sa.String(length=300), nullable=False),
        sa.Column("certified_only", sa.Boolean(), nullable=False),
        sa.Column("noted_by", sa.String(length=64), nullable=False),
        sa.Column("refusal", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("import_id", "seat_id"),
    )
    op.add_column("nomination", sa.Column("heads_until", Instant(), nullable=True))
