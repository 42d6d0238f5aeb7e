"""Why an edit is refused, in sentences: what cannot be done, and what can."""

from enum import StrEnum

_CAN = "The local engine changes tone, colour, background, medium, crop and text"
_NEXT = "Choose an AI model that edits, or word it as one of those."


class Beyond(StrEnum):
    """What changing pixels cannot do, as it follows "but cannot"."""

    ADD = "add things to a picture"
    REMOVE = "take things out of a picture"
    MOVE = "move, turn or resize things in a picture"
    FACE = "change faces, expressions or poses"
    STYLE = (
        "repaint a picture in that style, only as line art, pencil, watercolor, flat areas, a "
        "screen print, halftone or pixels"
    )
    PART = "pick out single parts of a picture, only the main subject and the background"
    SCENE = "put another scene behind the subject, only a plain colour"
    WORDS = "change words that are already in a picture, only add new ones"
    UNDO = "take that off again once it is in a picture"
    SIZE = "make a picture larger or smaller; upscale it instead"
    TILT = "turn a picture by other than quarter turns"


def beyond(what: Beyond) -> str:
    """The sentence for something that pixels alone do not give."""
    return f"{_CAN}, but cannot {what.value}. {_NEXT}"


def not_understood(words: str) -> str:
    """The sentence for words that name no change the engine knows."""
    shown = words if len(words) <= 60 else f"{words[:57]}…"
    return f"{_CAN}, but did not understand “{shown}”. {_NEXT}"


def no_such_colour(name: str) -> str:
    """The sentence for a colour to be changed that the picture does not have."""
    return f"There is hardly any {name} in that picture, so there is nothing to recolour."


NOTHING_SAID = "Say what should change, for example “make the background warmer” or “crop to 16:9”."
ONLY_KEPT = "That says what should stay, but not what should change."
NO_COLOURS = "Name the colours, for example “in #0a2540 and #ff7a59”, or “in navy and coral”."
NO_WORDS = "Put the words to add in quotes, for example: add the text “SALE” at the top."
NO_GLYPHS = "The typefaces of the local engine cannot set those words. It sets Latin letters."
TOO_MUCH = "That is too much for one edit. Ask for a few changes at a time."
TOO_LONG = "Those words are too many to be read on a picture. Use fewer."
TWO_BACKDROPS = "That asks for two backgrounds at once. Choose one of them."
TOO_SMALL_TO_REDRAW = "That picture is too small to be redrawn. Its sides need 48 pixels at least."
NO_SUBJECT_TO_CUT = (
    "The local engine cannot tell the subject of this picture from its background well enough to "
    "cut it out. Choose an AI model that edits, or change the tone of the background instead."
)
NO_SUBJECT_TO_RECOLOUR = (
    "The local engine cannot make out the subject of this picture well enough to recolour it "
    "alone. Choose an AI model that edits, or say “make the whole picture” and the colour."
)
