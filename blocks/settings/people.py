"""The form with approvers, budgets and who may spend: ids, modal(), parse()."""

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import literal, option
from blocks.settings.form import MAX_CREDITS, Errors, by_block, frame, number, whole
from bot.domain.people import Workspace

MODAL = "settings_people"
APPROVERS = "approvers"
MAX_APPROVERS = 50
_GUESTS, _EXTERNALS = "guests", "externals"


def modal(workspace: Workspace, *, note: str = "") -> View:
    """Who may decide and what may be spent, as it is, or as somebody drafted it."""
    outsiders = [
        option(_GUESTS, "Guests of this workspace may spend credits"),
        option(_EXTERNALS, "People of other organisations (Slack Connect) may spend credits"),
    ]
    ticked = [
        choice
        for choice, is_on in zip(
            outsiders, (workspace.guests_may_spend, workspace.externals_may_spend), strict=True
        )
        if is_on
    ]
    blocks: list[Block] = [
        InputBlock(
            block_id=state.block_id(APPROVERS),
            label="Approvers",
            hint=literal(
                "They may decide everybody's cards. Whoever asked can always decide their own."
            ),
            optional=True,
            element=UserMultiSelectElement(
                action_id="settings_approvers",
                placeholder="Nobody besides whoever asked",
                initial_users=sorted(workspace.approvers) or None,
                max_selected_items=MAX_APPROVERS,
            ),
        ),
        number(
            "budget_credits",
            "Credits a month",
            hint="For all of this workspace; 1 credit is about 1 US cent. 0 stops all spending.",
            value=workspace.budget_credits,
            is_optional=False,
        ),
        number(
            "person_day_credits",
            "Credits a person and day",
            hint="Leave it empty for no limit of its own.",
            value=workspace.person_day_credits,
        ),
        number(
            "channel_month_credits",
            "Credits a channel and month",
            hint="Leave it empty for no limit of its own.",
            value=workspace.channel_month_credits,
        ),
        InputBlock(
            block_id=state.block_id("outsiders"),
            label="Guests and other organisations",
            hint=literal("Without this they may ask, and an approver decides for them."),
            optional=True,
            element=CheckboxesElement(
                action_id="settings_outsiders", options=outsiders, initial_options=ticked or None
            ),
        ),
    ]
    return frame(MODAL, "People and budgets", blocks, revision=workspace.revision, note=note)


def parse(values: state.Values, workspace: Workspace) -> Workspace | Errors:
    """The rules with what was entered; or what is wrong."""
    errors: Errors = {}

    def credits(field: str) -> int | None:
        return whole(values, field, errors, most=MAX_CREDITS, noun="credits")

    month, day = credits("budget_credits"), credits("person_day_credits")
    channel = credits("channel_month_credits")
    if month is None and "budget_credits" not in errors:
        errors["budget_credits"] = "Enter how many credits may be spent in a month; 0 for none."
    for field, limit in (("person_day_credits", day), ("channel_month_credits", channel)):
        if month is not None and limit is not None and limit > month:
            errors[field] = f"This is more than the {month:,} of the whole workspace."
    approvers = frozenset(state.chosen(values, APPROVERS))
    if len(approvers) > MAX_APPROVERS:
        errors[APPROVERS] = f"Choose at most {MAX_APPROVERS} people."
    if errors:
        return by_block(values, errors)
    ticked = state.chosen(values, "outsiders")
    return workspace.model_copy(
        update={
            "approvers": approvers,
            "budget_credits": month,
            "person_day_credits": day,
            "channel_month_credits": channel,
            "guests_may_spend": _GUESTS in ticked,
            "externals_may_spend": _EXTERNALS in ticked,
        }
    )
