"""Courses and boxes of the talent map on their way to SIASN, beside ratings: one row for each person and course, or year."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0031"
branch_labels = None
depends_on = None

UNIQUE = {"uq": "uq_%(table_name)s_%(column_0_N_name)s"}
"""Gives the constraint of revision 0028 a name where the database has none for it."""


def upgrade() -> None:
    (before,) = sa.inspect(op.get_bind()).get_unique_constraints("siasn_push")
    nameless = "uq_siasn_push_cycle_id_person_id_period_year"
    with op.batch_alter_table("siasn_push", naming_convention=UNIQUE) as batch:
        batch.add_column(sa.Column("matter", sa.String(length=8), nullable=False, server_default="rating"))
        batch.add_column(sa.Column("course_id", sa.String(length=12), nullable=False, server_default=""))
        # The one that follows is wider: what an older version writes fits it as well.
        batch.drop_constraint(before["name"] or nameless, type_="unique")
        batch.create_unique_constraint(
            "uq_siasn_push_result", ["cycle_id", "person_id", "matter", "period", "course_id", "year"]
        )
    op.create_index("ix_siasn_push_waiting", "siasn_push", ["stand", "order_id"])
