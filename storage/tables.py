"""The tables as SQLModel classes; the migrations in `storage/migrations` make them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlmodel import Field, SQLModel


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware UTC moment, kept without its zone (SQLite has none) and given back with it."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Refuse naive moments: they would be read back as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime was about to be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


Bytewise = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
"""Text compared by its bytes, as SQLite does: what begins with a word is then one range."""


class WorkspaceRow(SQLModel, table=True):
    """A Slack team with its rules."""

    __tablename__ = "workspace"
    id: str = Field(primary_key=True)
    revision: int
    budget_credits: int
    person_day_credits: int | None
    channel_month_credits: int | None
    approvers: list[str] = Field(sa_type=sa.JSON)
    modes: dict[str, str] = Field(sa_type=sa.JSON)
    guests_may_spend: bool
    externals_may_spend: bool
    model_ids: list[str] | None = Field(sa_type=sa.JSON(none_as_null=True))
    default_model_id: str | None
    channel_modes: dict[str, str] = Field(sa_type=sa.JSON)
    lifetime_hours: float | None
    retention_days: int | None
    own_keys: dict[str, str] = Field(sa_type=sa.JSON)


class ProviderKeyRow(SQLModel, table=True):
    """A workspace's own key for a provider, sealed."""

    __tablename__ = "provider_key"
    team_id: str = Field(primary_key=True)
    provider: str = Field(primary_key=True)
    sealed: str


class EventRow(SQLModel, table=True):
    """An event of Slack's that was taken; its second delivery finds the row."""

    __tablename__ = "event"
    event_id: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime, index=True)


class RequestRow(SQLModel, table=True):
    """What a person said."""

    __tablename__ = "request"
    __table_args__ = (
        sa.UniqueConstraint("team_id", "channel_id", "ts", name="request_once"),
        sa.Index("request_thread", "team_id", "channel_id", "thread_ts", "user_id"),
        sa.Index("request_open", "state", "created_at"),
    )
    id: str = Field(primary_key=True)
    team_id: str
    user_id: str
    channel_id: str
    ts: str
    thread_ts: str | None
    text: str
    source: str
    attachments: list[dict[str, str]] = Field(sa_type=sa.JSON)
    sources: list[dict[str, str]] = Field(sa_type=sa.JSON)
    choices: list[dict[str, object]] = Field(sa_type=sa.JSON)
    state: str
    revises: str | None
    question_ts: str | None
    """The message that asks whether to go ahead."""
    allowed_by: str | None
    """Who said so."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class ProposalRow(SQLModel, table=True):
    """A plan made durable, and what was decided."""

    __tablename__ = "proposal"
    __table_args__ = (
        sa.Index("proposal_due", "state", "expires_at"),
        sa.Index("proposal_of_person", "team_id", "requester_id", "state"),
        sa.Index("proposal_of_team", "team_id", "state", "created_at"),
        sa.Index("proposal_of_thread", "team_id", "channel_id", "thread_ts", "state"),
        sa.Index(
            "proposal_card_behind",
            "created_at",
            sqlite_where=sa.text("card_revision < revision"),
            postgresql_where=sa.text("card_revision < revision"),
        ),
    )
    id: str = Field(primary_key=True)
    team_id: str
    tool: str
    request_id: str = Field(unique=True)
    requester_id: str
    channel_id: str
    thread_ts: str | None
    card_ts: str | None
    card_revision: int
    """The revision that the card shows; behind `revision` it is to be shown again."""
    state: str
    revision: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: str | None
    decided_at: datetime | None = Field(sa_type=UtcDateTime)
    feedback: str
    revises: str | None
    superseded_by: str | None
    is_automatic: bool
    page: int


class ItemRow(SQLModel, table=True):
    """One row of a proposal and the job that makes it."""

    __tablename__ = "item"
    __table_args__ = (
        sa.Index("item_state", "state"),
        sa.Index("item_posted", "posted_file_id"),
    )
    id: str = Field(primary_key=True)
    proposal_id: str = Field(foreign_key="proposal.id", index=True)
    position: int
    title: str
    original: str
    proposed_prompt: str
    model_reason: str
    settings: dict[str, object] = Field(sa_type=sa.JSON)
    sources: list[dict[str, str]] = Field(sa_type=sa.JSON)
    place: dict[str, object] | None = Field(sa_type=sa.JSON(none_as_null=True))
    price_credits: int
    state: str
    failure: str
    was_billed: bool
    made_count: int
    charged_credits: int
    used_seed: int | None
    cost_usd: str | None
    """What the provider said it cost, as a decimal number; None where it said nothing."""
    provider_id: str
    """The provider's own id of the work."""
    seconds: float | None
    deleted: list[dict[str, object]] = Field(sa_type=sa.JSON)
    posted_file_id: str | None
    """The Slack file of the picture or sheet in the thread; written before its bytes are sent."""
    is_posted: bool
    runs: int
    """How many workflows were started for it; part of the next one's id."""


class SubmissionRow(SQLModel, table=True):
    """An intent to hand an order to a provider, committed before the call, and what came of it."""

    __tablename__ = "submission"
    __table_args__ = (sa.UniqueConstraint("item_id", "attempt", name="submission_once"),)
    key: str = Field(primary_key=True)
    item_id: str = Field(foreign_key="item.id")
    attempt: int
    state: str
    reference: str | None
    started_at: datetime = Field(sa_type=UtcDateTime)


