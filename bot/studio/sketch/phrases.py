"""Words in order in, what they ask for out: the wanted, the unwanted, subjects and colours."""

from bot.studio.sketch import lexicon
from bot.studio.sketch.colour import Colour
from bot.studio.sketch.lexicon import Subject
from bot.studio.sketch.palette import COLOURS

_NEGATION = frozenset(["no", "not", "without", "never", "avoid", "exclude", "excluding", "minus"])
_ENDS = frozenset(".;:!?\n()") | {"but", "with", "only", "just", "on", "in", "at"}
_BACKDROP = frozenset(
    ["background", "backdrop", "ground", "wall", "surface", "backgrounds", "setting"]
)
_SHADES = frozenset(
    ["a", "bright", "light", "dark", "deep", "pale", "soft", "vivid", "pastel", "neon", "matte"]
)
"""What may stand between "in" and a colour."""


def split_negated(tokens: list[str]) -> tuple[list[str], set[str]]:
    """The words that are wanted, and those that follow a negation within its clause."""
    wanted: list[str] = []
    unwanted: set[str] = set()
    negated = False
    for at, token in enumerate(tokens):
        if token in _NEGATION or token in ("don't", "free"):
            if token == "free" and wanted:
                unwanted.add(wanted.pop())
                continue
            negated = True
        elif negated and (
            token in _ENDS
            or (token == "," and at + 1 < len(tokens) and tokens[at + 1] not in ("or", "nor"))
        ):
            negated = False
        if negated:
            unwanted.add(token)
        else:
            wanted.append(token)
    return wanted, unwanted


def find_subjects(tokens: list[str]) -> list[tuple[Subject, int, int]]:
    """Subjects in reading order with the range of their words; a noun before another yields."""
    found: list[tuple[Subject, int, int]] = []
    at = 0
    while at < len(tokens):
        for length in range(min(lexicon.LONGEST_PHRASE, len(tokens) - at), 0, -1):
            subject = lexicon.look_up(" ".join(tokens[at : at + length]))
            if subject is None or _is_false_friend(tokens, at, length):
                continue
            if found and found[-1][2] == at and found[-1][0].kind != "place":
                found.pop()
            found.append((subject, at, at + length))
            at += length - 1
            break
        at += 1
    return found


def _is_false_friend(tokens: list[str], at: int, length: int) -> bool:
    """A colour, a verb or a figure of speech that is spelt like a thing."""
    if length > 1:
        return False
    word = tokens[at]
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if word in COLOURS and after.isalpha() and lexicon.look_up(after):
        return True
    return (
        (
            word
            in (
                "can",
                "watch",
                "fish",
                "duck",
                "bear",
                "ring",
                "sail",
                "cap",
                "box",
                "spring",
                "bridge",
            )
            and before in ("you", "i", "we", "to", "it", "that", "they", "please", "people", "who")
        )
        or (word == "can" and (not before or after in ("you", "we", "i", "be", "see")))
        or (word == "key" and after in ("visual", "art", "message", "visuals", "light"))
        or (word == "shot" or (word == "light" and after != "bulb"))
        or (word == "star" and after in ("rating", "product"))
        or (
            word == "cream"
            and (
                (after.isalpha() and lexicon.look_up(after) is not None)
                or after in _BACKDROP
                or before in ("in", "and", "a", "on")
            )
        )
        or (word == "seat" and before == "the")
        or (word == "apple" and after in ("watch", "store", "style"))
        or (word == "box" and before in ("text", "search"))
        or (word == "glass" and after in ("effect", "morphism"))
        or (word == "rose" and before in ("in", "dusty"))
        or (word == "field" and before == "of" and after == "view")
    )


def find_colours(
    tokens: list[str], found: list[tuple[Subject, int, int]]
) -> tuple[Colour | None, Colour | None]:
    """The colour asked for the subject, and for the ground."""
    starts = [start for _, start, _ in found]
    own: Colour | None = None
    ground: Colour | None = None
    for at, token in enumerate(tokens):
        if token not in COLOURS:
            continue
        if any(start <= at < end for _, start, end in found):
            continue
        colour = COLOURS[token]
        following = tokens[at + 1 : at + 4]
        if any(word in _BACKDROP for word in following):
            ground = ground or colour
        elif (starts and 0 < starts[0] - at <= 4) or (
            starts and at > starts[0] and _is_worn(tokens, at)
        ):
            own = own or colour
        else:
            ground = ground or colour
    return own, ground


def _is_worn(tokens: list[str], at: int) -> bool:
    """Whether a colour is what something comes in: "in pink", "in a bright pink"."""
    before = tokens[max(0, at - 5) : at]
    while before and before[-1] in _SHADES:
        before.pop()
    return bool(before) and before[-1] in ("in", "coloured", "colored")
