"""The forms of the settings: what is shown is what is saved, and nonsense is said to be."""

from typing import Any

import pytest

from blocks import audit, search
from blocks.settings import channels, keeping, keys, models, people, sections, tools
from bot.domain.audit import AuditEntry, Deed
from bot.domain.people import ChannelMode, Mode, Tool, Workspace
from bot.domain.search import Search

from .checked import checked_view, submitted
from .samples import CATALOG, CREATED

RULES = Workspace(
    id="T0",
    revision=4,
    budget_credits=1000,
    person_day_credits=50,
    approvers=frozenset({"U0BEN00001", "U0ANA00001"}),
    modes={Tool.EDIT: Mode.BLOCKED, Tool.GENERATE: Mode.AUTO},
    guests_may_spend=True,
    model_ids=frozenset({"acme/painter", "acme/duo"}),
    default_model_id="acme/painter",
    channel_modes={"C0DESIGN01": ChannelMode.OFF},
    lifetime_hours=48,
    retention_days=90,
)


def test_every_form_saves_what_it_shows() -> None:
    shown = submitted(checked_view(tools.modal(RULES)))
    assert tools.parse(shown, RULES) == RULES
    shown = submitted(checked_view(models.modal(RULES, CATALOG)))
    assert models.parse(shown, RULES, CATALOG) == RULES
    shown = submitted(checked_view(people.modal(RULES)))
    assert people.parse(shown, RULES) == RULES
    shown = submitted(checked_view(channels.modal(RULES, channel_id="C0DESIGN01")))
    assert channels.parse(shown, RULES) == RULES
    shown = submitted(checked_view(keeping.modal(RULES, usual_hours=24)))
    assert keeping.parse(shown, RULES) == RULES


@pytest.mark.parametrize("may_change", [True, False])
def test_the_page_of_all_settings_has_buttons_for_admins_only(may_change: bool) -> None:
    page = sections.overview(
        RULES,
        CATALOG,
        usual_hours=24,
        may_change=may_change,
        admin_words="Ana can change that.",
        key_view=keys.KeysView(revision=4, takers=[], keyless=["sketch"]),
    )
    shown = checked_view(page)
    assert len([b for b in shown["blocks"] if "accessory" in b]) == (6 if may_change else 0)
    assert ("*Keys*" in str(shown)) is may_change


@pytest.mark.parametrize("value", ["", "1.5", "-3", "1e3", "99999999999999", "٣", "12 000", "abc"])
def test_a_budget_that_is_no_number_is_said_to_be_none(value: str) -> None:
    shown: dict[str, Any] = submitted(checked_view(people.modal(RULES)))
    shown["budget_credits"] = {"x": {"type": "number_input", "value": value}}
    wrong = people.parse(shown, RULES)
    assert isinstance(wrong, dict)
    assert set(wrong) == {"budget_credits"}


@pytest.mark.parametrize("state", [{}, {"mode_edit": 1}, {"mode_edit": {"x": {"value": "on"}}}])
def test_forged_states_change_nothing(state: dict[str, Any]) -> None:
    assert isinstance(tools.parse(state, RULES), dict)
    assert isinstance(channels.parse(state, RULES), dict)
    assert isinstance(people.parse(state, RULES), dict)


def test_models_that_are_not_in_the_catalog_are_refused() -> None:
    state = {
        "model_ids": {"x": {"selected_options": [{"value": "evil/model"}]}},
        "default_model_id": {"x": {"selected_option": {"value": "evil/model"}}},
    }
    wrong = models.parse(state, RULES, CATALOG)
    assert isinstance(wrong, dict)
    assert set(wrong) == {"model_ids", "default_model_id"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_the_csv_is_a_formula(cell: str) -> None:
    entry = AuditEntry(
        team_id="T0", at=CREATED, actor_id="U0", deed=Deed.DENIED, subject="prp_1", new=cell
    )
    text = audit.to_csv([entry], names={"U0": cell}).decode("utf-8-sig")
    assert f"'{cell}" in text
    assert f",{cell}" not in text


def test_a_page_of_the_log_holds_any_entries() -> None:
    entry = AuditEntry(
        team_id="T0",
        at=CREATED,
        actor_id="",
        deed=Deed.SETTING_CHANGED,
        subject="channel C0DESIGN01",
        old="*" * 5000,
        new="<!channel>",
    )
    view = audit.modal([entry] * 20, page=3, has_more=True, months=["2026-11", "2026-10"])
    assert "<!channel>" not in str(checked_view(view))


@pytest.mark.parametrize("packed", ["", "x", "-1.", "1", "99999999.2026-11", "0.2026-13"])
def test_a_forged_page_of_the_log_is_one_that_can_be_shown(packed: str) -> None:
    page, month = audit.unpack(packed)
    assert month in ("", "2026-11")
    assert page in (0, 1)


@pytest.mark.parametrize(
    "wanted",
    [Search(), Search(words="fox", by_id="U0", channel_id="C0", model_id="m", is_starred=True)],
)
def test_a_search_is_carried_by_the_view_and_shown_in_its_form(wanted: Search) -> None:
    assert search.unpack(search.pack(wanted, 3)) == (wanted, 3)
    form = checked_view(search.modal(wanted, CATALOG))
    assert search.parse(submitted(form)) == wanted.model_copy(update={"model_id": ""})


@pytest.mark.parametrize("packed", ["", "x", "[]", "[1]", '[1, {"evil": 1}]', "[-1, {}]", "null"])
def test_a_forged_search_is_everything_from_the_start(packed: str) -> None:
    assert search.unpack(packed) == (Search(), 0)
