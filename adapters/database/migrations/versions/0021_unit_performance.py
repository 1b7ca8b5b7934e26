"""Which way an indicator shall go and whether it needs evidence; what was reached in each quarter; who waits upstream."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0021"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column, before in (("direction", "naik"), ("evidence", "tidak")):
        added = sa.Column(column, sa.String(length=8), nullable=False, server_default=before)
        op.add_column("indicator", added)
    waits: sa.Column[bool] = sa.Column("waits_upstream", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("appraisal", waits)
    op.create_index("ix_calibration_superior_id", "calibration", ["superior_id"])
    op.create_table(
        "indicator_actual",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("indicator_id", sa.String(length=12), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(18, 4), nullable=False),
        sa.Column("evidence", sa.String(length=1000), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(length=12), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("indicator_id", "quarter", "number"),
    )
