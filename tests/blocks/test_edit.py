"""The form that edits an item: what it shows, what comes back, what forged values do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import edit, extras
from blocks.draft import draft_from_state
from blocks.edit import block_of, modal
from blocks.fit import fitted
from blocks.pick import model_options
from bot.domain.catalog import Aspect, ImageModel
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings

from .checked import Json, check_groups, checked_view, submitted
from .samples import (
    BALANCE,
    CATALOG,
    DUO,
    ENLARGER,
    ITEM,
    PAINTER,
    PROPOSAL,
    RETOUCHER,
    SETTINGS,
    SKETCH,
    WORKSHOP,
    settings,
)


def form(draft: ItemSettings = SETTINGS, *, note: str = "") -> Json:
    """The form's JSON, checked."""
    return checked_view(
        modal(PROPOSAL, ITEM, draft=draft, catalog=CATALOG, balance=BALANCE, note=note)
    )


def values(**entries: str | None) -> Json:
    """A submission of the sample's form with some of its fields entered anew."""
    state = submitted(form())
    for field, value in entries.items():
        block = state[block_of(state, field)]
        (entry,) = block.values()
        if "selected_option" in entry:
            entry["selected_option"] = None if value is None else {"value": value}
        else:
            entry["value"] = value
    return state


def texts_of(view: Json) -> list[str]:
    """What its paragraphs say."""
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


def labels_of(view: Json) -> list[str]:
    """What its inputs are called."""
    return [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]


def parse(state: Json) -> ItemSettings | dict[str, str]:
    """What comes back from the sample's form."""
    return edit.parse(state, kept=SETTINGS, tool=Tool.GENERATE)


PROMPTS = st.text(min_size=1, max_size=200).filter(str.strip)


@st.composite
def offered_settings(draw: st.DrawFn) -> ItemSettings:
    """Settings that one of the models can do."""
    model = draw(st.sampled_from(CATALOG.models))
    return ItemSettings(
        prompt=draw(PROMPTS),
        model_id=model.id,
        style_id=draw(st.sampled_from([style.id for style in CATALOG.styles])),
        aspect=draw(st.sampled_from(model.aspects)),
        count=draw(st.integers(1, model.max_count)),
        seed=draw(st.none() | st.integers(0, extras.MAX_SEED)) if model.has_seed else None,
        negative_prompt=draw(st.text(max_size=50)) if model.has_negative_prompt else "",
    )


@given(offered_settings())
def test_what_the_form_shows_comes_back(draft: ItemSettings) -> None:
    assert parse(submitted(form(draft))) == draft
    assert draft_from_state(submitted(form(draft)), ITEM, CATALOG) == (draft, "")


@given(
    st.dictionaries(
        st.sampled_from([*ItemSettings.model_fields, "aspect:sketch/compose", "other", ""]),
        st.recursive(
            st.none() | st.text(max_size=20) | st.integers() | st.booleans(),
            lambda inner: (
                st.lists(inner, max_size=2)
                | st.dictionaries(
                    st.sampled_from(["selected_option", "value", "edit_count", "x"]),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=8,
        ),
    )
)
def test_forged_values_never_crash(state: Json) -> None:
    errors = parse(state)
    assert isinstance(errors, ItemSettings) or all(errors.values())
    draft, note = draft_from_state(state, ITEM, CATALOG)
    form(draft, note=note)


def test_longest_prompt_comes_back() -> None:
    longest = settings(prompt="é" * 3000)
    assert parse(submitted(form(longest))) == longest


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("prompt", None, "Write what the image should show."),
        ("prompt", " \n\t ", "Write what the image should show."),
        ("prompt", "x" * 3001, "This has 3,001 characters; 3,000 is the most."),
        ("model_id", None, "Choose a model."),
        ("style_id", None, "Choose a style."),
        ("aspect", "7:5", "Choose an aspect from the list."),
        ("aspect", None, "Choose an aspect from the list."),
        ("count", "0", "Choose 1 to 4 images."),
        ("count", "5", "Choose 1 to 4 images."),
        ("count", "99", "Choose 1 to 4 images."),
        ("count", "-1", "Choose 1 to 4 images."),
        ("count", "²", "Choose 1 to 4 images."),
        ("count", "9" * 5000, "Choose 1 to 4 images."),
        ("count", None, "Choose 1 to 4 images."),
        ("seed", "x", "A seed is a whole number from 0 to 2,147,483,647."),
        ("seed", "-3", "A seed is a whole number from 0 to 2,147,483,647."),
        ("seed", "1.5", "A seed is a whole number from 0 to 2,147,483,647."),
        ("seed", "2147483648", "A seed is a whole number from 0 to 2,147,483,647."),
        ("negative_prompt", "x" * 3001, "This has 3,001 characters; 3,000 is the most."),
    ],
)
def test_wrong_field_is_told_under_it(field: str, value: str | None, words: str) -> None:
    state = values(**{field: value})
    assert parse(state) == {block_of(state, field): words}


