"""Whatever a canvas says: images go in under its headings, and an undo leaves it as it was."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from bot.domain.insertions import InsertionState
from tests.conftest import studio_in
from tests.flows.canvases import ask_for_images, insertions_now, pictures, plan_of_channel
from tests.providers import FakeProvider

_WORDS = some.sampled_from(["Hero", "Social media", "2. Press & more", "*Bold* plan", "A_b"])
_BODIES = some.sampled_from(
    [
        "A mug.",
        "- [ ] one\n- [x] two\n    - deeper",
        "> said Ana\n> and Ben",
        "```\n# not a heading\n```",
        "| a | b |\n| --- | --- |\n| 1 | 2 |",
        "Image: Hero · A-00000",
        "---",
        "",
    ]
)
_SECTIONS = some.lists(
    some.tuples(some.sampled_from(["#", "##", "###"]), _WORDS, _BODIES), min_size=1, max_size=4
)


@settings(max_examples=3, phases=[Phase.generate])
@given(_SECTIONS)
def test_what_stood_in_the_canvas_stands_there_afterwards(
    sections: list[tuple[str, str, str]],
) -> None:
    parts = [part for mark, words, body in sections for part in (f"{mark} {words}", body) if part]
    asyncio.run(_in_and_out("\n\n".join(parts)))


async def _in_and_out(markdown: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        providers = {"sketch": FakeProvider()}
        async with studio_in(Path(folder), providers=providers) as studio:
            ana = studio.ana
            canvas_id = await plan_of_channel(studio, markdown)
            before = ana.canvas_markdown(canvas_id)
            await ask_for_images(studio)
            card = await ana.see("Approval needed", channel="design")
            await ana.click(card, "Approve")
            await ana.see(
                lambda m: "Undo insert" in str(m.get("blocks")) and not _is_under_way(m["text"]),
                channel="design",
                timeout_seconds=10,
            )
            rows = await insertions_now(studio)
            assert {row.state for row in rows} == {InsertionState.INSERTED}
            during = ana.canvas_markdown(canvas_id)
            assert len(pictures(during)) == len(rows)
            ours = [line for line in during.split("\n\n") if any(r.marker in line for r in rows)]
            assert len(ours) == 2 * len(rows)
            if len(rows) == 1:
                await ana.click(ana.refresh(card), "Undo insert")
            else:
                await ana.click(ana.refresh(card), "Undo inserts")
                await ana.submit(await ana.modal())
            await ana.see(lambda m: m["text"].count(", and undone") == len(rows), channel="design")
            assert ana.canvas_markdown(canvas_id) == before


def _is_under_way(text: str) -> bool:
    return "Goes " in text or "Being inserted" in text
