"""What a person said to us, and how it was understood."""

from datetime import datetime
from enum import StrEnum

from bot.domain.base import Value
from bot.domain.catalog import Aspect
from bot.domain.people import Tool
from bot.domain.proposals import ItemSource, Place


class Source(StrEnum):
    """Where a request came from."""

    DM = "dm"
    MENTION = "mention"
    THREAD = "thread"
    COMMAND = "command"
    OVERHEARD = "overheard"
    """Said in a channel without naming us, where the channel's mode is `requests`."""
    ACTION = "action"
    """A button, a form or a shortcut; what is wanted is known without reading words."""
    REVISION = "revision"
    """A deny with feedback, or "propose again"."""


class RequestState(StrEnum):
    """A request is received once and ends answered (in words or with a card) or ignored."""

    RECEIVED = "received"
    ASKED = "asked"
    """A person was asked whether to go ahead, where a tool's mode is `ask` and has no card."""
    ANSWERED = "answered"
    IGNORED = "ignored"


class Attachment(Value):
    """A picture that came with a message, as Slack's event describes it."""

    file_id: str
    mime: str = ""
    """Empty where Slack has not looked at the file yet, or sends a stub."""
    title: str = ""


class Choice(Value):
    """One likely meaning: what its button says, and what pressing it says for the person."""

    label: str
    text: str
    sources: tuple[ItemSource, ...] = ()
    """The pictures that the text is about, where it was asked which are meant."""


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
    attachments: tuple[Attachment, ...] = ()
    sources: tuple[ItemSource, ...] = ()
    """The pictures it is about, where they were chosen rather than attached."""
    choices: tuple[Choice, ...] = ()
    """The likely meanings that were offered, where it was asked back."""
    state: RequestState = RequestState.RECEIVED
    revises: str | None = None
    """The proposal this one follows, for a revision."""
    question_ts: str | None = None
    """The message that asks whether to go ahead, where the workspace wants it asked."""
    allowed_by: str | None = None
    """Who said to go ahead."""
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
    is_transparent: bool = False
    """Whether the background is to be see-through."""
    scale: int | None = None
    """How many times larger each side becomes, for an upscale."""
    sources: tuple[ItemSource, ...] = ()
    """The pictures to edit or upscale."""
    place: Place | None = None
    """Where in a canvas the image is to be inserted."""


class ProposePlan(Value):
    """Make a proposal of these items."""

    tool: Tool = Tool.GENERATE
    items: tuple[PlannedItem, ...]
    """One for a single image with variations; two or more for a batch."""


class DocumentPlan(Value):
    """Make an image for each section of a canvas."""

    canvas_id: str | None
    """The canvas that was linked; None for the channel's own, or to be asked for."""
    is_inserting: bool
    """Whether the images are to be put into the canvas."""
    text: str
    """What was said, for style, aspect and the like."""


class InsertPlan(Value):
    """Put pictures into a canvas."""

    sources: tuple[ItemSource, ...]
    canvas_id: str | None
    """The canvas that was linked; None for the channel's own, or to be asked for."""
    heading: str = ""
    """What was said of the heading; empty to be asked for."""


class ImportPlan(Value):
    """Keep pictures posted in Slack in the gallery."""

    sources: tuple[ItemSource, ...]


class ChangePlan(Value):
    """Change a proposal that awaits a decision."""

    proposal_id: str
    text: str


class QuestionPlan(Value):
    """Ask back, once, with the likely meanings as buttons."""

    words: str
    choices: tuple[Choice, ...]


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
    SETTINGS = "settings"
    """What this workspace allows, and for admins the way to change it."""


class ReplyPlan(Value):
    """Answer in a sentence; nothing is proposed."""

    kind: ReplyKind
    detail: str = ""
    """What the sentence is about: a feature that is not there, the words to search for."""


class IgnorePlan(Value):
    """Not said to us: stay silent."""


Plan = (
    ProposePlan
    | DocumentPlan
    | InsertPlan
    | ImportPlan
    | ChangePlan
    | QuestionPlan
    | ReplyPlan
    | IgnorePlan
)
