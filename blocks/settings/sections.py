"""The rules in words, a section for each form, and the modal that `/studio settings` opens."""

from collections.abc import Sequence
from enum import StrEnum

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from blocks.parts import button, context, section
from blocks.settings import keys
from blocks.settings.tools import MODE_NAMES
from blocks.text import credits, mention, plural, quoted
from blocks.words import SEPARATOR, honest_name
from bot.domain.catalog import Catalog
from bot.domain.people import ChannelMode, Mode, Tool, Workspace

OPEN = "settings_open"
"""Opens a form; its value is the section."""
OVERVIEW = "settings_overview"
_MAX_NAMES = 8


class Section(StrEnum):
    """The forms."""

    TOOLS = "tools"
    MODELS = "models"
    PEOPLE = "people"
    CHANNELS = "channels"
    KEEPING = "keeping"
    KEYS = "keys"


_TITLES = {
    Section.TOOLS: "Tools",
    Section.MODELS: "Models",
    Section.PEOPLE: "People and budgets",
    Section.CHANNELS: "Channels",
    Section.KEEPING: "Keeping",
    Section.KEYS: "Keys",
}


def rows(
    workspace: Workspace,
    catalog: Catalog,
    *,
    usual_hours: float,
    may_change: bool,
    key_view: keys.KeysView | None = None,
) -> list[Block]:
    """A section for each form, with the button that opens it for who may change it.

    Of keys only who may change them reads anything.
    """
    words = {
        Section.TOOLS: _tools(workspace),
        Section.MODELS: _models(workspace, catalog),
        Section.PEOPLE: _people(workspace),
        Section.CHANNELS: _channels(workspace),
        Section.KEEPING: _keeping(workspace, usual_hours),
    }
    if may_change and key_view is not None:
        words[Section.KEYS] = keys.lines(key_view)
    shown: list[Block] = []
    for name, lines in words.items():
        change = button(
            "Change…",
            action_id=OPEN,
            value=name.value,
            spoken=f"Change… settings: {_TITLES[name]}",
        )
        shown.append(
            section(
                "\n".join([f"*{_TITLES[name]}*", *lines]), accessory=change if may_change else None
            )
        )
    return shown


def overview(
    workspace: Workspace,
    catalog: Catalog,
    *,
    usual_hours: float,
    may_change: bool,
    admin_words: str,
    key_view: keys.KeysView | None = None,
) -> View:
    """All rules on one page; who may not change them reads who can."""
    who = "Every change is kept in the audit log, on the Home tab." if may_change else admin_words
    return View(
        type="modal",
        callback_id=OVERVIEW,
        title="Settings",
        close="Close",
        blocks=[
            *rows(
                workspace,
                catalog,
                usual_hours=usual_hours,
                may_change=may_change,
                key_view=key_view,
            ),
            context(who),
        ],
    )


def _tools(workspace: Workspace) -> list[str]:
    lines = []
    for mode in Mode:
        named = [tool.label for tool in Tool if workspace.mode(tool) is mode]
        if named:
            lines.append(f"{MODE_NAMES[mode]}: {_listed(named)}")
    return lines


def _models(workspace: Workspace, catalog: Catalog) -> list[str]:
    if workspace.model_ids is None:
        allowed = "All models"
    else:
        names = [honest_name(catalog.known(m), m) for m in sorted(workspace.model_ids)]
        allowed = _some(names)
    default = workspace.default_model_id
    first = "chosen by task" if default is None else honest_name(catalog.known(default), default)
    return [allowed, f"Proposed first: {first}"]


def _people(workspace: Workspace) -> list[str]:
    approvers = _some([mention(each) for each in sorted(workspace.approvers)])
    budgets = [f"{credits(workspace.budget_credits)} a month"]
    if workspace.person_day_credits is not None:
        budgets.append(f"{workspace.person_day_credits:,} a person and day")
    if workspace.channel_month_credits is not None:
        budgets.append(f"{workspace.channel_month_credits:,} a channel and month")
    may = [
        name
        for name, is_so in (
            ("guests", workspace.guests_may_spend),
            ("other organisations", workspace.externals_may_spend),
        )
        if is_so
    ]
    spend = f"May spend too: {' and '.join(may)}" if may else "Guests and others may not spend"
    return [
        f"Approvers: {approvers or 'nobody besides whoever asked'}",
        SEPARATOR.join(budgets),
        spend,
    ]


def _channels(workspace: Workspace) -> list[str]:
    lines = []
    for mode in (ChannelMode.REQUESTS, ChannelMode.OFF):
        ids = sorted(c for c, own in workspace.channel_modes.items() if own is mode)
        if ids:
            name = "Requests without a mention" if mode is ChannelMode.REQUESTS else "Off"
            lines.append(f"{name}: {_some([f'<#{each}>' for each in ids])}")
    return [*lines, "All others: mentions" if lines else "All channels: mentions"]


def _keeping(workspace: Workspace, usual_hours: float) -> list[str]:
    hours = workspace.lifetime_hours or usual_hours
    kept = "Images are kept for good"
    if workspace.retention_days is not None:
        kept = f"Images are deleted after {plural(workspace.retention_days, 'day')}"
    unit = "hour" if hours == 1 else "hours"
    return [f"Cards wait {hours:g} {unit} for a decision", kept]


def _listed(labels: Sequence[str]) -> str:
    first, *others = labels
    return quoted(", ".join([first, *(label[:1].lower() + label[1:] for label in others)]), 600)


def _some(names: Sequence[str]) -> str:
    more = len(names) - _MAX_NAMES
    shown = ", ".join(names[:_MAX_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown
