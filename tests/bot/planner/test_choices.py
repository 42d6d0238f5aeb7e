"""Which of the real models is proposed for what, by the keys that there are."""

import pytest

from bot.domain.catalog import Aspect, Catalog, Task
from bot.planner.choose import choose_editor, choose_model, choose_upscaler
from bot.studio.catalog import catalog

LOCAL = ("sketch", "waifu2x")


def offered(*providers: str) -> Catalog:
    return catalog([*providers, *LOCAL])


EVERY = offered("openai", "google", "bfl", "ideogram", "recraft", "stability", "replicate", "fal")


@pytest.mark.parametrize(
    ("providers", "task", "model_id"),
    [
        ("openai", Task.PRODUCT, "openai/gpt-image-2.6-sunburst"),
        ("openai", Task.TYPOGRAPHY, "openai/gpt-image-2.6-flare-medium"),
        ("openai", Task.DRAFT, "openai/gpt-image-2.6-flare-low"),
        ("google", Task.PHOTO, "google/gemini-nano-banana-2.1"),
        ("bfl", Task.PRODUCT, "bfl/flux-2-pro"),
        ("bfl", Task.TYPOGRAPHY, "bfl/flux-2-flex"),
        ("bfl", Task.DRAFT, "bfl/flux-2-klein-4b"),
        ("ideogram", Task.LOGO, "ideogram/4.5-medium"),
        ("recraft", Task.LOGO, "recraft/recraftv4_1"),
        ("recraft", Task.VECTOR, "recraft/recraftv4_1_vector"),
        ("recraft", Task.PRODUCT, "recraft/recraftv4_1"),
        ("stability", Task.PHOTO, "stability/sd3.5-large"),
        ("replicate", Task.DRAFT, "replicate/flux-schnell"),
        ("fal", Task.POSTER, "fal/qwen-image-2"),
    ],
)
def test_it_is_what_a_designer_would_take(providers: str, task: Task, model_id: str) -> None:
    model, reason = choose_model(offered(providers), task, aspect=Aspect.SQUARE)
    assert model.id == model_id
    assert reason.startswith("chosen for ")


@pytest.mark.parametrize("task", [task for task in Task if task not in (Task.EDIT, Task.UPSCALE)])
@pytest.mark.parametrize("provider", ["openai", "google", "ideogram", "stability", "replicate"])
def test_an_ai_model_comes_before_the_sketch_engine_whatever_is_asked(
    provider: str, task: Task
) -> None:
    model, reason = choose_model(offered(provider), task)
    assert model.is_ai
    assert (reason == "the nearest there is") is (task not in model.tasks)


@pytest.mark.parametrize("task", [Task.PRODUCT, Task.PHOTO, Task.ILLUSTRATION, Task.POSTER])
def test_neither_a_luxury_nor_a_draft_nor_one_that_retires_is_taken_unasked(task: Task) -> None:
    for provider in ("openai", "google", "bfl", "recraft", "ideogram", "fal"):
        model, _ = choose_model(offered(provider), task)
        assert model.price_credits(1) < 12
        assert model.tasks[0] is not Task.DRAFT
        assert model.retires_on is None


@pytest.mark.parametrize(
    ("provider", "editor", "cutter"),
    [
        ("openai", "openai/gpt-image-2.6-flare", "sketch/retouch"),
        ("google", "google/gemini-nano-banana-2.1", "sketch/retouch"),
        ("bfl", "bfl/flux-2-pro", "sketch/retouch"),
        ("ideogram", "ideogram/4.5-medium", "ideogram/remove-background"),
        ("recraft", "sketch/retouch", "recraft/remove-background"),
        ("stability", "sketch/retouch", "stability/remove-background"),
        ("fal", "fal/flux-2-pro", "fal/bria-rmbg"),
        ("replicate", "replicate/seedream-5-lite", "replicate/bria-remove-background"),
    ],
)
def test_an_edit_goes_to_a_model_that_edits(provider: str, editor: str, cutter: str) -> None:
    assert choose_editor(offered(provider), sources=1)[0].id == editor
    assert choose_editor(offered(provider), sources=1, cuts_out=True)[0].id == cutter


def test_several_pictures_go_to_a_model_that_takes_so_many() -> None:
    assert choose_editor(EVERY, sources=5)[0].max_sources >= 5


def test_the_cheapest_upscaler_that_makes_it_so_large_is_taken() -> None:
    assert choose_upscaler(EVERY, scale=2)[0].id == "waifu2x/photo"
    assert choose_upscaler(EVERY, scale=4)[0].id == "stability/fast-upscale"


def test_the_choice_does_not_depend_on_chance() -> None:
    first = {task: choose_model(EVERY, task)[0].id for task in Task}
    assert {task: choose_model(EVERY, task)[0].id for task in Task} == first
