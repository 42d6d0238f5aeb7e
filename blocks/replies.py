"""The short answers that are not a proposal: a plan or what was found in, a message out."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, SectionBlock

from blocks.message import Message, message
from blocks.parts import button, context, paragraphs, section
from blocks.text import credits, link, plural, quoted, when
from blocks.words import SEPARATOR, about_words, honest_name, maker_words
from bot.domain.catalog import MAX_COUNT, MAX_PROMPT_CHARS, Catalog, ImageModel, Task
from bot.domain.images import Image
from bot.domain.proposals import MAX_ITEMS
from bot.domain.requests import ReplyKind, ReplyPlan

REPLY_EXAMPLE = "reply_example"
"""The action of every button that asks for us what it stands beside; its value is a key."""

MAX_GALLERY_ROWS = 20
"""Of one answer: what a person looks through before searching, and fits one message."""

_MODEL_ROWS_CHARS = 6000
"""Of all rows of models together: what leaves room for the tasks in one message."""

_MAX_NAMES = 4
"""Of models good for the same task."""

_IMAGES: Mapping[str, str] = {
    "mug": "Create a square product hero for a ceramic coffee mug",
    "lighthouse": "A 9:16 poster of a lighthouse at night, cinematic",
    "fox": "Three variations of a fox logo, flat style",
}
_EXAMPLES: Mapping[str, str] = {
    **_IMAGES,
    "models": "models",
    "gallery": "gallery",
    "help": "help",
}
_COMMANDS = (
    "`/studio` and what you want: the same in any channel",
    "`/studio gallery`, `/studio gallery fox`: images made here",
    "`/studio models`, `/studio models logos`: models and prices",
    "`/studio settings`: what is allowed here, and who can change it",
    "`/studio help`: this",
)
_ABILITIES = (
    "Several different images at once: “three homepage hero concepts”",
    "An image for each section of a canvas, put under its heading",
    "Changes: attach a picture, or answer under one of mine, such as “make it blue”",
    "Larger ones: “upscale the image I attached”",
)
_EXAMPLE_NAMES: Mapping[str, str] = {
    "models": "The models and their prices",
    "gallery": "The images made here",
    "help": "What I can do",
}
_EXAMPLE_BUTTONS: Mapping[str, str] = {
    "models": "Show models",
    "gallery": "Show images",
    "help": "Show help",
}
_IN_A_CHANNEL = "In a channel, mention me; in our direct messages, just write."
_UNSUPPORTED: Mapping[str, str] = {
    "too_many": (
        f"I make at most {MAX_COUNT} variations of an image at a time, so nothing was proposed. "
        f"Please ask for 1 to {MAX_COUNT}; you can ask again for more."
    ),
    "too_many_items": (
        f"I take at most {MAX_ITEMS} different images at a time, so nothing was proposed. "
        "Please split them over several messages."
    ),
    "name_each": (
        "I could not tell the images apart, so nothing was proposed. Please name each of them, "
        "for example: “an icon of a house, an icon of a tree and an icon of a boat”."
    ),
    "which_picture": (
        "I see no picture here that you could mean. Attach one to your message, or reply in the "
        "thread of the image."
    ),
    "no_such_picture": (
        "I see pictures here, but not the one you mean. Say which by its number or by who posted "
        "it, such as “the second picture Ana posted”, or attach it."
    ),
    "already_in_gallery": "That picture is in your gallery already; “show my images” lists it.",
    "no_generator": (
        "No model here makes images from words, so nothing was proposed. An admin can allow one "
        "in the settings."
    ),
    "no_editor": (
        "No model here can edit pictures, so nothing was proposed. An admin can allow one in the "
        "settings."
    ),
    "no_upscaler": (
        "No model here can upscale pictures, so nothing was proposed. An admin can allow one in "
        "the settings."
    ),
    "approve_in_text": (
        "Credits are spent only when somebody presses “Approve” on the card, so nothing was "
        "started. The card stands in this thread."
    ),
    "deny_in_text": (
        "Press “Deny” on the card to turn it down; nothing is charged before somebody approves. "
        "Or say what should be different."
    ),
    "vary": (
        "Press “Vary” below the image: it proposes more of the same kind, with its price. Nothing "
        "was proposed yet."
    ),
    "undo": (
        "Press “Undo insert” on the card to take an image out of a canvas again. An edited image "
        "does not replace the one before: both are in your gallery."
    ),
    "delete": (
        "Press “More…” below the image, then “Delete…”. Nothing was deleted by your message alone."
    ),
    "edit": "Say what should change, for example: “make the background warmer”.",
    "canvas": (
        "I do not write canvases. I can make an image for each section of one, and insert images "
        "under its headings: link the canvas and ask for that."
    ),
    "settings": "The settings are in my Home tab; `/studio settings` opens them as well.",
}
"""Why it is not done, and what to do instead, by what the planner calls it."""


def example(key: str) -> str:
    """What pressing an example says for the person.

    Raises: ValueError for a key that is none of ours.
    """
    if key not in _EXAMPLES:
        raise ValueError("not an example of ours")
    return _EXAMPLES[key]


def reply(plan: ReplyPlan) -> Message:
    """The answer to a plan that needs nothing looked up.

    Raises: ValueError for MODELS and GALLERY, which do.
    """
    match plan.kind:
        case ReplyKind.HELP:
            return _help()
        case ReplyKind.EMPTY:
            return _with_examples("What should I make? Describe the image you want.", "mug", "help")
        case ReplyKind.NOT_UNDERSTOOD:
            words = "I am not sure what you want. Did you mean one of these?"
            return _with_examples(words, "mug", "gallery", "help")
        case ReplyKind.UNSUPPORTED:
            return _with_examples(_UNSUPPORTED.get(plan.detail, "I cannot do that."), "help")
        case ReplyKind.SETTINGS:
            return said(_UNSUPPORTED["settings"])
        case ReplyKind.TOO_LONG:
            return said(_too_long(plan.detail))
        case ReplyKind.THANKS:
            return said("You are welcome.")
        case ReplyKind.MODELS | ReplyKind.GALLERY:
            raise ValueError("this answer needs what was found")


def said(words: str) -> Message:
    """One sentence or two of our own, in mrkdwn."""
    return message([words], [section(words)])


def oops(reference: str) -> Message:
    """A bug of ours: the person gets a number to name, the log has the rest."""
    return said(
        "Something went wrong on our side. Please try again; if it happens once more, "
        f"give your admin this reference: `{quoted(reference)}`."
    )


def models(catalog: Catalog, found: Sequence[ImageModel], *, query: str = "") -> Message:
    """The models found, each with its price and strength, then which are good for what."""
    first = "The models you can choose from:"
    if query and found:
        first = f"Models for “{quoted(query)}”:"
    elif query:
        first = f"No model fits “{quoted(query)}”. These are all of them:"
    shown = found or catalog.models
    rows = _fitting([_model_row(model) for model in shown])
    tasks = [
        f"• {_capital(task)}: {_names([model for model in offered if model in shown], task)}"
        for task, offered in catalog.by_task()
        if any(model in shown for model in offered)
    ]
    lines = [first, *rows, "*Good for*", *tasks]
    return message(lines, [*paragraphs([first, *rows]), *paragraphs(["*Good for*", *tasks])])


def _fitting(rows: Sequence[str]) -> list[str]:
    """As many rows as one message holds, and how many are left out."""
    total = 0
    for at, row in enumerate(rows):
        total += len(row) + 1
        if total > _MODEL_ROWS_CHARS:
            return [*rows[:at], f"and {len(rows) - at} more: name a task, such as “models logos”"]
    return list(rows)


def gallery(
    images: Sequence[Image],
    *,
    query: str,
    total: int,
    links: Mapping[str, str],
    catalog: Catalog,
) -> Message:
    """The images found, newest first; `links` leads from an image's id to its post."""
    of_what = f" for “{quoted(query)}”" if query else ""
    if not images:
        nothing = f"No images{of_what} yet." if not query else f"No images{of_what}."
        return _with_examples(nothing, "mug")
    shown = images[:MAX_GALLERY_ROWS]
    first = f"{plural(total, 'image')}{of_what}"
    if total > len(shown):
        first += "; the latest" if len(shown) == 1 else f"; the latest {len(shown)}"
    rows = [image_row(image, link_to=links.get(image.id), catalog=catalog) for image in shown]
    blocks: list[Block] = [section(f"{first}:"), *(section(row) for row in rows)]
    return message([f"{first}:", *rows], blocks)


