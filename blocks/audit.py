"""The audit log: entries in, a page of it as a modal out, or all of it as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import Block, InteractiveElement, StaticSelectElement
from slack_sdk.models.views import View

from blocks.parts import actions, button, context, literal, option, section
from blocks.text import mention, month_name, quoted, when
from blocks.words import SEPARATOR
from bot.domain.audit import AuditEntry, Deed

AUDIT_MODAL = "audit_modal"
OPEN = "audit_open"
OLDER = "audit_older"
NEWER = "audit_newer"
MONTH = "audit_month"
EXPORT = "audit_export"
PAGE = 20
ALL_MONTHS = "all"
_MAX_MONTHS = 36

_DEEDS: Mapping[Deed, str] = {
    Deed.SETTING_CHANGED: "Setting changed",
    Deed.APPROVED: "Approved",
    Deed.DENIED: "Denied",
    Deed.STOPPED: "Stopped",
    Deed.IMAGE_DELETED: "Image deleted",
    Deed.IMAGE_IMPORTED: "Image imported",
    Deed.INSERTED: "Inserted into a canvas",
    Deed.INSERT_UNDONE: "Taken out of a canvas",
}
_COLUMNS = ("time (UTC)", "who", "name", "what", "subject", "old", "new")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula.

Source: https://owasp.org/www-community/attacks/CSV_Injection (2026-11)
"""


def line(entry: AuditEntry) -> str:
    """One entry in two short lines of mrkdwn: what, then who and when."""
    who = mention(entry.actor_id) if entry.actor_id else "The studio"
    if entry.deed is Deed.SETTING_CHANGED:
        what = f"*{_subject(entry.subject)}*: {_value(entry.old)} → {_value(entry.new)}"
    else:
        what = f"*{_DEEDS[entry.deed]}*"
        said = entry.new or entry.old or entry.subject
        what += f": {_value(said)}" if said else ""
    return f"{what}\n{who}{SEPARATOR}{when(entry.at)}"


def modal(
    entries: Sequence[AuditEntry],
    *,
    page: int,
    has_more: bool,
    months: Sequence[str],
    month: str = "",
    note: str = "",
) -> View:
    """A page of the log, newest first; `months` are those it has."""
    of_when = f" in {_month(month)}" if month else ""
    shown: list[Block] = [section(line(entry)) for entry in entries]
    shown = shown or [context(f"Nothing{of_when} yet.")]
    return View(
        type="modal",
        callback_id=AUDIT_MODAL,
        private_metadata=pack(page, month),
        title="Audit log",
        close="Close",
        blocks=[
            actions(_steps(page, has_more=has_more, months=months, month=month)),
            *([context(note)] if note else []),
            *shown,
        ],
    )


def pack(page: int, month: str) -> str:
    """Which page of which month a modal shows."""
    return f"{page}.{month}"


def unpack(packed: str) -> tuple[int, str]:
    """The page and the month; the first page of all for nonsense."""
    number, _, month = packed.partition(".")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0
    return page, month if is_month(month) else ""


def is_month(text: str) -> bool:
    """Whether it is a month such as `2026-11`."""
    year, _, number = text.partition("-")
    is_number = year.isascii() and year.isdecimal() and number.isascii() and number.isdecimal()
    return len(text) == 7 and is_number and 1 <= int(number) <= 12 and int(year) > 0


def to_csv(entries: Sequence[AuditEntry], *, names: Mapping[str, str]) -> bytes:
    """The entries as CSV with a heading, safe to open in a spreadsheet; UTF-8 with its mark."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for entry in entries:
        cells = (
            entry.at.strftime("%Y-%m-%d %H:%M:%S"),
            entry.actor_id,
            names.get(entry.actor_id, ""),
            entry.deed.value,
            entry.subject,
            entry.old,
            entry.new,
        )
        writer.writerow([_safe(cell) for cell in cells])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def _steps(
    page: int, *, has_more: bool, months: Sequence[str], month: str
) -> list[InteractiveElement]:
    choices = [option(ALL_MONTHS, "All months")]
    choices += [option(each, _month(each)) for each in months[:_MAX_MONTHS]]
    steps: list[InteractiveElement] = [
        StaticSelectElement(
            action_id=MONTH,
            placeholder=literal("Month"),
            options=choices,
            initial_option=next((c for c in choices if c.value == month), choices[0]),
        )
    ]
    if page > 0:
        steps.append(_step("Newer", NEWER, page - 1, month))
    if has_more:
        steps.append(_step("Older", OLDER, page + 1, month))
    steps.append(
        button("Export CSV", action_id=EXPORT, value=pack(0, month), spoken="Export CSV of the log")
    )
    return steps


def _step(label: str, action_id: str, page: int, month: str) -> InteractiveElement:
    return button(
        label, action_id=action_id, value=pack(page, month), spoken=f"{label} entries of the log"
    )


def _month(month: str) -> str:
    return f"{month_name(month)} {month[:4]}"


def _subject(subject: str) -> str:
    kind, _, channel_id = subject.partition(" ")
    if kind == "channel" and channel_id.isalnum():
        return f"<#{channel_id}>"
    return quoted(subject, 120)


def _value(text: str) -> str:
    return quoted(text, 200) or "nothing"


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
