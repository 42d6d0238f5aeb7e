"""The models as data, choosing one for a task, and finding one by words."""

import re
from pathlib import Path

import pytest

from bot.domain.catalog import Aspect, Catalog, ImageModel, Task
from bot.errors import SetupError
from bot.planner.choose import choose_model
from bot.studio.catalog import all_models, catalog, models, read_models
from bot.studio.model_search import search_models
from bot.studio.providers import check_entry, known_models
from bot.studio.sketch import STYLES as SKETCH_STYLES
from bot.studio.styles import STYLES

OFFERED = catalog(["sketch"])


def ids(models: list[ImageModel]) -> list[str]:
    return [model.id.removeprefix("sketch/") for model in models]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.id)
def test_an_entry_is_complete_and_its_sizes_fit_its_aspects(model: ImageModel) -> None:
    assert model.id.startswith(f"{model.provider}/")
    assert model.tasks and model.strength and model.price_source
    assert len(model.strength) <= 60
    for aspect, size in model.sizes.items():
        across, down = (int(side) for side in aspect.value.split(":"))
        assert size.width_px / size.height_px == pytest.approx(across / down, rel=0.02)


def test_the_sizes_are_a_megapixel_and_2048_on_the_long_side() -> None:
    sketch, large = OFFERED.model("sketch/compose"), OFFERED.model("sketch/compose-2k")
    assert sketch and large
    assert set(sketch.sizes) == set(large.sizes) == set(Aspect)
    for size in sketch.sizes.values():
        assert 900_000 <= size.width_px * size.height_px <= 1_100_000
    assert {max(size.width_px, size.height_px) for size in large.sizes.values()} == {2048}
    for aspect, size in [*sketch.sizes.items(), *large.sizes.items()]:
        across, down = (int(side) for side in aspect.value.split(":"))
        assert size.width_px % 16 == size.height_px % 16 == 0
        assert size.width_px / size.height_px == pytest.approx(across / down, rel=0.005)


def test_the_local_engine_is_never_called_an_ai_model() -> None:
    for model in OFFERED.models:
        assert not model.is_ai
        assert "not an AI model" in model.label


def test_only_models_of_providers_that_are_there_are_offered() -> None:
    assert catalog([]).models == ()
    assert catalog(["elsewhere"]).models == ()
    assert catalog(["sketch", "elsewhere"]) == OFFERED


def test_the_styles_are_those_the_local_engine_draws() -> None:
    assert {style.id for style in STYLES} == set(SKETCH_STYLES)
    assert len({style.name for style in STYLES}) == len(STYLES)


def test_ids_and_names_are_unique() -> None:
    assert len({model.id for model in models()}) == len(models())
    assert len({model.name for model in models()}) == len(models())


@pytest.mark.parametrize(
    ("task", "model", "reason"),
    [
        (Task.PRODUCT, "compose", "chosen for product photos"),
        (Task.PHOTO, "compose", "chosen for photoreal images"),
        (Task.POSTER, "compose", "chosen for posters"),
        (Task.ILLUSTRATION, "compose", "chosen for illustrations"),
        (Task.DRAFT, "compose", "chosen for fast drafts"),
        (Task.LOGO, "mark", "chosen for logos"),
        (Task.TYPOGRAPHY, "mark", "chosen for typography"),
        (Task.PATTERN, "mark", "chosen for patterns"),
    ],
)
def test_a_task_has_its_model(task: Task, model: str, reason: str) -> None:
    chosen, why = choose_model(OFFERED, task)

    assert (chosen.id, why) == (f"sketch/{model}", reason)


def test_a_model_that_makes_the_aspect_is_preferred() -> None:
    chosen, _ = choose_model(OFFERED, Task.LOGO, aspect=Aspect.STORY)

    assert chosen.id == "sketch/compose"


def test_an_ai_model_comes_before_the_local_engine_even_where_it_costs_more() -> None:
    local = OFFERED.models[0]
    real = local.model_copy(
        update={"id": "x/y", "provider": "x", "is_ai": True, "price_usd": local.price_usd * 9}
    )
    both = Catalog(models=(*OFFERED.models, real), styles=STYLES)

    assert choose_model(both, Task.LOGO)[0] is real


