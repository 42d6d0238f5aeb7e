"""Images whose time is over go everywhere: the gallery, Slack, the stars, the bytes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import NotFound
from bot.jobs.sweep import sweep
from storage import gallery
from tests.conftest import studio_in
from tests.flows.reading import newest
from tests.flows.rules import rules
from tests.providers import FakeProvider


async def test_what_is_older_than_the_workspace_keeps_it_is_deleted(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 24, 10, tzinfo=UTC)]
    async with studio_in(
        tmp_path, providers={"sketch": FakeProvider()}, now=lambda: now[0]
    ) as studio:
        team_id = studio.slack.team_id
        await studio.ana.say("two variations of a fox logo")
        await studio.ana.click(await studio.ana.see("Approve"), "Approve")
        await studio.ana.see("2 credits charged*")
        item = (await newest(studio)).items[0]
        images = await studio.services.store.run(gallery.of_item, item.id, team_id=team_id)
        await rules(studio, retention_days=30)
        now[0] += timedelta(days=29)
        await sweep(studio.services)
        assert len(await studio.services.store.run(gallery.of_item, item.id, team_id=team_id)) == 2
        now[0] += timedelta(days=2)
        await sweep(studio.services)
        assert await studio.services.store.run(gallery.of_item, item.id, team_id=team_id) == []
        with pytest.raises(NotFound):
            await studio.services.blobs.get(images[0].sha256, team_id=team_id)
        assert studio.slack.calls("files.delete")
        found, total = await studio.services.store.run(
            gallery.search, team_id=team_id, user_id=studio.ana.id, words="fox", limit=5
        )
        assert (found, total) == ([], 0)
        # The two images stood on one sheet, which was deleted with the first.
        assert {refusal.reason for refusal in studio.slack.refusals} == {"file_deleted"}
