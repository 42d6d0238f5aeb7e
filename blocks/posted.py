"""Pictures that people posted: what to do with them, that they are kept, which is to be upscaled.

Ids, messages, modal() and parse(); pictures go in, Block Kit comes out.
"""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InteractiveElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import results, state
from blocks.message import Message, message
from blocks.parts import actions, button, mrkdwn, option, section
from blocks.subject import Pick, Subject, chooser, picture
from blocks.text import mention, quoted
from blocks.words import SEPARATOR, cost_words
from bot.domain.catalog import ImageModel
from bot.domain.images import Image
from bot.domain.money import Balance

EDIT = "posted_edit"
UPSCALE = "posted_upscale"
KEEP = "posted_keep"

ENLARGE_MODAL = "enlarge_modal"
KEEP_MODAL = "keep_modal"
SCALE = "enlarge_scale"

NO_PICTURE = "There is no picture in that message. Choose a message with a picture in it."
"""Said where a shortcut was used on something else."""


def ask(picture_ids: Sequence[str]) -> Message:
    """What is to be done with pictures that came without words."""
    which = "this picture" if len(picture_ids) == 1 else f"these {len(picture_ids)} pictures"
    words = f"What should I do with {which}?"
    value = Subject(tuple(picture_ids)).packed
    return message(
        [words, "Edit it, upscale it, or keep it in the gallery."],
        [
            section(words),
            actions(
                [
                    button("Edit…", action_id=EDIT, value=value, spoken=f"Edit… {which}"),
                    button("Upscale…", action_id=UPSCALE, value=value, spoken=f"Upscale… {which}"),
                    button(
                        "Keep in gallery",
                        action_id=KEEP,
                        value=value,
                        spoken=f"Keep in gallery: {which}",
                    ),
                ]
            ),
        ],
    )


def may_keep(picture_ids: Sequence[str]) -> Message:
    """Asks whether pictures are to be kept, where the workspace wants that to be asked."""
    which = "this picture" if len(picture_ids) == 1 else f"these {len(picture_ids)} pictures"
    words = f"Keep {which} in the gallery? It costs nothing."
    keep = button(
        "Keep in gallery",
        action_id=KEEP,
        value=Subject(tuple(picture_ids)).packed,
        spoken=f"Keep in gallery: {which}",
        style="primary",
    )
    return message([words], [section(words), actions([keep])])


def kept(images: Sequence[Image], *, failures: Sequence[str] = ()) -> Message:
    """What is in the gallery now, each with what can be done with it; and what is not, and why."""
    lines, blocks = [], []
    for image in images:
        line = f"Kept in your gallery: {_described(image)}."
        lines.append(line)
        blocks += [section(line), actions(_steps(image))]
    for words in failures:
        lines.append(words)
        blocks.append(section(words))
    return message(lines, blocks)


def modal(
    subject: Subject,
    picks: Sequence[Pick],
    chosen: Pick,
    *,
    upscalers: Mapping[int, ImageModel] | None,
    scale: int = results.DEFAULT_SCALE,
    balance: Balance,
    shows_picture: bool = True,
) -> View:
    """Asks which picture, and, where `upscalers` are given by their scale, how much larger."""
    blocks: list[Block] = picture(chosen) if shows_picture else []
    if len(picks) > 1:
        blocks.append(chooser(picks, chosen))
    if upscalers is None:
        if len(picks) == 1:
            blocks.append(section(f"*{quoted(chosen.title)}*"))
        return View(
            type="modal",
            callback_id=KEEP_MODAL,
            private_metadata=subject.packed,
            title="Keep in gallery",
            submit="Keep",
            close="Cancel",
            blocks=blocks,
        )
    options = [option(str(n), f"{n} times as wide and high") for n in sorted(upscalers)]
    wanted = scale if scale in upscalers else min(upscalers)
    model = upscalers[wanted]
    cost = cost_words(model.price_credits(1), balance)
    blocks += [
        InputBlock(
            block_id=state.block_id("scale"),
            label="How much larger?",
            dispatch_action=True,
            element=StaticSelectElement(
                action_id=SCALE,
                placeholder="Choose a size",
                options=options,
                initial_option=next(o for o in options if o.value == str(wanted)),
            ),
        ),
        SectionBlock(block_id="cost", text=mrkdwn(f"{quoted(model.label)}{SEPARATOR}{cost}")),
    ]
    return View(
        type="modal",
        callback_id=ENLARGE_MODAL,
        private_metadata=subject.packed,
        title="Upscale image",
        submit="Propose",
        close="Cancel",
        blocks=blocks,
    )


def parse_scale(values: state.Values) -> int:
    """How much larger; the default where nothing of ours was chosen."""
    entered = state.entered(values, "scale") or ""
    is_number = entered.isascii() and entered.isdigit() and len(entered) == 1
    return int(entered) if is_number and entered != "0" else results.DEFAULT_SCALE


def _described(image: Image) -> str:
    size = f"{image.width_px:,} × {image.height_px:,} px"
    words = [f"*{quoted(image.title)}*", size]
    if image.source_user_id:
        words.append(f"posted by {mention(image.source_user_id)}")
    return ", ".join(words)


def _steps(image: Image) -> list[InteractiveElement]:
    return [
        button("Edit…", action_id=EDIT, value=image.id, spoken=f"Edit… {image.title}"),
        button("Upscale…", action_id=UPSCALE, value=image.id, spoken=f"Upscale… {image.title}"),
        button("More…", action_id=results.OPEN, value=image.id, spoken=f"More… {image.title}"),
    ]
