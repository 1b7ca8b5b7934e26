"""Requests to erase own data, and what was erased."""

import sqlalchemy as sa
from alembic import op

from adapters.database.columns import Document, Instant

revision = "0039"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("parts", "stays"):
        op.add_column("data_request", sa.Column(name, Document, nullable=False, server_default="[]"))
    op.create_table(
        "erasure",
        sa.Column("request_id", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=12), nullable=False),
        sa.Column("parts", Document, nullable=False),
        sa.Column("erased_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("request_id"),
    )
    op.create_index("ix_erasure_person", "erasure", ["person_id"])
