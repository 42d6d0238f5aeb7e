"""A batch on the page, at both widths: a row each, changed, approved, made; screenshots kept."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.driving import PICTURES, WIDTHS, reader
from tests.conftest import studio_in
from tests.flows.asking import planned, propose

PROMPTS = {
    "sunrise desk": "Wide photo of an oak desk at sunrise, a laptop with the new dashboard open, a "
    "cup of coffee, long soft shadows, room on the right for a headline, no text.",
    "team at work": "Wide photo of a small team around a table, one of them points at a screen, "
    "daylight from a tall window, candid, room on the left for a headline.",
    "paper plane": "A paper plane over a city of folded paper, morning light, pastel sky, room "
    "above for a headline, no text.",
}


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_batch_is_walked_from_card_to_images(
    chromium: Browser, tmp_path: Path, width: str
) -> None:
    async with (
        studio_in(tmp_path) as studio,
        reader(chromium, PICTURES / width, width=width) as person,
    ):
        page = person.page
        await propose(studio, [planned(title, prompt=prompt) for title, prompt in PROMPTS.items()])
        card = await studio.ana.see("Approve all")
        await person.open(f"{studio.slack.url}/#/{card['channel']}/thread/{card['thread_ts']}")
        await expect(person.action("proposal_approve")).to_have_text("Approve all · 3 credits")
        await person.picture("batch-1-waiting")
        await person.action("batch_row").click()
        await person.picture("batch-2-menu")
        await page.get_by_test_id("option").filter(has_text="Remove").click()
        await expect(person.action("proposal_approve")).to_have_text("Approve all · 2 credits")
        await person.picture("batch-3-removed")
        await person.action("batch_restore").click()
        await expect(person.action("proposal_approve")).to_have_text("Approve all · 3 credits")
        await person.action("proposal_set_all").click()
        await expect(page.get_by_test_id("modal")).to_contain_text("3 images · 3 credits")
        await page.get_by_test_id("input-set_all_aspect").click()
        await page.get_by_test_id("option").filter(has_text="21:9 banner").click()
        await person.picture("batch-4-set-all")
        await page.get_by_test_id("modal-submit").click()
        await expect(page.locator(".thread").get_by_text("21:9 banner").first).to_be_visible()
        await person.action("batch_row").click()
        await page.get_by_test_id("option").filter(has_text="Edit…").click()
        await expect(page.get_by_test_id("modal")).to_contain_text("Edit image 3")
        await person.picture("batch-5-edit")
        await page.get_by_test_id("modal-submit").click()
        await expect(page.get_by_test_id("modal")).to_be_hidden()
        await person.action("proposal_approve").click()
        await expect(page.locator(".thread .tile img").first).to_be_visible(timeout=60_000)
        await expect(page.locator(".thread")).to_contain_text("3 of 3 made", timeout=60_000)
        await person.picture("batch-6-done")
        assert person.complaints == []
        assert studio.slack.refusals == []
