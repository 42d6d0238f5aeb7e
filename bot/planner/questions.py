"""Likely meanings go in; a question with buttons, or a word for what is missing, comes out."""

from collections.abc import Sequence

from bot.domain.catalog import Catalog
from bot.domain.context import ShownPicture
from bot.domain.people import Tool
from bot.domain.requests import Choice, QuestionPlan, ReplyKind, ReplyPlan
from bot.planner.text import defused

MOST_CHOICES = 4
_MOST_LABEL_CHARS = 60


def unsupported(detail: str) -> ReplyPlan:
    """The answer that says why something cannot be done, or what is missing for it."""
    return ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail=detail)


def which_of(pictures: Sequence[ShownPicture], text: str, *, user_id: str) -> QuestionPlan:
    """Which of several pictures is meant; `text` is what is then to be done with it."""
    shown = pictures[-MOST_CHOICES:] if len(pictures) > MOST_CHOICES else pictures
    labels = [_label(picture, user_id=user_id) for picture in shown]
    return QuestionPlan(
        words="Which picture do you mean?",
        choices=tuple(
            Choice(
                label=label if labels.count(label) == 1 else f"{at}: {label}",
                text=text,
                sources=(picture.source,),
            )
            for at, (picture, label) in enumerate(zip(shown, labels, strict=True), start=1)
        ),
    )


def what_to_do(pictures: Sequence[ShownPicture], catalog: Catalog) -> QuestionPlan:
    """What is to be done with pictures that were named or sent without a word about it."""
    sources = tuple(picture.source for picture in pictures)
    it = "it" if len(sources) == 1 else "them"
    choices = []
    if catalog.for_tool(Tool.UPSCALE):
        choices.append(Choice(label=f"Upscale {it} ×2", text=f"upscale {it} ×2", sources=sources))
    if catalog.for_tool(Tool.EDIT):
        text = "remove the background" if len(sources) == 1 else "remove the background of all"
        choices.append(Choice(label="Remove the background", text=text, sources=sources))
    if any(not picture.is_result for picture in pictures):
        choices.append(Choice(label="Keep in the gallery", text=f"import {it}", sources=sources))
    choices.append(
        Choice(label="Insert into a canvas", text=f"insert {it} into the canvas", sources=sources)
    )
    what = "the picture" if len(sources) == 1 else "the pictures"
    return QuestionPlan(
        words=f"What should I do with {what}? You can also just write what should change.",
        choices=tuple(choices),
    )


def picture_or_new(pictures: Sequence[ShownPicture], said: str) -> QuestionPlan:
    """Whether an image is to be made from what was sent along, or without it."""
    sources = tuple(picture.source for picture in pictures)
    it = "it" if len(sources) == 1 else "them"
    return QuestionPlan(
        words=f"Should I start from the picture{'s' * (len(sources) > 1)} you sent?",
        choices=(
            Choice(label=f"Start from {it}", text=f"Edit {it}: {said}", sources=sources),
            Choice(label="A new image without", text=said),
        ),
    )


def change_or_new(said: str) -> QuestionPlan:
    """Whether a few words change the proposal that is waiting, or ask for another image."""
    return QuestionPlan(
        words="Should I change the proposal above, or propose a new image?",
        choices=(
            Choice(label="Change the proposal", text=f"Change it to: {said}"),
            Choice(label="A new image", text=f"Create a new image of {said}"),
        ),
    )


def make_then_insert(making: str) -> QuestionPlan:
    """An image is to be made and put into a canvas, which takes two steps."""
    return QuestionPlan(
        words=(
            "I make the image first. Once it is here, “Insert” under it puts it into a canvas. "
            "Shall I propose it?"
        ),
        choices=(Choice(label="Propose the image", text=making),),
    )


def _label(picture: ShownPicture, *, user_id: str) -> str:
    title = defused(picture.source.title).strip()
    if picture.is_result:
        name = f"Image {picture.number}"
    elif picture.by_id == user_id:
        name = f"Your picture {picture.number}"
    else:
        name = f"{picture.by_name or 'Picture'}{'’s' if picture.by_name else ''} {picture.number}"
    return f"{name}: {title}"[:_MOST_LABEL_CHARS].strip() if title else name
