"""Single sign-on."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0033"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("account_id", sa.String(length=12), nullable=False),
        sa.Column("found_by", sa.String(length=5), nullable=False),
        sa.Column("linked_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    linked = sa.text("ended_at IS NULL")
    for name, column in (("ux_identity_subject", "subject"), ("ux_identity_account", "account_id")):
        columns = ["issuer", column]
        op.create_index(name, "identity", columns, unique=True, sqlite_where=linked, postgresql_where=linked)
    op.create_index("ix_identity_linked", "identity", ["linked_at", "id"])
    op.create_table(
        "sign_on_way",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("verifier", sa.String(length=128), nullable=False),
        sa.Column("wanted", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash"),
    )
    op.create_index("ix_sign_on_way_expires_at", "sign_on_way", ["expires_at"])
    op.create_table(
        "sign_on_session",
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("identity_id", sa.String(length=12), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"]),
        sa.PrimaryKeyConstraint("secret_hash"),
    )
    op.create_index("ix_sign_on_session_identity_id", "sign_on_session", ["identity_id"])
    op.create_index("ix_sign_on_session_expires_at", "sign_on_session", ["expires_at"])