def test_every_wrong_field_is_told_at_once() -> None:
    errors = parse(values(prompt="", count="99", seed="x"))
    assert isinstance(errors, dict)
    assert set(errors) == {"prompt", "count:4", "seed"}


def test_seed_can_be_emptied() -> None:
    assert parse(values(seed=None)) == SETTINGS


def test_error_of_a_field_that_is_not_there_is_told_under_the_model() -> None:
    state = submitted(form(settings(model_id=DUO.id, aspect=Aspect.LANDSCAPE_4_3, count=2)))
    assert block_of(state, "seed") == "model_id"
    assert block_of(state, "seed") in state
    assert block_of(state, "aspect") == "aspect:acme/duo"


@pytest.mark.parametrize(
    ("model", "labels"),
    [
        (PAINTER, ["Prompt", "Model", "Style", "Aspect", "Images", "What to avoid", "Seed"]),
        (SKETCH, ["Prompt", "Model", "Style", "Aspect", "Images", "Seed"]),
        (DUO, ["Prompt", "Model", "Style", "Aspect", "Images"]),
    ],
)
def test_form_asks_only_for_what_the_model_can_do(model: ImageModel, labels: list[str]) -> None:
    draft, _ = fitted(settings(model_id=model.id), CATALOG)
    assert labels_of(form(draft)) == labels


@pytest.mark.parametrize(
    ("changes", "live"),
    [
        ({}, "4 images · *16 credits*"),  # 4 x 4
        ({"count": 1}, "1 image · *4 credits*"),
        ({"model_id": SKETCH.id, "count": 1}, "1 image · *1 credit*"),
        ({"model_id": DUO.id, "count": 1}, "1 image · *13 credits*"),  # 12.5, rounded up
        ({"model_id": DUO.id, "count": 2}, "2 images · *25 credits*"),  # 2 x 12.5
    ],
)
def test_form_shows_the_price_of_what_it_holds(changes: Json, live: str) -> None:
    assert texts_of(form(settings(**changes))) == [f"{live} · 984 of 1,000 left in November"]


def test_form_opens_even_where_the_model_is_gone() -> None:
    assert texts_of(form(settings(model_id="old/gone"))) == [
        "old/gone is no longer offered: choose another model."
    ]


def test_model_search_opens_with_everything() -> None:
    (select,) = [
        block["element"]
        for block in form()["blocks"]
        if block.get("element", {}).get("type") == "external_select"
    ]
    assert select["min_query_length"] == 0
    groups = [group.to_dict() for group in model_options(CATALOG.models, tool=Tool.GENERATE)]
    check_groups(groups)
    assert select["initial_option"] in [o for group in groups for o in group["options"]]


def test_model_options_are_grouped_by_their_best_task_with_price_and_strength() -> None:
    groups = [group.to_dict() for group in model_options([PAINTER], tool=Tool.GENERATE)]
    assert [group["label"]["text"] for group in groups] == ["Product photos"]
    (option,) = groups[0]["options"]
    assert option["text"]["text"] == "Painter 2 pro"
    assert option["description"]["text"] == (
        "4 credits each · Product photographs with true materials"
    )
    assert option["value"] == PAINTER.id


