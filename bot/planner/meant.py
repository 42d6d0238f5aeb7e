"""References to pictures and what is in view go in; the pictures that are meant come out."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.domain.context import Context, ShownPicture
from bot.planner.pictures import Kind, Reference

_MADE = frozenset({"made", "generated", "created", "asked for", "got"})

Pictures = tuple[ShownPicture, ...]


class Meant(NamedTuple):
    """The pictures that one reference, or a whole text, is about."""

    pictures: Pictures = ()
    choices: Pictures = ()
    """Where several are equally likely: those; the person has to be asked."""

    @property
    def is_found(self) -> bool:
        """Whether there is anything in view that may be meant."""
        return bool(self.pictures or self.choices)


def meant(reference: Reference, context: Context, *, user_id: str) -> Meant:
    """The pictures in view that a reference means; empty where there are none."""
    if reference.who:
        return _of_person(reference, context, user_id=user_id)
    match reference.kind:
        case Kind.NUMBERS:
            return Meant(_numbered(reference.numbers, context))
        case Kind.LAST:
            return Meant(_last(reference, context))
        case Kind.ALL:
            return Meant(_all(reference, context))
        case Kind.ONE:
            return in_view(context)


def in_view(context: Context) -> Meant:
    """What "it" is: what came with the request, else the newest picture there is."""
    if context.attached:
        return Meant(context.attached)
    shown = sheets(context.thread)
    results = [at for at, sheet in enumerate(shown) if sheet[0].is_result]
    if results and results[-1] < len(shown) - 1:
        both = (*shown[results[-1]], *shown[-1])
        return Meant(choices=both)
    if shown:
        return _one_of(shown[-1])
    return _one_of(context.recent)


def titled(text: str, context: Context) -> Meant:
    """The picture that a text calls by its title ("make the fox logo blue"), if there is one."""
    said = text.lower()
    for sheet in (*reversed(sheets(context.thread)), context.recent):
        for picture in sheet:
            title = _name(picture)
            if len(title) < 4 or title in {"image", "picture", "photo"}:
                continue
            if any(f"{article} {title}" in said for article in ("the", "that", "our", "my")):
                return _one_of(tuple(one for one in sheet if _name(one) == title))
    return Meant()


def sheets(pictures: Sequence[ShownPicture]) -> list[Pictures]:
    """The pictures by the message or sheet that they stand on, in their order."""
    grouped: list[list[ShownPicture]] = []
    for before, picture in pairwise([None, *pictures]):
        assert picture is not None
        follows = (
            before is not None
            and picture.number > before.number
            and (picture.by_id, picture.is_result) == (before.by_id, before.is_result)
        )
        if follows:
            grouped[-1].append(picture)
        else:
            grouped.append([picture])
    return [tuple(sheet) for sheet in grouped]


def _name(picture: ShownPicture) -> str:
    """What people call a picture: its title up to the first comma."""
    return picture.source.title.split(",")[0].strip().lower()


def _one_of(sheet: Pictures) -> Meant:
    return Meant(sheet) if len(sheet) < 2 else Meant(choices=sheet)


def _numbered(numbers: Sequence[int], context: Context) -> Pictures:
    """The pictures with these numbers, on the newest message or sheet that has them all."""
    newest_first = list(reversed(sheets(context.thread)))
    if len(context.attached) > 1 or not (newest_first or context.recent):
        newest_first.insert(0, context.attached)
    for sheet in (*newest_first, context.recent):
        by_number = {picture.number: picture for picture in sheet}
        if all(number in by_number for number in numbers):
            return tuple(by_number[number] for number in numbers)
    for pictures in (context.thread, (*context.thread, *context.attached)):
        if numbers and max(numbers) <= len(pictures):
            return tuple(pictures[number - 1] for number in numbers)
    return ()


def _last(reference: Reference, context: Context) -> Pictures:
    """The last result, else the last picture of the thread, else of what the person made last."""
    results = tuple(picture for picture in context.thread if picture.is_result)
    pool = results or context.thread or context.recent or context.attached
    last = pool[-(reference.count or 1) :]
    first = _numbered(reference.numbers, context) if reference.numbers else ()
    return tuple(dict.fromkeys((*first, *last)))


def _all(reference: Reference, context: Context) -> Pictures:
    """All that stand together: attached, on the newest sheet, or the last few of the thread."""
    count = reference.count
    if context.attached and count in (None, len(context.attached)):
        return context.attached
    shown = sheets(context.thread)
    results = [sheet for sheet in shown if sheet[0].is_result]
    together = (results or shown or [context.recent])[-1]
    if count is None and (len(together) > 1 or not results):
        return together
    if count is None:
        return tuple(picture for sheet in results for picture in sheet)
    for sheet in (*reversed(shown), context.recent):
        if len(sheet) == count:
            return sheet
    pool = (*context.thread, *context.attached)
    return pool[-count:] if count <= len(pool) else ()


def _of_person(reference: Reference, context: Context, *, user_id: str) -> Meant:
    """What somebody posted, or had made, in the thread or with this request."""
    person = _person(reference.who, context, user_id=user_id)
    if person is None:
        return Meant()
    shown = (*context.thread, *context.attached)
    theirs = [picture for picture in shown if picture.by_id == person]
    posted = tuple(picture for picture in theirs if not picture.is_result)
    made = tuple(picture for picture in theirs if picture.is_result)
    if not made and person == user_id:
        made = context.recent
    pool = made if reference.did in _MADE or not (posted or reference.did) else posted
    match reference.kind:
        case Kind.NUMBERS:
            if pool and pool[0].is_result:
                return Meant(_numbered(reference.numbers, Context(thread=pool)))
            in_reach = max(reference.numbers) <= len(pool)
            return Meant(tuple(pool[n - 1] for n in reference.numbers) if in_reach else ())
        case Kind.LAST:
            return Meant(pool[-(reference.count or 1) :])
        case Kind.ALL:
            return Meant(pool[-reference.count :] if reference.count else pool)
        case Kind.ONE:
            if person == user_id and context.attached and reference.did not in _MADE:
                return Meant(context.attached)
            return _one_of(pool)


def _person(said: str, context: Context, *, user_id: str) -> str | None:
    """The id of somebody in view who is called so: by name, first name or mention."""
    if said == "me":
        return user_id
    for words in (said, said.split()[-1]):
        wanted = words.removeprefix("@").casefold().strip(".")
        for picture in (*context.attached, *context.thread, *context.recent):
            name = picture.by_name.casefold()
            names = {picture.by_id.casefold(), name, *name.split()}
            if wanted and wanted in names:
                return picture.by_id
    return None
