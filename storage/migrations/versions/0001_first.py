"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("budget_credits", sa.Integer(), nullable=False),
        sa.Column("approvers", sa.JSON(), nullable=False),
        sa.Column("modes", sa.JSON(), nullable=False),
        sa.Column("guests_may_spend", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "event",
        sa.Column("event_id", sa.String(), primary_key=True),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
    )
    op.create_index("ix_event_seen_at", "event", ["seen_at"])
    op.create_table(
        "request",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("ts", sa.String(), nullable=False),
        sa.Column("thread_ts", sa.String()),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revises", sa.String()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("team_id", "channel_id", "ts", name="request_once"),
    )
    op.create_index("request_thread", "request", ["team_id", "channel_id", "thread_ts", "user_id"])
    op.create_index("request_open", "request", ["state", "created_at"])
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False, unique=True),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("thread_ts", sa.String()),
        sa.Column("card_ts", sa.String()),
        sa.Column("card_revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String()),
        sa.Column("decided_at", sa.DateTime()),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("revises", sa.String()),
        sa.Column("superseded_by", sa.String()),
    )
    op.create_index("proposal_due", "proposal", ["state", "expires_at"])
    op.create_index("proposal_of_person", "proposal", ["team_id", "requester_id", "state"])
    op.create_index(
        "proposal_card_behind",
        "proposal",
        ["created_at"],
        sqlite_where=sa.text("card_revision < revision"),
        postgresql_where=sa.text("card_revision < revision"),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("proposal_id", sa.String(), sa.ForeignKey("proposal.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("original", sa.String(), nullable=False),
        sa.Column("proposed_prompt", sa.String(), nullable=False),
        sa.Column("model_reason", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("price_credits", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=False),
        sa.Column("was_billed", sa.Boolean(), nullable=False),
        sa.Column("made_count", sa.Integer(), nullable=False),
        sa.Column("charged_credits", sa.Integer(), nullable=False),
        sa.Column("used_seed", sa.Integer()),
        sa.Column("seconds", sa.Float()),
        sa.Column("posted_file_id", sa.String()),
        sa.Column("is_posted", sa.Boolean(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
    )
    op.create_index("ix_item_proposal_id", "item", ["proposal_id"])
    op.create_index("item_state", "item", ["state"])
    op.create_table(
        "submission",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("item_id", sa.String(), sa.ForeignKey("item.id"), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reference", sa.String()),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("item_id", "attempt", name="submission_once"),
    )
    op.create_table(
        "image",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), sa.ForeignKey("item.id"), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("alt_text", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("negative_prompt", sa.String(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("style_id", sa.String(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer()),
        sa.Column("charged_credits", sa.Integer(), nullable=False),
        sa.Column("requester_id", sa.String(), nullable=False),
        sa.Column("approver_id", sa.String(), nullable=False),
        sa.Column("channel_id", sa.String(), nullable=False),
        sa.Column("slack_file_id", sa.String()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("item_id", "index", name="image_once"),
    )
    op.create_index("image_recent", "image", ["team_id", "requester_id", "created_at"])
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.UniqueConstraint("job_id", "kind", name="ledger_once"),
    )
    op.create_index("ledger_month", "ledger", ["team_id", "month", "kind", "credits"])
