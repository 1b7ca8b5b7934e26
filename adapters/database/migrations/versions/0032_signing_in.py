"""The second step, sessions that tell where they are, keys with scopes, and the security record."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0032"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("account", sa.Column("second_step_at", Instant(), nullable=True))
    op.add_column("credential", sa.Column("scopes", sa.String(length=100), nullable=True))
    op.add_column("credential", sa.Column("address", sa.String(length=45), nullable=False, server_default=""))
    op.create_table(
        "second_step",
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.String(length=200), nullable=False),
        sa.Column("used_step", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_index("ix_recovery_code_account_id", "recovery_code", ["account_id"])
    op.create_table(
        "security_event",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("deed", sa.String(length=24), nullable=False),
        sa.Column("account_id", sa.String(length=12), nullable=True),
        sa.Column("by_id", sa.String(length=12), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_security_event_at", "security_event", ["at", "id"])
    op.create_index("ix_security_event_account", "security_event", ["account_id", "at"])
