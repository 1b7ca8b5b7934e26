"""Objections: whose rating, who decides, what became of it, and the predicate that it changed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0021"
branch_labels = None
depends_on = None

COLUMNS = (("rater_id", 12), ("decider_id", 12), ("objection", 12), ("predicate_objected", 20))


def upgrade() -> None:
    for name, length in COLUMNS:
        op.add_column("appraisal", sa.Column(name, sa.String(length=length), nullable=True))
