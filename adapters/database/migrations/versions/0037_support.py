"""Support staff: who may look on, why and until when a session does, and the reason with each look."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0037"
down_revision = "0035"
branch_labels = None
depends_on = None

KNOWN = "day, reader, subject, ground, employee_id, at"


def upgrade() -> None:
    op.add_column("account", sa.Column("support", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("credential", sa.Column("look_reason", sa.String(length=200), nullable=True))
    op.add_column("credential", sa.Column("look_until", Instant(), nullable=True))
    if op.get_context().dialect.name == "sqlite":
        _make_readings_anew()
        return
    op.add_column("reading", sa.Column("reason", sa.String(length=200), nullable=False, server_default=""))
    op.drop_constraint("reading_pkey", "reading", type_="primary")
    op.create_primary_key("reading_pkey", "reading", ["day", "reader", "subject", "ground", "reason"])


def _make_readings_anew() -> None:
    """SQLite cannot change a key. The triggers go with the table that they guard, and are made again."""
    op.create_table(
        "reading_anew",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("ground", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("day", "reader", "subject", "ground", "reason"),
    )
    op.execute(f"INSERT INTO reading_anew ({KNOWN}) SELECT {KNOWN} FROM reading")  # noqa: S608
    op.drop_table("reading")
    op.rename_table("reading_anew", "reading")
    op.create_index("ix_reading_at", "reading", ["at"])
    op.create_index("ix_reading_employee", "reading", ["employee_id", "at"])
    op.create_index("ix_reading_reader", "reading", ["reader", "at"])
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER reading_refuses_{deed.lower()} BEFORE {deed} ON reading "
            "BEGIN SELECT RAISE(ABORT, 'reading is only ever added to'); END"
        )
