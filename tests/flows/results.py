"""A finished image to press the buttons of, and the providers that change one."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from bot.domain.images import Image
from bot.sandbox.person import Person
from bot.studio.provider import Provider
from storage import gallery
from tests.conftest import Studio, studio_in
from tests.flows.reading import newest
from tests.providers import FakeProvider

Json = dict[str, Any]

FOX = "two variations of a fox logo"
MUG = "Create a square product hero for a ceramic coffee mug."


@contextlib.asynccontextmanager
async def full_studio(
    folder: Path,
    *,
    sketch: FakeProvider | None = None,
    waifu2x: FakeProvider | None = None,
    **changes: Any,
) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    providers: Mapping[str, Provider] = {
        "sketch": sketch or FakeProvider(),
        "waifu2x": waifu2x or FakeProvider(name="waifu2x"),
    }
    async with studio_in(folder, providers=providers, **changes) as studio:
        yield studio


async def finished(
    studio: Studio, words: str = FOX, *, channel: str = "dm", by: Person | None = None
) -> Json:
    """Ask for images, approve, and wait until they can be seen; the card as it then is."""
    person = by or studio.ana
    said = words if channel == "dm" else f"@aethera {words}"
    await person.say(said, channel=channel)
    done = await approved(person, channel=channel)
    await studio.slack.quiet()
    return person.refresh(done)


async def approved(person: Person, *, channel: str = "dm") -> Json:
    """Approve the card that waits; the card once its work is charged."""
    card = await person.see("Approval needed", channel=channel)
    await person.click(card, "Approve")
    return await person.see(
        lambda m: m["ts"] == card["ts"] and "charged*" in str(m["blocks"]),
        channel=channel,
        timeout_seconds=20,
    )


async def images(studio: Studio) -> list[Image]:
    """The images of the newest proposal, in the order of their sheet."""
    item = (await newest(studio)).items[0]
    return await studio.services.store.read(gallery.of_item, item.id, team_id=studio.slack.team_id)
