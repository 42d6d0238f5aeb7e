"""What is certain to fail is refused before anything is proposed, under the field that is wrong."""

import pytest

from bot.domain.catalog import Size
from bot.domain.people import Tool
from bot.errors import BadField
from bot.studio.catalog import catalog
from bot.studio.foresight import Wish, check_ahead

OFFERED = catalog(["sketch", "waifu2x", "stability", "fal"])


def wish(
    prompt: str = "", *, count: int = 1, scale: int | None = None, size: Size | None = None
) -> Wish:
    return Wish(prompt=prompt, count=count, scale=scale, size=size)


@pytest.mark.parametrize(
    ("model_id", "tool", "wanted", "field"),
    [
        ("sketch/retouch", Tool.EDIT, wish("add a dragon on the left"), "prompt"),
        ("sketch/retouch", Tool.EDIT, wish("flip it", count=2), "count"),
        (
            "waifu2x/photo",
            Tool.UPSCALE,
            wish(scale=4, size=Size(width_px=2000, height_px=2000)),
            "scale",
        ),
        (
            # 4.19 megapixels of 1.52 are 1.66 times the sides.
            "stability/conservative-upscale",
            Tool.UPSCALE,
            wish(scale=2, size=Size(width_px=1232, height_px=1232)),
            "scale",
        ),
        (
            "fal/seedvr2",
            Tool.UPSCALE,
            wish(scale=4, size=Size(width_px=2000, height_px=2000)),
            "scale",
        ),
    ],
)
def test_what_cannot_work_is_refused(model_id: str, tool: Tool, wanted: Wish, field: str) -> None:
    model = OFFERED.model(model_id)
    assert model is not None
    with pytest.raises(BadField) as refusal:
        check_ahead(model, wanted, tool=tool)
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("model_id", "tool", "wanted"),
    [
        ("sketch/retouch", Tool.EDIT, wish("make the background warmer", count=4)),
        ("sketch/retouch", Tool.EDIT, wish("flip it")),
        ("waifu2x/photo", Tool.UPSCALE, wish(scale=4)),
        (
            "waifu2x/photo",
            Tool.UPSCALE,
            wish(scale=2, size=Size(width_px=2000, height_px=2000)),
        ),
        (
            # 4.19 of 1.05: 1.995 times.
            "stability/conservative-upscale",
            Tool.UPSCALE,
            wish(scale=2, size=Size(width_px=1568, height_px=672)),
        ),
        ("stability/conservative-upscale", Tool.UPSCALE, wish(scale=2)),
        ("fal/seedvr2", Tool.UPSCALE, wish(scale=2, size=Size(width_px=2000, height_px=2000))),
        ("sketch/compose", Tool.GENERATE, wish("add a dragon on the left")),
    ],
)
def test_what_may_work_is_let_through(model_id: str, tool: Tool, wanted: Wish) -> None:
    model = OFFERED.model(model_id)
    assert model is not None
    check_ahead(model, wanted, tool=tool)