def image_row(image: Image, *, link_to: str | None, catalog: Catalog) -> str:
    """One image of the gallery in a line of mrkdwn."""
    words = [
        f"*{quoted(image.title)}*",
        maker_words(image, catalog),
        image.aspect.label,
    ]
    if image.seed is not None:
        words.append(f"seed {image.seed}")
    words.append(when(image.created_at))
    if not image.is_imported:
        words.append(credits(image.charged_credits))
    if link_to:
        words.append(link(link_to, "open in Slack"))
    return SEPARATOR.join(words)


def _help() -> Message:
    first = "I am Aethera, an app that makes images. Tell me what you want to see."
    how = (
        "I propose a prompt, a model and a price. You edit, approve or deny. "
        "Nothing is charged before somebody approves."
    )
    commands = "\n".join(f"• {line}" for line in _COMMANDS)
    blocks: list[Block] = [section(f"{first}\n{how}"), section("*For example*")]
    blocks += [_example_row(key) for key in _IMAGES]
    abilities = "\n".join(f"• {line}" for line in _ABILITIES)
    blocks += [
        section(f"*Also*\n{abilities}"),
        section(f"*Commands*\n{commands}"),
        context(_IN_A_CHANNEL),
    ]
    examples = [f"“{words}”" for words in _IMAGES.values()]
    lines = [first, how, "For example:", *examples, "Also:", *_ABILITIES]
    return message([*lines, "Commands:", *_COMMANDS, _IN_A_CHANNEL], blocks)


