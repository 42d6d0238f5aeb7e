"""`python -m tests.bench.gallery`: the Home and its search with a large gallery, in milliseconds.

Rows are written straight into the tables; the Home then is opened as a person does, from the event
to `views.publish`, over the sandbox. Figures, nothing asserted.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.domain.search import Search
from storage import gallery
from storage.tables import CHANNELS, IMAGE_WORDS, IMAGES
from storage.words import words_of
from tests.bench.measure import ANIMALS, COLOURS
from tests.conftest import Studio, studio_in
from tests.providers import FakeProvider
from tests.storage.test_search import START, image

IMAGES_KEPT = 100_000
ROUNDS = 20
_BATCH = 5_000
_THINGS = ("poster", "logo", "photograph", "pattern", "banner", "portrait", "icon", "sketch")


def fill(tx: sa.Connection, *, team_id: str, people: list[str], count: int) -> None:
    """So many pictures of many words, by many people, in many channels."""
    dice = random.Random(1)
    places = [f"C0BENCH{n:03}" for n in range(50)]
    for channel_id in places:
        values = {"team_id": team_id, "id": channel_id, "is_public": True, "checked_at": None}
        tx.execute(sa.insert(CHANNELS).values(**values))
    everybody = [*people, *(f"U0BENCH{n:03}" for n in range(200))]
    for first in range(0, count, _BATCH):
        rows, words = [], []
        for number in range(first, min(first + _BATCH, count)):
            title = f"{dice.choice(COLOURS)} {dice.choice(ANIMALS)} {dice.choice(_THINGS)}"
            prompt = f"A {title}, soft light from the left, plain ground, number{number % 9973}."
            made = image(
                number,
                team_id=team_id,
                title=title,
                prompt=prompt,
                requester_id=people[0] if number % 4 == 0 else dice.choice(everybody),
                channel_id=dice.choice(places),
                created_at=START + timedelta(seconds=number),
            )
            rows.append(made.model_dump())
            words += [
                {"image_id": made.id, "word": word, "team_id": team_id}
                for word in words_of(title, prompt)
            ]
        tx.execute(sa.insert(IMAGES), rows)
        tx.execute(sa.insert(IMAGE_WORDS), words)


async def timed(what: Callable[[], Awaitable[object]]) -> str:
    """Median and worst of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await what()
        times.append(1000 * (time.perf_counter() - started))
    return f"{statistics.median(times):.0f} ms, at most {max(times):.0f} ms"


async def home_of(studio: Studio) -> None:
    """Open the Home and wait until it was published."""
    before = len(studio.slack.calls("views.publish"))
    await studio.ana.home()
    while len(studio.slack.calls("views.publish")) == before:
        await studio.slack.quiet(idle_seconds=0.001)


async def main(count: int) -> None:
    """Fill, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        async with studio_in(Path(folder), providers={"sketch": FakeProvider()}) as studio:
            services, team_id, ana = studio.services, studio.slack.team_id, studio.ana.id
            await services.workspace(team_id)
            await services.store.run(fill, team_id=team_id, people=[ana], count=count)
            print(f"{count:,} images\n\n| What | Measured |\n|---|---|")
            opened = await timed(lambda: home_of(studio))
            print(f"| Home, from the event to `views.publish` | {opened} |", flush=True)
            for name, wanted in {
                "everything the viewer may see": Search(),
                "a common word": Search(words="fox"),
                "a rare word": Search(words="number77"),
                "two common words": Search(words="red fox"),
                "two words that never meet": Search(words="fox owl"),
                "somebody else's": Search(by_id="U0BENCH007"),
                "a channel and a word": Search(channel_id="C0BENCH007", words="owl"),
                "a word that is nowhere": Search(words="zebra"),
            }.items():

                def look(wanted: Search = wanted) -> Awaitable[object]:
                    return services.store.read(
                        gallery.find_all, wanted, team_id=team_id, viewer_id=ana, limit=20
                    )

                print(f"| Search: {name} | {await timed(look)} |", flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else IMAGES_KEPT))
