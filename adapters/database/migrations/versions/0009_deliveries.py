"""What is sent out of the inbox. Notices from before are settled: nobody wants last year's by mail."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("recipient", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("slot", sa.String(length=40), nullable=False),
        sa.Column("notices", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("try_at", Instant(), nullable=True),
        sa.Column("sent_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("recipient", "channel", "kind", "slot"),
    )
    op.create_index("ix_delivery_waiting", "delivery", ["channel", "try_at"])
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.String(length=80), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("url"),
    )
    for column in ("mail_settled_at", "hooks_settled_at"):
        op.add_column("notice", sa.Column(column, Instant(), nullable=True))
    op.execute("UPDATE notice SET mail_settled_at = created_at, hooks_settled_at = created_at")
    op.create_index("ix_notice_mail", "notice", ["mail_settled_at", "created_at"])
    op.create_index("ix_notice_hooks", "notice", ["hooks_settled_at", "created_at"])
