"""What only admins see on their Home: the rules, what credits went to, the last of the log."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, HeaderBlock

from blocks import audit
from blocks.parts import actions, button, context, literal, section
from blocks.settings import sections
from blocks.settings.keys import KeysView
from blocks.text import credits, mention, month_name
from blocks.words import SEPARATOR, honest_name
from bot.domain.audit import AuditEntry
from bot.domain.catalog import Catalog
from bot.domain.people import Workspace

MAX_ENTRIES = 5
MAX_USERS = 8


@dataclass(frozen=True)
class AdminView:
    """What is read for an admin besides all the rest."""

    workspace: Workspace
    usual_hours: float
    month: str
    by_person: Sequence[tuple[str, int]] = ()
    """User ids with what was charged in the month, the most first."""
    by_model: Sequence[tuple[str, int]] = ()
    entries: Sequence[AuditEntry] = ()
    """The newest of the audit log, newest first."""
    keys: KeysView | None = None


def admin_blocks(view: AdminView, catalog: Catalog) -> list[Block]:
    """The settings with their buttons, the usage, the log."""
    rows = sections.rows(
        view.workspace,
        catalog,
        usual_hours=view.usual_hours,
        may_change=True,
        key_view=view.keys,
    )
    return [
        _heading("Settings"),
        context("Only admins see this and what follows. Every change is kept in the audit log."),
        *rows,
        _heading(f"Usage in {month_name(view.month)}"),
        section(f"*By person*\n{_sums([(mention(who), n) for who, n in view.by_person])}"),
        section(
            "*By model*\n"
            + _sums([(honest_name(catalog.known(m), m), n) for m, n in view.by_model])
        ),
        _heading("Audit log"),
        *_log(view),
    ]


def _sums(rows: Sequence[tuple[str, int]]) -> str:
    if not rows:
        return "Nothing charged yet."
    return "\n".join(f"{name}{SEPARATOR}{credits(count)}" for name, count in rows)


def _log(view: AdminView) -> list[Block]:
    whole = button("Open the log…", action_id=audit.OPEN, value="log", spoken="Open the audit log…")
    shown: list[Block] = [section(audit.line(entry)) for entry in view.entries[:MAX_ENTRIES]]
    return [*(shown or [context("Nothing yet.")]), actions([whole])]


def _heading(title: str) -> HeaderBlock:
    return HeaderBlock(text=literal(title))
