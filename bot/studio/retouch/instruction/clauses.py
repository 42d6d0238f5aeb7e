"""The words of an instruction in, its clauses out: each asks for one thing, or for few alike."""

from collections.abc import Iterable, Sequence

from bot.studio.retouch.instruction.words import Kind, Word

Clause = tuple[Word, ...]

_CHANGES = frozenset(
    {Kind.TONE, Kind.MOOD, Kind.MEDIUM, Kind.COLOUR, Kind.TINT, Kind.BORDER, Kind.QUOTE}
    | {Kind.LETTERS}
    | {Kind.CROP, Kind.RATIO, Kind.FLIP, Kind.ROTATE, Kind.CLEAR}
)
_KEEPING_VERBS = (
    "keep", "leav", "preserv", "retain", "maintain", "don't", "do not", "without", "not ",
    "protect",
)  # fmt: skip


def clauses(words: Sequence[Word]) -> list[Clause]:
    """The clauses in order, none of them empty."""
    parts: list[list[Word]] = [[]]
    for at, word in enumerate(words):
        if word.kind is Kind.SEPARATOR:
            if not _joins_colours(words, at):
                parts.append([])
        elif _begins(words, at, before=parts[-1]):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def kinds(clause: Iterable[Word]) -> set[Kind]:
    """The kinds of words that a clause has."""
    return {word.kind for word in clause}


def of_kind(clause: Clause, *wanted: Kind) -> list[Word]:
    """The words of these kinds, in order."""
    return [word for word in clause if word.kind in wanted]


def is_keeping(word: Word) -> bool:
    """Whether it is a verb for leaving something as it is, rather than "unchanged"."""
    return word.kind is Kind.KEEP and word.text.startswith(_KEEPING_VERBS)


def _joins_colours(words: Sequence[Word], at: int) -> bool:
    """Whether it stands between two colours that belong together: "navy and coral"."""
    if not 0 < at < len(words) - 1:
        return False
    if words[at].text == ":":
        # "In our brand colours: …"
        return words[at - 1].kind in (Kind.COLOURS, Kind.BRAND)
    if words[at].text not in ("and", ","):
        return False
    after = at + 1
    if words[after].text == "and" and after < len(words) - 1:
        after += 1
    if words[at - 1].kind is not Kind.COLOUR or words[after].kind is not Kind.COLOUR:
        return False
    following = words[after + 1].kind if after + 1 < len(words) else Kind.FILLER
    return following not in (Kind.REGION, Kind.BORDER, Kind.LETTERS)


def _begins(words: Sequence[Word], at: int, *, before: list[Word]) -> bool:
    """Whether a clause begins here without a comma: "… keeping the mug", "… with a border"."""
    word = words[at]
    if is_keeping(word) or word.kind is Kind.EXCEPT:
        return bool(before)
    if word.text != "with" or not kinds(before) & _CHANGES:
        return False
    for following in words[at + 1 :]:
        if following.kind is Kind.SEPARATOR:
            return False
        if following.kind in _CHANGES and following.kind is not Kind.COLOUR:
            return True
    return False
