"""The form that edits an image's alt text: ids, modal(), parse()."""

from slack_sdk.models.blocks import Block, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from blocks import state
from blocks.image import picture
from blocks.parts import context, literal
from blocks.receipt import MAX_ALT_CHARS, alt_body, alt_whole
from bot.domain.images import Image

ALT_MODAL = "alt_modal"
ALT_TEXT = "alt_text"
_BLOCK = "alt"

_PLAIN = (
    "Slack gives apps no way to change the alt text of a file that is posted already: "
    "the gallery and new posts use what you write here."
)


def modal(
    image: Image, file_id: str | None, *, of_count: int, is_ai: bool, shows_picture: bool = True
) -> View:
    """Asks what the picture shows, without what is always said beside it."""
    beside = alt_whole("", is_generated=not image.is_imported, is_ai=is_ai)
    blocks: list[Block] = picture(image, file_id, of_count=of_count) if shows_picture else []
    blocks += [
        InputBlock(
            block_id=_BLOCK,
            label="What does it show?",
            hint=literal(
                "Read aloud to people who cannot see the picture. A sentence is enough."
                + (" I add that the image is generated." if beside else "")
            ),
            element=PlainTextInputElement(
                action_id=ALT_TEXT,
                multiline=True,
                max_length=MAX_ALT_CHARS - len(beside) - 1,
                initial_value=alt_body(image.alt_text) or None,
                focus_on_load=True,
            ),
        ),
        context(_PLAIN),
    ]
    return View(
        type="modal",
        callback_id=ALT_MODAL,
        private_metadata=image.id,
        title="Alt text",
        submit="Save",
        close="Cancel",
        blocks=blocks,
    )


def parse(values: state.Values) -> str | dict[str, str]:
    """What it shows, or a sentence for the block."""
    body = " ".join((state.entered(values, _BLOCK) or "").split())
    if not body:
        return {_BLOCK: "Write what the picture shows."}
    if len(body) > MAX_ALT_CHARS:
        return {_BLOCK: f"This has {len(body):,} characters; {MAX_ALT_CHARS:,} is the most."}
    return body
