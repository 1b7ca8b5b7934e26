"""What a course is, costs and is for; the budget and the quotas of a year."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0028"
branch_labels = None
depends_on = None

TEXTS = (("kind", 20), ("provider", 200), ("employments", 40), ("positions", 60), ("lowest_grades", 20))


def upgrade() -> None:
    for column, length in TEXTS:
        op.add_column("training", sa.Column(column, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("training", sa.Column("price", sa.Numeric(15, 0), nullable=False, server_default="0"))
    withdrawn: sa.Column[bool] = sa.Column("withdrawn", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("training", withdrawn)
    op.create_table(
        "training_limits",
        sa.Column("year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("budget", sa.Numeric(15, 0), nullable=True),
        sa.Column("quotas", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