def test_model_options_hold_long_names_and_many_models() -> None:
    many = [
        PAINTER.model_copy(update={"id": f"acme/{n}", "name": "N" * 300, "strength": "s" * 300})
        for n in range(130)
    ]
    groups = model_options(many, tool=Tool.GENERATE)
    check_groups([group.to_dict() for group in groups])
    assert [len(group.options or ()) for group in groups] == [100]


def test_what_was_searched_for_comes_in_its_own_order_each_model_once() -> None:
    found = list(reversed(CATALOG.models))
    (group,) = model_options(found, tool=Tool.GENERATE, words="text")
    check_groups([group.to_dict()])
    assert [option.value for option in group.options or ()] == [model.id for model in found]
    assert model_options([], tool=Tool.GENERATE, words="nothing") == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"count": "99"}, SETTINGS),
        ({"count": "0"}, SETTINGS),
        ({"count": "2"}, settings(count=2)),
        ({"model_id": "acme/secret"}, SETTINGS),
        ({"aspect": "7:5"}, SETTINGS),
        ({"aspect": "4:5"}, settings(aspect=Aspect.PORTRAIT_4_5)),
        ({"style_id": "none"}, SETTINGS),
        ({"prompt": None}, SETTINGS),
        ({"prompt": "a red mug"}, settings(prompt="a red mug")),
        ({"seed": "7"}, settings(seed=7)),
        ({"seed": "x"}, SETTINGS),
        ({"negative_prompt": "text"}, settings(negative_prompt="text")),
    ],
)
def test_draft_keeps_the_item_where_a_value_is_forged(
    entries: dict[str, str | None], expected: ItemSettings
) -> None:
    assert draft_from_state(values(**entries), ITEM, CATALOG) == (expected, "")


def test_draft_of_nothing_is_the_item() -> None:
    assert draft_from_state({}, ITEM, CATALOG) == (SETTINGS, "")


def test_switching_the_model_changes_what_it_cannot_do_and_says_so() -> None:
    state = values(model_id=DUO.id, seed="4711", negative_prompt="hands")
    draft, note = draft_from_state(state, ITEM, CATALOG)
    assert draft == settings(model_id=DUO.id, aspect=Aspect.LANDSCAPE_4_3, count=2)
    assert note == (
        "Duo does not make 1:1 square, so the aspect is now 4:3 landscape. "
        "It makes at most 2 images at a time. It takes no seed, so 4711 is dropped. "
        "It cannot be told what to avoid, so that is dropped."
    )
    assert note in texts_of(form(draft, note=note))


def test_switching_to_a_model_that_can_do_all_says_nothing() -> None:
    draft, note = draft_from_state(values(model_id=SKETCH.id, seed="4711"), ITEM, CATALOG)
    assert (draft, note) == (settings(model_id=SKETCH.id, seed=4711), "")


@pytest.mark.parametrize(
    ("wanted", "nearest"),
    [  # Sketch offers 1:1, 9:16 and 16:9
        (Aspect.PORTRAIT_2_3, Aspect.STORY),  # 0.67: a factor 1.19 from 0.56, 1.5 from 1
        (Aspect.PORTRAIT_4_5, Aspect.SQUARE),
        (Aspect.BANNER, Aspect.WIDE),
    ],
)
def test_aspect_becomes_the_nearest(wanted: Aspect, nearest: Aspect) -> None:
    draft, _ = fitted(settings(model_id=SKETCH.id, aspect=wanted), CATALOG)
    assert draft.aspect is nearest


def test_changed_options_stand_in_a_new_block_so_that_slack_forgets_the_old_choice() -> None:
    before = {block["block_id"] for block in form()["blocks"] if block["type"] == "input"}
    draft, _ = fitted(settings(model_id=DUO.id), CATALOG)
    after = {block["block_id"] for block in form(draft)["blocks"] if block["type"] == "input"}
    assert before & after == {"prompt", "model_id", "style_id"}
    assert after - before == {"aspect:acme/duo", "count:2"}


