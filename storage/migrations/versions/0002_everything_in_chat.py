"""Batches, edits, upscales, imports, insertions, workspace rules, the audit log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.tables import Bytewise, ImageWordRow, table
from storage.words import words_of

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what is new; what there is keeps its meaning."""
    _workspaces()
    _requests_and_proposals()
    _images()
    _ledger()
    _search()
    op.create_table(
        "star",
        sa.Column("team_id", sa.String(), primary_key=True),
        sa.Column("user_id", sa.String(), primary_key=True),
        sa.Column("image_id", sa.String(), primary_key=True),
        sa.Column("at", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "posted_picture",
        sa.Column("team_id", sa.String(), primary_key=True),
        sa.Column("channel_id", sa.String(), primary_key=True),
        sa.Column("ts", sa.String(), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("thread_ts", sa.String(), nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
    )
    op.create_index(
        "posted_in_thread", "posted_picture", ["team_id", "channel_id", "thread_ts", "ts"]
    )
    op.create_index("posted_at", "posted_picture", ["seen_at"])
    op.create_table(
        "insertion",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), sa.ForeignKey("item.id"), nullable=False),
        sa.Column("image_id", sa.String(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("marker", sa.String(), nullable=False),
        sa.Column("permalink", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
    )
    op.create_index("insertion_of_item", "insertion", ["item_id"])
    op.create_index("insertion_of_image", "insertion", ["team_id", "image_id"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
    )
    op.create_index("audit_newest", "audit", ["team_id", "id"])


def _workspaces() -> None:
    with op.batch_alter_table("workspace") as workspace:
        workspace.add_column(_with("revision", sa.Integer(), "0"))
        workspace.add_column(sa.Column("person_day_credits", sa.Integer()))
        workspace.add_column(sa.Column("channel_month_credits", sa.Integer()))
        workspace.add_column(_with("externals_may_spend", sa.Boolean(), sa.false()))
        workspace.add_column(sa.Column("model_ids", sa.JSON()))
        workspace.add_column(sa.Column("default_model_id", sa.String()))
        workspace.add_column(_with("channel_modes", sa.JSON(), "{}"))
        workspace.add_column(sa.Column("lifetime_hours", sa.Float()))
        workspace.add_column(sa.Column("retention_days", sa.Integer()))


def _requests_and_proposals() -> None:
    with op.batch_alter_table("request") as request:
        request.add_column(_with("attachments", sa.JSON(), "[]"))
        request.add_column(_with("sources", sa.JSON(), "[]"))
        request.add_column(_with("choices", sa.JSON(), "[]"))
        request.add_column(sa.Column("question_ts", sa.String()))
        request.add_column(sa.Column("allowed_by", sa.String()))
    with op.batch_alter_table("proposal") as proposal:
        proposal.add_column(_with("tool", sa.String(), "generate"))
        proposal.add_column(_with("is_automatic", sa.Boolean(), "0"))
        proposal.add_column(_with("page", sa.Integer(), "1"))
    op.create_index(
        "proposal_of_thread", "proposal", ["team_id", "channel_id", "thread_ts", "state"]
    )
    op.create_index("proposal_of_team", "proposal", ["team_id", "state", "created_at"])
    with op.batch_alter_table("item") as item:
        item.add_column(_with("sources", sa.JSON(), "[]"))
        item.add_column(sa.Column("place", sa.JSON()))
        item.add_column(_with("deleted", sa.JSON(), "[]"))
    op.create_index("item_posted", "item", ["posted_file_id"])


def _images() -> None:
    with op.batch_alter_table("image") as image:
        # An imported picture was made by no item.
        image.alter_column("item_id", existing_type=sa.String(), nullable=True)
        image.add_column(_with("origin", sa.String(), "generated"))
        image.add_column(sa.Column("parent_id", sa.String()))
        image.add_column(sa.Column("source_user_id", sa.String()))
        image.add_column(sa.Column("thread_ts", sa.String()))
    op.create_index(
        "image_newest", "image", ["team_id", "created_at", "requester_id", "channel_id"]
    )
    op.create_index("image_in_channel", "image", ["team_id", "channel_id", "created_at"])
    op.create_index("image_by_model", "image", ["team_id", "model_id", "created_at"])
    op.create_index("image_children", "image", ["team_id", "parent_id"])
    op.create_index("image_file", "image", ["team_id", "slack_file_id"])
    op.create_index("image_bytes", "image", ["team_id", "sha256"])


def _search() -> None:
    op.create_table(
        "image_word",
        sa.Column("image_id", sa.String(), primary_key=True),
        sa.Column("word", Bytewise, primary_key=True),
        sa.Column("team_id", sa.String(), nullable=False),
    )
    op.create_index("image_word_found", "image_word", ["team_id", "word", "image_id"])
    op.create_table(
        "channel",
        sa.Column("team_id", sa.String(), primary_key=True),
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("checked_at", sa.DateTime()),
    )
    op.execute(
        "INSERT INTO channel (team_id, id, is_public)"
        " SELECT DISTINCT team_id, channel_id, FALSE FROM image"
    )
    tx = op.get_bind()
    kept = tx.execute(sa.text("SELECT id, team_id, title, prompt FROM image")).all()
    for image in kept:
        rows = [
            {"image_id": image.id, "word": word, "team_id": image.team_id}
            for word in words_of(image.title, image.prompt)
        ]
        if rows:
            tx.execute(sa.insert(table(ImageWordRow)), rows)


def _ledger() -> None:
    with op.batch_alter_table("ledger") as ledger:
        ledger.add_column(_with("day", sa.String(), ""))
        ledger.add_column(_with("channel_id", sa.String(), ""))
    # The day of a job is that of its hold, and its channel that of its proposal.
    op.execute(
        "UPDATE ledger SET day = (SELECT substr(CAST(hold.at AS VARCHAR(40)), 1, 10)"
        " FROM ledger AS hold WHERE hold.job_id = ledger.job_id AND hold.kind = 'hold')"
        " WHERE EXISTS (SELECT 1 FROM ledger AS hold"
        " WHERE hold.job_id = ledger.job_id AND hold.kind = 'hold')"
    )
    op.execute(
        "UPDATE ledger SET channel_id = (SELECT proposal.channel_id FROM item"
        " JOIN proposal ON proposal.id = item.proposal_id WHERE item.id = ledger.job_id)"
        " WHERE EXISTS (SELECT 1 FROM item WHERE item.id = ledger.job_id)"
    )
    op.create_index("ledger_person_day", "ledger", ["team_id", "user_id", "day", "kind", "credits"])
    op.create_index(
        "ledger_channel_month", "ledger", ["team_id", "channel_id", "month", "kind", "credits"]
    )


def _with(
    name: str, kind: sa.types.TypeEngine[Any], default: str | sa.ColumnElement[bool]
) -> sa.Column[Any]:
    """A column that rows which are there already get this value in."""
    return sa.Column(name, kind, nullable=False, server_default=default)
