"""The few Block Kit pieces every card is made of, with our habits about text built in."""

from collections.abc import Iterable

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    ContextBlock,
    ImageBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.basic_components import SlackFile

from blocks.text import clip, one_line

MAX_SECTION_CHARS = 3000
MAX_LABEL_CHARS = 75
"""Of a button, an option and its description, an accessibility label."""
MAX_VALUE_CHARS = 2000
MAX_GROUP_OPTIONS = 100
MAX_MENU_VALUE_CHARS = 150
"""Of a menu's option."""
_MAX_PICTURE_ALT_CHARS = 300


def literal(text: str) -> PlainTextObject:
    """Text shown as it is: `:smile:` stays eight characters."""
    return PlainTextObject(text=text, emoji=False)


def mrkdwn(text: str) -> MarkdownTextObject:
    """Formatted text of our own; addresses and names in it are not made into links."""
    return MarkdownTextObject(text=text, verbatim=True)


def section(text: str, *, accessory: InteractiveElement | None = None) -> SectionBlock:
    """A paragraph of mrkdwn."""
    return SectionBlock(text=mrkdwn(text), accessory=accessory)


def paragraphs(lines: Iterable[str]) -> list[SectionBlock]:
    """The lines, in as few sections as hold them; each line fits one."""
    texts = [""]
    for line in lines:
        joined = f"{texts[-1]}\n{line}" if texts[-1] else line
        if len(joined) <= MAX_SECTION_CHARS:
            texts[-1] = joined
        else:
            texts.append(line)
    return [section(text) for text in texts]


def context(*lines: str) -> ContextBlock:
    """Small print, a line each, in mrkdwn."""
    return ContextBlock(elements=[mrkdwn("\n".join(lines))])


def actions(elements: Iterable[InteractiveElement]) -> ActionsBlock:
    """A row of buttons and menus."""
    return ActionsBlock(elements=list(elements))


def button(
    label: str, *, action_id: str, value: str, spoken: str, style: str | None = None
) -> ButtonElement:
    """A button; `spoken` is what a screen reader says, foreign text in it included.

    Raises: ValueError for a value that Slack would not carry.
    """
    if len(value) > MAX_VALUE_CHARS:
        raise ValueError("a button's value holds at most 2000 characters")
    return ButtonElement(
        text=PlainTextObject(text=clip(label, MAX_LABEL_CHARS), emoji=False),
        action_id=action_id,
        value=value,
        style=style,
        accessibility_label=one_line(spoken, MAX_LABEL_CHARS),
    )


def pack(row_id: str, number: int) -> str:
    """An id with the revision, page or image number that was seen, as a button carries it.

    Raises: ValueError where it would not fit.
    """
    value = f"{row_id}.{number}"
    if len(value) > MAX_VALUE_CHARS:
        raise ValueError("a button's value holds at most 2000 characters")
    return value


def unpack(value: str) -> tuple[str, int]:
    """The id and the number of `pack`.

    Raises: ValueError for anything that `pack` does not make.
    """
    row_id, dot, number = value.rpartition(".")
    if not (dot and row_id and number.isascii() and number.isdigit() and len(number) < 10):
        raise ValueError("not a value of ours")
    return row_id, int(number)


def menu(options: Iterable[Option], *, action_id: str) -> OverflowMenuElement:
    """A small menu behind three dots."""
    return OverflowMenuElement(options=list(options), action_id=action_id)


def picture(slack_file_id: str, alt: str) -> ImageBlock:
    """A picture that is in Slack already; refused by Slack where it is gone."""
    return ImageBlock(
        slack_file=SlackFile(id=slack_file_id), alt_text=one_line(alt, _MAX_PICTURE_ALT_CHARS)
    )


def option(value: str, label: str, *, description: str = "") -> Option:
    """One entry of a menu."""
    return Option(
        value=value,
        text=literal(one_line(label, MAX_LABEL_CHARS)),
        description=literal(one_line(description, MAX_LABEL_CHARS)) if description else None,
    )
