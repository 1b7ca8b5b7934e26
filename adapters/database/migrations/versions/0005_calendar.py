"""Days off by decree, working weeks of units, and the calendar that a cycle was planned with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("import_id", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("version", "day"),
    )
    op.create_table(
        "unit_schedule",
        sa.Column("unit_id", sa.String(length=12), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sa.PrimaryKeyConstraint("unit_id"),
    )
    op.add_column("cycle", sa.Column("calendar_version", sa.Integer(), nullable=True))
    op.add_column("cycle", sa.Column("unconfirmed_years", sa.JSON(), nullable=True))
