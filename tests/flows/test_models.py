"""The models a workspace allows, and the one it prefers, whatever is said or pressed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import Studio
from tests.flows.reading import credits, newest
from tests.flows.results import finished, full_studio
from tests.flows.rules import rules

COMPOSE, LARGE = "sketch/compose", "sketch/compose-2k"


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path) as started:
        yield started


async def models(studio: Studio) -> set[str]:
    """The models of the newest proposal."""
    return {item.settings.model_id for item in (await newest(studio)).items}


async def prefer(studio: Studio, default: str | None, *allowed: str) -> None:
    """Set the workspace's models."""
    model_ids = frozenset(allowed) if allowed else None
    await rules(studio, default_model_id=default, model_ids=model_ids)


async def test_the_workspaces_own_model_draws_whatever_it_can(studio: Studio) -> None:
    done = await finished(studio)
    await prefer(studio, LARGE)
    for words in ("draw a red fox", "make three homepage hero image concepts for a launch"):
        card = await _asked(studio, words)
        assert await models(studio) == {LARGE}, words
        await studio.ana.click(card, "Deny")
        await studio.ana.submit(await studio.ana.modal(), {"deny_feedback": ""})
    await studio.slack.quiet()
    await studio.ana.say("make the first one warmer", thread_ts=done["thread_ts"])
    await studio.ana.see("Approval needed")
    assert await models(studio) == {"sketch/retouch"}


async def test_a_model_that_is_not_allowed_is_not_proposed_in_any_words(studio: Studio) -> None:
    await prefer(studio, None, COMPOSE)
    for words in ("draw a red fox", "a flat logo of a fox for a sticker", "a huge 2k poster"):
        card = await _asked(studio, words)
        assert await models(studio) == {COMPOSE}, words
        await studio.ana.click(card, "Deny")
        await studio.ana.submit(await studio.ana.modal(), {"deny_feedback": "use the best model"})
        await studio.slack.quiet()
        assert await models(studio) == {COMPOSE}, words


async def test_a_model_that_was_allowed_when_the_card_was_posted_is_not_used(
    studio: Studio,
) -> None:
    done = await finished(studio)
    card = await _asked(studio, "draw a red fox")
    await prefer(studio, None, LARGE)
    before = await newest(studio)
    await studio.ana.click(card, "Approve")
    await studio.ana.see_notice("model")
    await studio.ana.click(done, "Vary")
    await studio.ana.see_notice("The model that made this image is not offered here any more.")
    assert (await newest(studio)).id == before.id
    assert await credits(studio) == (2, 0)


async def _asked(studio: Studio, words: str) -> dict[str, object]:
    """Ana asks; the new card."""
    known = {message["ts"] for message in studio.ana.messages()}
    await studio.ana.say(words)
    return await studio.ana.see(lambda m: "Approval needed" in m["text"] and m["ts"] not in known)
