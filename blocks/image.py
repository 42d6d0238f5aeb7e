"""One image in a modal: its picture, its versions, how it was made, what can be done with it.

An image and what goes with it go in and a view comes out; the forms it leads to are in
`blocks.change`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ConfirmObject,
    DividerBlock,
    ImageBlock,
    InteractiveElement,
    SectionBlock,
)
from slack_sdk.models.blocks.basic_components import SlackFile
from slack_sdk.models.views import View

from blocks.parts import (
    MAX_SECTION_CHARS,
    actions,
    button,
    context,
    literal,
    pack,
    section,
)
from blocks.results import varies, vary_credits
from blocks.text import credits, link, mention, one_line, plain, quoted, when
from blocks.words import SEPARATOR, honest_name
from bot.domain.catalog import MAX_PROMPT_CHARS, Catalog
from bot.domain.images import Image, Origin
from bot.domain.people import Tool

FULL_SIZE = "image_full_size"
VECTOR = "image_vector"
VARY = "image_vary"
EDIT = "image_edit"
UPSCALE = "image_upscale"
"""The beginning; the scale follows, because several stand in one row."""
INSERT = "result_insert"
AGAIN = "image_again"
STAR = "image_star"
UNSTAR = "image_unstar"
ALT = "image_alt"
DELETE = "image_delete"
BACK = "image_back"
ON = "image_on"

IMAGE_MODAL = "image_modal"

_MAX_VERSIONS = 9
"""Of the chain that is written out; the ones around the one shown."""

_VERBS = {
    Origin.GENERATED: "generated",
    Origin.EDITED: "edited",
    Origin.UPSCALED: "upscaled",
    Origin.IMPORTED: "imported",
}


@dataclass(frozen=True)
class ImageView:
    """All that the modal of one image shows, read in one go."""

    image: Image
    catalog: Catalog
    versions: Sequence[Image] = ()
    """From the first one on; the image itself is among them."""
    of_count: int = 1
    """How many images were made together with it."""
    file_id: str | None = None
    """The Slack file that shows it, if one does."""
    is_starred: bool = False
    may_change: bool = False
    """Whether the person may edit its alt text and delete it."""
    note: str = ""
    """What was just done, in mrkdwn."""


def modal(view: ImageView, *, shows_picture: bool = True) -> View:
    """The image with all that can be done with it."""
    image = view.image
    blocks: list[Block] = []
    if view.note:
        blocks.append(section(view.note))
    if shows_picture:
        blocks += picture(image, view.file_id, of_count=view.of_count)
    title = f"*{quoted(image.title)}*"
    if view.of_count > 1 and not (shows_picture and _is_on_sheet(image, view.file_id)):
        title += f"{SEPARATOR}image {image.index}"
    blocks.append(section(title))
    blocks += _chain(view)
    for row in (_making(view), _keeping(view)):
        if row:
            blocks.append(actions(row))
    blocks += [DividerBlock(), *_details(view)]
    return View(
        type="modal",
        callback_id=IMAGE_MODAL,
        private_metadata=image.id,
        title="Image",
        close="Close",
        blocks=blocks,
    )


def gone(words: str) -> View:
    """What is left of the modal of an image that was deleted."""
    return View(type="modal", title="Image", close="Close", blocks=[section(words)])


def picture(image: Image, file_id: str | None, *, of_count: int = 1) -> list[Block]:
    """The picture as Slack has it; of one of several, the sheet it is on. Nothing without a file.

    A file of its own shows one of a sheet alone.
    """
    if file_id is None:
        return []
    is_on_sheet = of_count > 1 and _is_on_sheet(image, file_id)
    title = f"Image {image.index} of the sheet" if is_on_sheet else one_line(image.title, 200)
    return [
        ImageBlock(
            slack_file=SlackFile(id=file_id),
            alt_text=image.alt_text,
            title=literal(title),
        )
    ]


def _is_on_sheet(image: Image, file_id: str | None) -> bool:
    """Whether the file shows the image among others of its item, with its number."""
    return file_id is not None and image.slack_file_id != file_id


def _chain(view: ImageView) -> list[Block]:
    """`v1 generated → v2 edited`, with a button to each neighbour of the one shown."""
    ids = [version.id for version in view.versions]
    if len(ids) < 2 or view.image.id not in ids:
        if view.image.parent_id is None:
            return []
        return [context("Made from an image that is not in the gallery any more.")]
    at = ids.index(view.image.id)
    first = max(0, min(at - _MAX_VERSIONS // 2, len(ids) - _MAX_VERSIONS))
    words = [
        f"*{_version(n, version)} (this one)*" if n == at else _version(n, version)
        for n, version in list(enumerate(view.versions))[first : first + _MAX_VERSIONS]
    ]
    if first > 0:
        words.insert(0, "…")
    if first + _MAX_VERSIONS < len(ids):
        words.append("…")
    steps = []
    if at > 0:
        steps.append(_step(BACK, "Back to", at - 1, view.versions[at - 1]))
    if at + 1 < len(ids):
        steps.append(_step(ON, "On to", at + 1, view.versions[at + 1]))
    return [context(" → ".join(words)), actions(steps)]


def _version(number: int, image: Image) -> str:
    return f"v{number + 1} {_VERBS[image.origin]}"


def _step(action_id: str, words: str, number: int, image: Image) -> InteractiveElement:
    label = f"{words} {_version(number, image)}"
    return button(label, action_id=action_id, value=image.id, spoken=f"{label}: {image.title}")


def _making(view: ImageView) -> list[InteractiveElement]:
    """What makes another image of this one, each with its price."""
    image, catalog = view.image, view.catalog
    rows = []
    model = catalog.model(image.model_id)
    if image.origin is Origin.GENERATED and varies(model, Tool.GENERATE):
        rows.append(_deed(image, f"Vary{SEPARATOR}{credits(vary_credits(model))}", VARY))
    if catalog.for_tool(Tool.EDIT):
        rows.append(_deed(image, "Edit…", EDIT))
    for scale, upscaler in sorted(catalog.upscalers().items()):
        label = f"Upscale ×{scale}{SEPARATOR}{credits(upscaler.price_credits(1))}"
        rows.append(
            _deed(image, label, f"{UPSCALE}_{scale}", value=pack(image.id, scale)),
        )
    if image.origin is Origin.GENERATED and model is not None:
        rows.append(_deed(image, "Use these settings", AGAIN))
    return rows


def _keeping(view: ImageView) -> list[InteractiveElement]:
    """What is done with the image itself."""
    image = view.image
    rows = [
        _deed(image, "Full size", FULL_SIZE),
        *([_deed(image, "SVG file", VECTOR)] if image.vector_sha256 else []),
        _deed(image, "Insert into a canvas…", INSERT),
        _deed(image, "Unstar", UNSTAR) if view.is_starred else _deed(image, "Star", STAR),
    ]
    if view.may_change:
        rows.append(_deed(image, "Edit alt text…", ALT))
        delete = button(
            "Delete…",
            action_id=DELETE,
            value=image.id,
            spoken=f"Delete… the image: {image.title}",
            style="danger",
        )
        delete.confirm = ConfirmObject(
            title=literal("Delete this image?"),
            text=literal(
                "It leaves the thread and the gallery, and nobody can bring it back. What others "
                "put into a canvas or made from it stays. Its credits are not given back."
            ),
            confirm=literal("Delete"),
            deny=literal("Keep"),
            style="danger",
        )
        rows.append(delete)
    return rows


def _deed(image: Image, label: str, action_id: str, *, value: str = "") -> InteractiveElement:
    return button(
        label, action_id=action_id, value=value or image.id, spoken=f"{label}: {image.title}"
    )


def _details(view: ImageView) -> list[Block]:
    """Everything needed to make it again, and who answers for it."""
    image, catalog = view.image, view.catalog
    blocks: list[Block] = []
    if image.prompt:
        name = "What was asked to change" if image.origin is Origin.EDITED else "Prompt"
        words = plain(image.prompt, min(MAX_PROMPT_CHARS, MAX_SECTION_CHARS))
        blocks += [section(f"*{name}*"), SectionBlock(text=literal(words))]
    made = []
    if image.is_imported:
        made.append("Imported from Slack")
    else:
        made.append(honest_name(catalog.known(image.model_id), image.model_id))
    if image.origin is Origin.GENERATED:
        style = catalog.style(image.style_id)
        made += [quoted(style.name if style else image.style_id), image.aspect.label]
    if image.is_transparent:
        made.append("transparent background")
    if image.seed is not None:
        made.append(f"seed {image.seed}")
    made.append(f"{image.width_px:,} × {image.height_px:,} px")
    lines = [SEPARATOR.join(made)]
    if image.negative_prompt:
        lines.append(f"Avoid: “{quoted(image.negative_prompt, 300)}”")
    lines.append(_who(image))
    lines.append(f"Alt text: {quoted(image.alt_text, 600)}")
    return [*blocks, context(*lines)]


def _who(image: Image) -> str:
    if image.is_imported:
        posted = f"Posted by {mention(image.source_user_id)}" if image.source_user_id else "Posted"
        words = [posted, f"kept for {mention(image.requester_id)}"]
    else:
        words = [
            f"Asked for by {mention(image.requester_id)}",
            f"approved by {mention(image.approver_id)}",
            f"{credits(image.charged_credits)} charged",
        ]
    return SEPARATOR.join([*words, when(image.created_at)])


def posted_words(url: str | None) -> str:
    """That a new card stands in the thread, and the way to it."""
    place = link(url, "open it in its thread") if url else "it is in the image's thread"
    return f"✓ A proposal is ready: {place}."
