"""The record is only ever added to: attempts instead of a deletion, a view for readers, anchors, and who read whose case.

Chains that are there stay valid: all of their entries are of the first attempt, which no hash names. A later migration that
makes the table `event` anew on SQLite drops the view and the triggers first, and makes them again.
"""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None

FOREVER = ("event", "anchor", "anchored_head", "reading")
COLUMNS = "subject, revision, command_id, kind, actor, on_behalf_of, at, reason, changes, previous_hash, hash, attempt"
# An entry counts unless a later attempt has begun at its revision or before it. `attempt > 0` leads to an index that is
# empty almost everywhere.
STANDING = f"""
CREATE VIEW standing_event AS SELECT {COLUMNS} FROM event
WHERE NOT EXISTS (
    SELECT 1 FROM event AS later
    WHERE later.subject = event.subject AND later.attempt > 0
    AND later.attempt > event.attempt AND later.revision <= event.revision
)
"""  # noqa: S608
# Whoever has been given rights to the tables keeps those to read and to add. The owner runs migrations and does not serve.
REVOKE = """
DO $$
DECLARE held record;
BEGIN
    FOR held IN
        SELECT DISTINCT kept.relname AS kept, given.grantee::regrole::text AS role
        FROM pg_class AS kept, aclexplode(kept.relacl) AS given
        WHERE kept.relnamespace = current_schema()::regnamespace
        AND kept.relname IN ('event', 'anchor', 'anchored_head', 'reading')
        AND given.grantee <> kept.relowner AND given.grantee <> 0
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %s', held.kept, held.role);
    END LOOP;
END $$
"""


def upgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    _add_attempts(sqlite)
    op.execute(STANDING)
    _create_anchors()
    _create_readings()
    if not sqlite:
        op.execute(REVOKE)
        return
    for table in FOREVER:
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{deed.lower()} BEFORE {deed} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
            )


def _add_attempts(sqlite: bool) -> None:
    if sqlite:
        _make_events_anew()
    else:
        op.add_column("event", sa.Column("attempt", sa.Integer(), nullable=False, server_default="0"))
        op.drop_constraint("event_pkey", "event", type_="primary")
        op.create_primary_key("event_pkey", "event", ["subject", "revision", "attempt"])
        op.drop_constraint("event_subject_command_id_key", "event", type_="unique")
        op.create_unique_constraint(None, "event", ["subject", "command_id", "attempt"])
    again = sa.text("attempt > 0")
    op.create_index(
        "ix_event_again", "event", ["subject", "attempt", "revision"], sqlite_where=again, postgresql_where=again
    )


def _make_events_anew() -> None:
    """SQLite cannot change a key; Alembic's own way to copy a table would keep the constraint that has no name."""
    op.create_table(
        "event_anew",
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
        sa.Column("attempt", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("subject", "revision", "attempt"),
        sa.UniqueConstraint("subject", "command_id", "attempt"),
    )
    op.execute(f"INSERT INTO event_anew ({COLUMNS}) SELECT {COLUMNS.replace('attempt', '0')} FROM event")  # noqa: S608
    op.drop_table("event")
    op.rename_table("event_anew", "event")
    op.create_index("ix_event_kind", "event", ["kind"])


def _create_anchors() -> None:
    op.create_table(
        "anchor",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("day"),
        sa.UniqueConstraint("previous_hash"),
    )
    op.create_table(
        "anchored_head",
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("subject", "day"),
    )
    op.create_index("ix_anchored_head_day", "anchored_head", ["day"])


def _create_readings() -> None:
    op.create_table(
        "reading",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reader", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("ground", sa.String(length=12), nullable=False),
        sa.Column("employee_id", sa.String(length=12), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("day", "reader", "subject", "ground"),
    )
    op.create_index("ix_reading_at", "reading", ["at"])
    op.create_index("ix_reading_employee", "reading", ["employee_id", "at"])
    op.create_index("ix_reading_reader", "reading", ["reader", "at"])
