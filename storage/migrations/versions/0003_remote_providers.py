"""Workspaces' own keys, what a provider says of its work, drawings, see-through grounds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what is new; what there is keeps its meaning."""
    op.create_table(
        "provider_key",
        sa.Column("team_id", sa.String(), primary_key=True),
        sa.Column("provider", sa.String(), primary_key=True),
        sa.Column("sealed", sa.String(), nullable=False),
    )
    op.add_column(
        "workspace", sa.Column("own_keys", sa.JSON(), nullable=False, server_default="{}")
    )
    op.add_column("item", sa.Column("cost_usd", sa.String()))
    op.add_column("item", sa.Column("provider_id", sa.String(), nullable=False, server_default=""))
    op.add_column("image", sa.Column("vector_sha256", sa.String()))
    op.add_column(
        "image",
        sa.Column("is_transparent", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
