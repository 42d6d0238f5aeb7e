"""Who may do what, as a table."""

import pytest

from bot.domain.people import Mode, Person, Tool, Workspace
from bot.permissions import (
    COMMITTING,
    Reason,
    decide,
    may_approve,
    may_decide,
    may_go_ahead,
    may_set_rules,
    nobody_decides,
)

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


ASKER = Person(id="U0ASK", team_id="T0", name="Ida")
APPROVER = Person(id="U0BOB", team_id="T0", name="Bob")
PEOPLE = {
    "requester": ASKER,
    "approver": APPROVER,
    "member": BEN,
    "admin": ANA,
    "guest": GUEST,
    "stranger": STRANGER,
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("tool", list(Tool))
def test_every_tool_in_every_mode_for_everybody(tool: Tool, mode: Mode, who: str) -> None:
    """Asking for it oneself, approving it for another, letting it go ahead, changing its mode."""
    person = PEOPLE[who]
    rules = Workspace(
        id="T0", budget_credits=10, modes={tool: mode}, approvers=frozenset({APPROVER.id})
    )
    is_outside, commits = who in ("guest", "stranger"), tool in COMMITTING
    asked = decide(rules, person, tool)
    if mode is Mode.BLOCKED:
        assert (asked.mode, asked.reason, asked.tool) == (mode, Reason.BLOCKED_TOOL, tool)
    elif is_outside and commits:
        assert (asked.mode, asked.tool) == (Mode.BLOCKED, tool)
        assert asked.reason is (Reason.GUEST if who == "guest" else Reason.EXTERNAL)
    else:
        assert (asked.mode, asked.reason) == (mode, None)
    for_another = may_approve(rules, person, requester_id=ASKER.id, tools=[tool])
    is_decider = who in ("requester", "approver")
    assert (for_another.reason is None) == (mode is not Mode.BLOCKED and is_decider)
    assert (may_go_ahead(rules, person, requester_id=ASKER.id) is None) == is_decider
    assert (may_set_rules(person) is None) == (who == "admin")


def test_an_admin_of_another_organisation_is_none_of_ours() -> None:
    foreign = Person(id="U0FAR", team_id="T0", name="Fay", is_admin=True, is_external=True)
    assert may_set_rules(foreign) is Reason.NOT_ADMIN


@pytest.mark.parametrize(
    ("approvers", "guests_may", "reason"),
    [
        ((), False, Reason.GUEST),  # nobody could ever decide the card
        ((GUEST.id,), False, Reason.GUEST),  # nor could the guest, though an approver
        ((APPROVER.id,), False, None),
        ((), True, None),
    ],
)
def test_a_card_that_nobody_could_decide_is_not_made(
    approvers: tuple[str, ...], guests_may: bool, reason: Reason | None
) -> None:
    rules = workspace(approvers=frozenset(approvers), guests_may_spend=guests_may)
    assert nobody_decides(rules, GUEST, Tool.GENERATE) is reason
    assert nobody_decides(rules, BEN, Tool.GENERATE) is None


def test_one_tool_that_asks_makes_all_ask_and_one_that_is_blocked_blocks_all() -> None:
    rules = Workspace(
        id="T0",
        budget_credits=10,
        modes={Tool.GENERATE: Mode.AUTO, Tool.INSERT_INTO_CANVAS: Mode.ASK},
    )
    both = (Tool.GENERATE, Tool.INSERT_INTO_CANVAS)
    assert decide(rules, BEN, *both).mode is Mode.ASK
    blocked = rules.model_copy(update={"modes": {Tool.INSERT_INTO_CANVAS: Mode.BLOCKED}})
    assert decide(blocked, BEN, *both).tool is Tool.INSERT_INTO_CANVAS


def test_a_guest_may_still_deny_their_own_proposal() -> None:
    assert may_decide(workspace(), GUEST, requester_id=GUEST.id) is None
