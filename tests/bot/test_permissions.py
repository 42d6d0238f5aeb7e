"""Who may do what, as a table."""

import pytest

from bot.domain.people import Mode, Person, Tool, Workspace
from bot.permissions import Reason, decide, may_approve, may_decide

ANA = Person(id="U0ANA", team_id="T0", name="Ana", is_admin=True)
BEN = Person(id="U0BEN", team_id="T0", name="Ben")
GUEST = Person(id="U0CEM", team_id="T0", name="Cem", is_guest=True)
STRANGER = Person(id="U0EVE", team_id="T0", name="Eve", is_external=True)


def workspace(mode: Mode = Mode.ASK, **changes: object) -> Workspace:
    return Workspace.model_validate(
        {"id": "T0", "budget_credits": 10, "modes": {Tool.GENERATE: mode}} | changes
    )


@pytest.mark.parametrize("person", [ANA, BEN, GUEST, STRANGER])
@pytest.mark.parametrize("tool", list(Tool))
def test_blocked_wins_over_everything(tool: Tool, person: Person) -> None:
    blocked = Workspace(id="T0", budget_credits=10, modes={tool: Mode.BLOCKED})
    assert decide(blocked, person, tool).mode is Mode.BLOCKED
    assert decide(blocked, person, tool).reason is Reason.BLOCKED_TOOL


@pytest.mark.parametrize(
    ("tool", "mode"),
    [
        (Tool.BROWSE_MODELS, Mode.AUTO),
        (Tool.LIST_IMAGES, Mode.AUTO),
        (Tool.PROPOSE, Mode.AUTO),
        (Tool.GENERATE, Mode.ASK),
    ],
)
def test_a_new_workspace_has_the_promised_modes(tool: Tool, mode: Mode) -> None:
    assert decide(Workspace(id="T0", budget_credits=10), BEN, tool).mode is mode


@pytest.mark.parametrize(
    ("person", "requester", "approvers", "guests_may", "mode", "reason"),
    [
        (ANA, ANA, (), False, Mode.ASK, None),
        (BEN, BEN, (), False, Mode.ASK, None),
        (BEN, ANA, (), False, Mode.ASK, Reason.NOT_THEIRS),
        (BEN, ANA, (BEN.id,), False, Mode.ASK, None),
        (ANA, BEN, (), False, Mode.ASK, Reason.NOT_THEIRS),  # an admin is not an approver
        (GUEST, GUEST, (), False, Mode.ASK, Reason.GUEST),
        (GUEST, GUEST, (), True, Mode.ASK, None),
        (GUEST, GUEST, (), False, Mode.AUTO, Reason.GUEST),
        (STRANGER, STRANGER, (), True, Mode.ASK, Reason.EXTERNAL),  # no guest of ours
        (STRANGER, ANA, (STRANGER.id,), True, Mode.ASK, Reason.EXTERNAL),
        (BEN, GUEST, (BEN.id,), False, Mode.ASK, None),
        (ANA, ANA, (), False, Mode.BLOCKED, Reason.BLOCKED_TOOL),
    ],
)
def test_who_may_have_credits_spent(
    person: Person,
    requester: Person,
    approvers: tuple[str, ...],
    guests_may: bool,
    mode: Mode,
    reason: Reason | None,
) -> None:
    rules = workspace(mode, approvers=frozenset(approvers), guests_may_spend=guests_may)
    found = may_approve(rules, person, requester_id=requester.id, tools=[Tool.GENERATE])
    assert found.reason is reason


def test_a_guest_may_still_deny_their_own_proposal() -> None:
    assert may_decide(workspace(), GUEST, requester_id=GUEST.id) is None
