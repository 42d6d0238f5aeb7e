"""Pictures in messages and modals: grids without holes, and every picture in its own shape."""

import io
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, Locator, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.probe import plain
from tests.browser.driving import PICTURES, reader

DESIGN = "C0DESIGN01"
SHAPES = [(300, 300), (400, 200), (200, 400), (320, 240), (240, 320)]
ROWS = {2: [2], 3: [3], 4: [2, 2], 5: [2, 3], 7: [3, 4], 10: [3, 3, 4]}


def picture(width_px: int, height_px: int) -> bytes:
    buffer = io.BytesIO()
    Image.radial_gradient("L").resize((width_px, height_px)).save(buffer, "PNG")
    return buffer.getvalue()


async def posted(slack: Sandbox, client: AsyncWebClient, count: int) -> list[str]:
    """The ids of pictures that stand in one message of #design."""
    uploads: list[dict[str, Any]] = [
        {"file": picture(*SHAPES[at % len(SHAPES)]), "filename": f"{at}.png", "title": f"{at}"}
        for at in range(count)
    ]
    answer = await client.files_upload_v2(
        file_uploads=uploads, channel=DESIGN, initial_comment=f"{count} pictures"
    )
    await slack.person("ana").see(f"{count} pictures", channel=DESIGN)
    await slack.quiet()
    return [str(file["id"]) for file in answer["files"]]


async def rows_of(grid: Locator) -> list[int]:
    """How many tiles stand in each row; each row is as wide as the grid."""
    outer = await grid.bounding_box()
    boxes = [await tile.bounding_box() for tile in await grid.locator(".tile").all()]
    rows: dict[int, list[Any]] = {}
    for box in boxes:
        assert box is not None and outer is not None
        assert abs(box["width"] - box["height"]) < 2
        rows.setdefault(round(box["y"]), []).append(box)
    for row in rows.values():
        assert outer is not None
        across = row[-1]["x"] + row[-1]["width"] - row[0]["x"]
        assert abs(across - outer["width"]) < 2
    return [len(row) for _, row in sorted(rows.items())]


async def shape_of(image: Locator) -> tuple[float, float]:
    """Across by down as shown, and as it is."""
    await expect(image).to_have_js_property("complete", True)
    box = await image.bounding_box()
    assert box is not None
    natural = await image.evaluate("image => image.naturalWidth / image.naturalHeight")
    return box["width"] / box["height"], float(natural)


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_several_pictures_fill_their_rows(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient, width: str
) -> None:
    for count in ROWS:
        await posted(slack, client, count)
    async with reader(chromium, PICTURES / width, width=width) as person:
        await person.open(f"{slack.url}/#/{DESIGN}")
        for count, rows in ROWS.items():
            grid = person.page.get_by_role("group", name=f"{count} images", exact=True)
            await expect(grid.locator("img")).to_have_count(count)
            assert await rows_of(grid) == rows
        await person.picture("grids")
        assert person.complaints == []


@pytest.mark.parametrize("width", ["wide", "narrow"])
async def test_pictures_in_blocks_keep_their_shape_in_messages_and_modals(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient, width: str
) -> None:
    ids = await posted(slack, client, 3)
    blocks = [
        {"type": "image", "alt_text": f"picture {at}", "slack_file": {"id": file_id}}
        for at, file_id in enumerate(ids)
    ]
    go = {"type": "button", "action_id": "go", "text": plain("Open")}
    actions = {"type": "actions", "elements": [go]}
    await client.chat_postMessage(channel=DESIGN, text="card", blocks=[*blocks, actions])
    async with (
        Answering(slack) as app,
        reader(chromium, PICTURES / width, width=width) as person,
    ):
        await person.open(f"{slack.url}/#/{DESIGN}")
        card = person.page.get_by_role("article").last
        for at in range(3):
            shown, natural = await shape_of(card.get_by_alt_text(f"picture {at}"))
            assert abs(shown - natural) < 0.02
        await person.action("go").click()
        await app.until(lambda frame: frame.get("type") == "interactive")
        view = {"type": "modal", "title": plain("Source"), "blocks": blocks}
        await client.views_open(trigger_id=app.payloads[-1]["trigger_id"], view=view)
        modal = person.page.get_by_test_id("modal")
        for at in range(3):
            shown, natural = await shape_of(modal.get_by_alt_text(f"picture {at}"))
            assert abs(shown - natural) < 0.02
        await person.picture("block_pictures")
        assert person.complaints == []


async def test_a_wide_menu_stands_below_its_words_where_there_is_no_room(
    chromium: Browser, slack: Sandbox, client: AsyncWebClient
) -> None:
    options = [{"text": plain("A model with a long name"), "value": "a"}]
    rows = [
        {
            "type": "section",
            "text": plain("Wide photo of an oak desk at sunrise, laptop and a cup of coffee"),
            "accessory": {
                "type": kind,
                "action_id": kind,
                "options": options,
                **({"initial_option": options[0]} if kind == "static_select" else {}),
            },
        }
        for kind in ("static_select", "overflow")
    ]
    await client.chat_postMessage(channel=DESIGN, text="rows", blocks=rows)
    async with reader(chromium, PICTURES / "narrow", width="narrow") as person:
        await person.open(f"{slack.url}/#/{DESIGN}")
        words = person.page.locator(".section-main")
        menu = await person.action("static_select").bounding_box()
        dots = await person.action("overflow").bounding_box()
        broad, beside = [await words.nth(at).bounding_box() for at in (0, 1)]
        assert menu is not None and dots is not None and broad is not None and beside is not None
        assert menu["y"] >= broad["y"] + broad["height"]
        assert dots["x"] >= beside["x"] + beside["width"]
