"""The form with how long cards wait and images are kept: ids, modal(), parse()."""

from slack_sdk.models.views import View

from blocks import state
from blocks.parts import context
from blocks.settings.form import Errors, by_block, frame, number, whole
from bot.domain.people import Workspace

MODAL = "settings_keeping"
MAX_HOURS = 24 * 90
MAX_DAYS = 3650


def modal(workspace: Workspace, *, usual_hours: float, note: str = "") -> View:
    """The times as they are, or as somebody drafted them; `usual_hours` is the operator's."""
    blocks = [
        number(
            "lifetime_hours",
            "Hours a card waits for a decision",
            hint=f"Then it expires; nothing is charged. Leave it empty for {usual_hours:g}.",
            value=workspace.lifetime_hours,
        ),
        number(
            "retention_days",
            "Days images are kept",
            hint="Older ones are deleted: from the gallery, from Slack, and their data. "
            "Leave it empty to keep them for good.",
            value=workspace.retention_days,
        ),
        context("What people put into a canvas, or posted themselves, stays where it is."),
    ]
    return frame(MODAL, "Keeping", blocks, revision=workspace.revision, note=note)


def parse(values: state.Values, workspace: Workspace) -> Workspace | Errors:
    """The rules with what was entered; or what is wrong."""
    errors: Errors = {}
    hours = whole(values, "lifetime_hours", errors, least=1, most=MAX_HOURS, noun="hours")
    days = whole(values, "retention_days", errors, least=1, most=MAX_DAYS, noun="days")
    if errors:
        return by_block(values, errors)
    return workspace.model_copy(
        update={"lifetime_hours": None if hours is None else float(hours), "retention_days": days}
    )
