"""HR officers of a unit. `hr/{unit}` may stand where only a person's id or `hr` could."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SHORT, LONG = sa.String(length=12), sa.String(length=24)
WIDER = {"appraisal": ("holder_id", "escalated_to", "taken_by"), "notice": ("recipient",)}


def upgrade() -> None:
    op.add_column("account", sa.Column("hr_unit_id", SHORT, nullable=True))
    op.create_index("ix_account_hr_unit_id", "account", ["hr_unit_id"])
    handed = "handed_to_unit_hr"
    op.add_column("appraisal", sa.Column(handed, sa.Boolean(), nullable=False, server_default=sa.false()))
    for table, columns in WIDER.items():
        with op.batch_alter_table(table) as batch:  # SQLite knows no other way than to copy the table
            for column in columns:
                batch.alter_column(column, existing_type=SHORT, type_=LONG)