class ImageRow(SQLModel, table=True):
    """A finished picture."""

    __tablename__ = "image"
    __table_args__ = (
        sa.UniqueConstraint("item_id", "index", name="image_once"),
        sa.Index("image_recent", "team_id", "requester_id", "created_at"),
        sa.Index("image_newest", "team_id", "created_at", "requester_id", "channel_id"),
        sa.Index("image_in_channel", "team_id", "channel_id", "created_at"),
        sa.Index("image_by_model", "team_id", "model_id", "created_at"),
        sa.Index("image_children", "team_id", "parent_id"),
        sa.Index("image_file", "team_id", "slack_file_id"),
        sa.Index("image_bytes", "team_id", "sha256"),
    )
    id: str = Field(primary_key=True)
    team_id: str
    item_id: str | None = Field(foreign_key="item.id")
    index: int
    origin: str
    parent_id: str | None
    sha256: str
    mime: str
    width_px: int
    height_px: int
    size_bytes: int
    title: str
    alt_text: str
    prompt: str
    negative_prompt: str
    model_id: str
    style_id: str
    aspect: str
    seed: int | None
    is_transparent: bool
    vector_sha256: str | None
    """Of its drawing as SVG, where the picture is made from one."""
    charged_credits: int
    requester_id: str
    approver_id: str
    channel_id: str
    thread_ts: str | None
    slack_file_id: str | None
    source_user_id: str | None
    created_at: datetime = Field(sa_type=UtcDateTime)


class ImageWordRow(SQLModel, table=True):
    """A word under which a picture is found."""

    __tablename__ = "image_word"
    __table_args__ = (sa.Index("image_word_found", "team_id", "word", "image_id"),)
    image_id: str = Field(primary_key=True)
    word: str = Field(primary_key=True, sa_type=Bytewise)
    team_id: str


class ChannelRow(SQLModel, table=True):
    """A channel in which something was made, and whether everybody may look into it."""

    __tablename__ = "channel"
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    is_public: bool
    checked_at: datetime | None = Field(sa_type=UtcDateTime)


class StarRow(SQLModel, table=True):
    """A person's star on a picture."""

    __tablename__ = "star"
    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    image_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)


class PostedPictureRow(SQLModel, table=True):
    """A picture that somebody posted where we can see it: its ids alone, none of its content."""

    __tablename__ = "posted_picture"
    __table_args__ = (
        sa.Index("posted_in_thread", "team_id", "channel_id", "thread_ts", "ts"),
        sa.Index("posted_at", "seen_at"),
    )
    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    """Among the pictures of its message, from 1."""
    thread_ts: str
    file_id: str
    user_id: str
    title: str
    seen_at: datetime = Field(sa_type=UtcDateTime)


class InsertionRow(SQLModel, table=True):
    """A picture that was, or is to be, put into a canvas."""

    __tablename__ = "insertion"
    __table_args__ = (
        sa.Index("insertion_of_item", "item_id"),
        sa.Index("insertion_of_image", "team_id", "image_id"),
    )
    id: str = Field(primary_key=True)
    team_id: str
    item_id: str = Field(foreign_key="item.id")
    image_id: str
    place: dict[str, object] = Field(sa_type=sa.JSON)
    marker: str
    permalink: str
    state: str
    failure: str
    by: str
    created_at: datetime = Field(sa_type=UtcDateTime)


class AuditRow(SQLModel, table=True):
    """One line of the audit log; append-only."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index("audit_newest", "team_id", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: str
    deed: str
    subject: str
    old: str
    new: str


class LedgerRow(SQLModel, table=True):
    """One entry of the append-only ledger, in whole credits."""

    __tablename__ = "ledger"
    __table_args__ = (
        sa.UniqueConstraint("job_id", "kind", name="ledger_once"),
        sa.Index("ledger_month", "team_id", "month", "kind", "credits"),
        sa.Index("ledger_person_day", "team_id", "user_id", "day", "kind", "credits"),
        sa.Index("ledger_channel_month", "team_id", "channel_id", "month", "kind", "credits"),
    )
    id: int | None = Field(default=None, primary_key=True)
    team_id: str
    job_id: str
    kind: str
    credits: int
    month: str
    """The month of the hold, for all of a job's entries."""
    day: str
    """The day of the hold (UTC), for all of a job's entries."""
    user_id: str
    channel_id: str
    at: datetime = Field(sa_type=UtcDateTime)


def table(row: type[SQLModel]) -> sa.Table:
    """The Core table behind a row class, for statements that do without the ORM."""
    return cast("Mapping[str, sa.Table]", SQLModel.metadata.tables)[str(row.__tablename__)]


WORKSPACES = table(WorkspaceRow)
PROVIDER_KEYS = table(ProviderKeyRow)
EVENTS = table(EventRow)
REQUESTS = table(RequestRow)
PROPOSALS = table(ProposalRow)
ITEMS = table(ItemRow)
SUBMISSIONS = table(SubmissionRow)
IMAGES = table(ImageRow)
IMAGE_WORDS = table(ImageWordRow)
CHANNELS = table(ChannelRow)
STARS = table(StarRow)
POSTED_PICTURES = table(PostedPictureRow)
INSERTIONS = table(InsertionRow)
AUDIT = table(AuditRow)
LEDGER = table(LedgerRow)