def tool_form(tool: Tool, draft: ItemSettings, **fields: Any) -> Json:
    """The form about an item of another tool, checked."""
    item = ITEM.model_copy(update={"settings": draft, **fields})
    proposal = PROPOSAL.model_copy(update={"tool": tool, "items": (item,)})
    return checked_view(modal(proposal, item, draft=draft, catalog=WORKSHOP, balance=BALANCE))


CHANGE = settings(prompt="Make it warmer", model_id=RETOUCHER.id, count=2, seed=7)
LARGER = settings(prompt="", model_id=ENLARGER.id, count=1, scale=4)


@pytest.mark.parametrize(
    ("tool", "draft", "labels"),
    [
        (Tool.EDIT, CHANGE, ["What should change", "Model", "Images", "Seed"]),
        (Tool.UPSCALE, LARGER, ["Model", "Size"]),
    ],
)
def test_each_tool_asks_for_what_it_needs_and_gives_it_back(
    tool: Tool, draft: ItemSettings, labels: list[str]
) -> None:
    shown = tool_form(tool, draft)
    assert labels_of(shown) == labels
    state = submitted(shown)
    item = ITEM.model_copy(update={"settings": draft})
    assert edit.parse(state, kept=draft, tool=tool) == draft
    assert draft_from_state(state, item, WORKSHOP, tool=tool) == (draft, "")


def test_an_empty_change_is_told_in_its_words() -> None:
    state = submitted(tool_form(Tool.EDIT, CHANGE))
    state["prompt"][edit.PROMPT]["value"] = " "
    errors = edit.parse(state, kept=CHANGE, tool=Tool.EDIT)
    assert errors == {"prompt": "Write what should change."}


def test_a_forged_size_is_told_under_it() -> None:
    state = submitted(tool_form(Tool.UPSCALE, LARGER))
    state["scale:acme/enlarger"][edit.SCALE]["selected_option"] = {"value": "x"}
    errors = edit.parse(state, kept=LARGER, tool=Tool.UPSCALE)
    assert errors == {"scale:acme/enlarger": "Choose a size from the list."}


@pytest.mark.parametrize("model_id", ["acme/enlarger", "sketch/compose"])
def test_a_model_of_another_tool_is_never_drafted(model_id: str) -> None:
    state = submitted(tool_form(Tool.EDIT, CHANGE))
    state["model_id"][edit.MODEL]["selected_option"] = {"value": model_id}
    item = ITEM.model_copy(update={"settings": CHANGE})
    draft, _ = draft_from_state(state, item, WORKSHOP, tool=Tool.EDIT)
    assert draft.model_id == RETOUCHER.id


def actions_in(view: Json) -> set[str]:
    """The action ids of its buttons."""
    return {
        element["action_id"]
        for block in view["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    }


@pytest.mark.parametrize(
    ("prompt", "offered"),
    [
        (SETTINGS.prompt, {edit.ORIGINAL}),
        (ITEM.original, {edit.IMPROVED}),
        ("something else", {edit.ORIGINAL, edit.IMPROVED}),
    ],
)
def test_the_other_wording_can_be_taken_back(prompt: str, offered: set[str]) -> None:
    assert actions_in(form(settings(prompt=prompt))) == offered


def test_a_prompt_that_was_replaced_stands_in_a_block_of_its_own() -> None:
    view = checked_view(
        modal(PROPOSAL, ITEM, draft=SETTINGS, catalog=CATALOG, balance=BALANCE, wording=3)
    )
    assert edit.wording_of(submitted(view)) == 3
    assert edit.wording_of(submitted(form())) == 0
    assert parse(submitted(view)) == SETTINGS


def test_words_about_all_rows_are_not_offered_as_the_prompt_of_one() -> None:
    twin = ITEM.model_copy(update={"id": "itm_2", "position": 2})
    batch = PROPOSAL.model_copy(update={"items": (ITEM, twin)})
    view = checked_view(modal(batch, ITEM, draft=SETTINGS, catalog=CATALOG, balance=BALANCE))
    assert edit.ORIGINAL not in actions_in(view)
