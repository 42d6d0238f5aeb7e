"""What a person said to us, and how it was understood."""

from datetime import datetime
from enum import StrEnum

from bot.domain.base import Value
from bot.domain.catalog import Aspect


class Source(StrEnum):
    """Where a request came from."""

    DM = "dm"
    MENTION = "mention"
    THREAD = "thread"
    COMMAND = "command"
    REVISION = "revision"
    """A deny with feedback, or "propose again"."""


class RequestState(StrEnum):
    """A request is received once and ends answered (in words or with a card) or ignored."""

    RECEIVED = "received"
    ANSWERED = "answered"
    IGNORED = "ignored"


class Request(Value):
    """What a person said, recorded before it was acknowledged."""

    id: str
    team_id: str
    user_id: str
    channel_id: str
    ts: str
    """Slack's id of the message within the channel; for a command, of our own making."""
    thread_ts: str | None
    """The thread to answer in; None answers at the top level of the channel."""
    text: str
    source: Source
    state: RequestState = RequestState.RECEIVED
    revises: str | None = None
    """The proposal this one follows, for a revision."""
    created_at: datetime


class PlannedItem(Value):
    """One image, with 1-4 variations, as the planner would make it."""

    title: str
    """A few words that name it: `ceramic coffee mug, product hero`."""
    prompt: str
    """The cleaned-up prompt."""
    original: str
    """What the person wrote, kept as it was."""
    model_id: str
    model_reason: str
    """Why this model, in a few words: `chosen for product photos`."""
    style_id: str
    aspect: Aspect
    count: int
    seed: int | None = None
    negative_prompt: str = ""


class ProposePlan(Value):
    """Make a proposal of this item."""

    item: PlannedItem


class ReplyKind(StrEnum):
    """The short answers that are not a proposal."""

    HELP = "help"
    EMPTY = "empty"
    NOT_UNDERSTOOD = "not_understood"
    UNSUPPORTED = "unsupported"
    TOO_LONG = "too_long"
    THANKS = "thanks"
    MODELS = "models"
    GALLERY = "gallery"


class ReplyPlan(Value):
    """Answer in a sentence; nothing is proposed."""

    kind: ReplyKind
    detail: str = ""
    """What the sentence is about: a feature that is not there, the words to search for."""


class IgnorePlan(Value):
    """Not said to us: stay silent."""


Plan = ProposePlan | ReplyPlan | IgnorePlan