def test_without_any_model_nothing_can_be_chosen() -> None:
    with pytest.raises(LookupError):
        choose_model(catalog([]), Task.LOGO)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["compose", "compose-2k", "mark", "retouch"]),
        ("which models are there", ["compose", "compose-2k", "mark", "retouch"]),
        ("2k", ["compose-2k"]),
        ("sketch mark", ["mark"]),
        ("MARK", ["mark"]),
        ("sketch/compose-2k", ["compose-2k"]),
        ("logo", ["mark", "compose"]),
        ("logos", ["mark", "compose"]),
        ("prod", ["compose", "compose-2k"]),
        ("product photography", ["compose", "compose-2k"]),
        ("poster", ["compose", "compose-2k"]),
        ("posters", ["compose", "compose-2k"]),
        ("text", ["mark", "compose", "compose-2k"]),
        ("drafts", ["compose"]),
        ("print", ["compose-2k"]),
        ("cheap", ["compose", "mark", "retouch", "compose-2k"]),
        ("fast", ["compose", "mark", "retouch", "compose-2k"]),
        ("cheapest for logos", ["mark", "compose"]),
        ("retouch", ["retouch"]),
        ("zzz", []),
        ("(((", ["compose", "compose-2k", "mark", "retouch"]),
    ],
)
def test_models_are_found_by_name_task_and_plain_words(words: str, found: list[str]) -> None:
    assert ids(search_models(OFFERED, words)) == found


NEW = """
[[models]]
id = "x/painter"
name = "Painter"
strength = "Paints"
tasks = ["logos"]
sizes = {sizes}
speed = "about 10 s"
price_usd = "0.5"
price_source = "a page"
price_as_of = 2026-11-24
"""


def test_a_file_adds_models_and_changes_known_ones() -> None:
    text = NEW.replace("{sizes}", '"1k"') + '[[models]]\nid = "sketch/compose"\nprice_usd = "0.3"\n'
    found = {model.id: model for model in read_models(text, where="x.toml", known=models())}
    assert found["x/painter"].provider == "x"
    assert found["x/painter"].sizes[Aspect.SQUARE].width_px == 1024
    assert found["sketch/compose"].price_credits(1) == 30
    assert found["sketch/compose"].tasks == OFFERED.models[0].tasks
    assert len(found) == len(models()) + 1


def test_a_file_names_sizes_of_its_own() -> None:
    text = '[sizes.tiny]\n"1:1" = "64x64"\n' + NEW.replace("{sizes}", '"tiny"')
    (model,) = read_models(text, where="x.toml")
    assert model.sizes[Aspect.SQUARE].width_px == 64


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[models", "x.toml is not TOML"),
        ("[[models]]\nname = 'x'\n", "x.toml: entry 1: "),
        (NEW.replace("{sizes}", '{ "1:1" = "wide" }'), "x.toml: x/painter: sizes"),
        (NEW.replace("{sizes}", '{ "7:5" = "70x50" }'), "x.toml: x/painter: sizes"),
        (NEW.replace("{sizes}", '"huge"'), "x.toml: x/painter: sizes: there is no table `huge`"),
        (NEW.replace("{sizes}", '"1k"\ncolour = "red"'), "x.toml: x/painter: colour"),
        (NEW.replace("{sizes}", '"1k"\nprice_usd = -1'), "x.toml"),
        (NEW.replace("{sizes}", '"1k"\nmax_count = 9'), "x.toml: x/painter: max_count"),
        (NEW.replace("{sizes}", '"1k"').replace('"0.5"', '"-0.5"'), "x.toml: x/painter: price_usd"),
        (NEW.replace("{sizes}", '"1k"').replace("x/painter", "painter"), "x.toml: painter: id"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(text: str, words: str) -> None:
    with pytest.raises(SetupError, match=re.escape(words)):
        read_models(text, where="x.toml")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        all_models(tmp_path / "none.toml")


@pytest.mark.parametrize("model", models(), ids=lambda model: model.id)
def test_our_entries_say_what_their_adapters_need(model: ImageModel) -> None:
    check_entry(model)


@pytest.mark.parametrize(
    ("model_id", "options", "words"),
    [
        ("openai/gpt-image-2.6-flare", 'quality = "superb"', "options: quality: "),
        ("bfl/flux-2-pro", 'colour = "red"', "options: colour: "),
        ("recraft/recraftv4_1", 'operation = "x"', "options: operation: "),
    ],
)
def test_a_wrong_option_is_said_when_the_file_is_read(
    tmp_path: Path, model_id: str, options: str, words: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'[[models]]\nid = "{model_id}"\noptions = {{ {options} }}\n')
    with pytest.raises(SetupError, match=re.escape(f"mine.toml: {model_id}: {words}")):
        known_models({}, file)