def _with_examples(words: str, *keys: str) -> Message:
    spoken = [f"{_EXAMPLE_NAMES.get(key, 'For example')}: “{example(key)}”" for key in keys]
    return message([words, *spoken], [section(words), *map(_example_row, keys)])


def _example_row(key: str) -> SectionBlock:
    """Each stands in a block of its own, so that all may have the same action id."""
    name = _EXAMPLE_NAMES.get(key)
    spoken = f"{_EXAMPLE_BUTTONS.get(key, 'Ask for this')}: {name or example(key)}"
    return section(
        name or f"“{example(key)}”",
        accessory=button(
            _EXAMPLE_BUTTONS.get(key, "Ask for this"),
            action_id=REPLY_EXAMPLE,
            value=key,
            spoken=spoken,
        ),
    )


def _too_long(detail: str) -> str:
    had = f"has {int(detail):,} characters" if detail.isdecimal() else "is too long"
    return (
        f"Your request {had}; I can take {MAX_PROMPT_CHARS:,} at most. "
        "Please shorten it and send it again. Nothing was charged."
    )


def _model_row(model: ImageModel) -> str:
    name = honest_name(model, model.id)
    return f"• *{name}*{SEPARATOR}{quoted(about_words(model))}"


def _capital(task: Task) -> str:
    return task.value[0].upper() + task.value[1:]


def _names(offered: Sequence[ImageModel], task: Task) -> str:
    """Those that are best at it first."""
    offered = sorted(offered, key=lambda model: model.tasks.index(task))
    names = ", ".join(quoted(model.name) for model in offered[:_MAX_NAMES])
    more = len(offered) - _MAX_NAMES
    return f"{names} and {more} more" if more > 0 else names
