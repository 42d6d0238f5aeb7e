"""The form that sets all rows: what it shows, what comes back, what forged values do."""

from typing import Any

import pytest

from blocks import set_all
from blocks.set_all import Wanted, draft_from_state, modal, options, parse
from bot.domain.catalog import Aspect
from bot.domain.people import Tool

from .checked import Json, check_groups, checked_view, submitted
from .samples import BALANCE, CATALOG, DUO, PAINTER, SKETCH
from .test_batch import proposed, row

BATCH = proposed(row(1), row(2), row(3))


NOTHING = Wanted()


def form(draft: Wanted = NOTHING, *, note: str = "") -> Json:
    """The form's JSON, checked."""
    return checked_view(modal(BATCH, draft=draft, catalog=CATALOG, balance=BALANCE, note=note))


@pytest.mark.parametrize(
    "draft",
    [
        Wanted(model_id=PAINTER.id),
        Wanted(style_id="watercolor"),
        Wanted(aspect=Aspect.WIDE),
        Wanted(model_id=SKETCH.id, style_id="watercolor", aspect=Aspect.STORY),
    ],
)
def test_what_the_form_shows_comes_back(draft: Wanted) -> None:
    state = submitted(form(draft))
    assert parse(state) == draft
    assert draft_from_state(state, CATALOG, Tool.GENERATE) == draft


def test_nothing_chosen_is_told() -> None:
    assert parse(submitted(form())) == {"model_id": "Choose what all images should have."}


@pytest.mark.parametrize(
    ("draft", "live"),
    [
        (Wanted(), "3 images · *12 credits* · 984 of 1,000 left in November"),
        (Wanted(model_id=SKETCH.id), "3 images · *3 credits* · 984 of 1,000 left in November"),
        (Wanted(model_id=DUO.id), "3 images · *39 credits* · 984 of 1,000 left in November"),
    ],
)  # 4 each; 1 each; 12.5 each, rounded up to 13 each
def test_form_shows_the_sum(draft: Wanted, live: str) -> None:
    assert form(draft)["blocks"][-1]["text"]["text"] == live


def test_only_aspects_of_the_chosen_model_are_offered() -> None:
    (menu,) = [
        b["element"]
        for b in form(Wanted(model_id=DUO.id))["blocks"]
        if b.get("block_id") == "aspect:acme/duo"
    ]
    assert [o["value"] for o in menu["options"]] == ["-", "4:3"]


def test_switching_the_model_drops_an_aspect_it_does_not_make() -> None:
    state: dict[str, Any] = submitted(form(Wanted(aspect=Aspect.WIDE)))
    state["model_id"][set_all.MODEL]["selected_option"] = {"value": DUO.id}
    assert draft_from_state(state, CATALOG, Tool.GENERATE) == Wanted(model_id=DUO.id)


def test_forged_values_are_left_out_or_told() -> None:
    state: dict[str, Any] = submitted(form())
    state["aspect"][set_all.ASPECT]["selected_option"] = {"value": "7:5"}
    assert parse(state) == {"aspect": "Choose an aspect from the list."}
    state["model_id"][set_all.MODEL]["selected_option"] = {"value": "acme/secret"}
    assert draft_from_state(state, CATALOG, Tool.GENERATE) == Wanted()


def test_the_search_begins_with_leaving_it_as_it_is() -> None:
    groups = [group.to_dict() for group in options(CATALOG.models, tool=Tool.GENERATE)]
    check_groups(groups)
    assert groups[0]["options"][0]["value"] == "-"
