"""The Gallery is searched by words, people, channels, models, stars and days, by indexes alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.catalog import Aspect
from bot.domain.images import Image
from bot.domain.search import Search
from storage import channels, gallery, gallery_moves, search, stars
from storage.words import looked_for, words_of

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


def image(number: int, **changes: Any) -> Image:
    values: dict[str, Any] = {
        "id": f"img_{number:06}",
        "team_id": "T0",
        "item_id": None,
        "index": 1,
        "sha256": f"{number:064}",
        "mime": "image/png",
        "width_px": 8,
        "height_px": 8,
        "size_bytes": 8,
        "title": "fox logo",
        "alt_text": "a fox",
        "prompt": "Flat logo of a fox.",
        "negative_prompt": "",
        "model_id": "sketch/compose",
        "style_id": "logo",
        "aspect": Aspect.SQUARE,
        "seed": None,
        "charged_credits": 1,
        "requester_id": "U0ANA",
        "approver_id": "U0ANA",
        "channel_id": "C0PUB",
        "created_at": START + timedelta(hours=number),
    }
    return Image(**values | changes)


@pytest.fixture
def tx(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as transaction:
        for kept in (
            image(1),
            image(2, title="grey owl", prompt="A café owl", channel_id="C0PRIV"),
            image(3, requester_id="U0BEN", title="blue owl", prompt="", model_id="acme/painter"),
            image(4, requester_id="U0BEN", channel_id="C0PRIV"),
            image(5, team_id="T1"),
        ):
            gallery.keep(transaction, kept)
        channels.note(transaction, "C0PUB", team_id="T0", is_public=True, at=START)
        stars.set_star(transaction, "img_000003", team_id="T0", user_id="U0ANA", at=START)
        yield transaction


@pytest.mark.parametrize("rare", [search.RARE, 0])
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Search(), [3, 2, 1]),
        (Search(words="fox"), [1]),
        (Search(words="OWL"), [3, 2]),
        (Search(words="ow cafe"), [2]),
        (Search(words="wl"), []),
        (Search(words="nothing"), []),
        (Search(words="the of"), [3, 2, 1]),
        (Search(by_id="U0ANA"), [2, 1]),
        (Search(by_id="U0BEN"), [3]),
        (Search(channel_id="C0PRIV"), [2]),
        (Search(model_id="acme/painter"), [3]),
        (Search(is_starred=True), [3]),
        (Search(is_starred=True, words="fox"), []),
        (Search(since=date(2026, 11, 2)), []),
        (Search(until=date(2026, 11, 1)), [3, 2, 1]),
    ],
)
def test_what_is_looked_for_is_found_where_the_viewer_may_see_it(
    tx: sa.Connection, wanted: Search, found: list[int], rare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With words that are rare, and with words that are common."""
    monkeypatch.setattr(search, "RARE", rare)
    images, total = gallery.find_all(tx, wanted, team_id="T0", viewer_id="U0ANA", limit=10)
    assert [int(each.id[4:]) for each in images] == found
    assert total == len(found)


def test_a_page_follows_the_other(tx: sa.Connection) -> None:
    pages = [
        gallery.find_all(tx, Search(), team_id="T0", viewer_id="U0ANA", limit=2, offset=start)[0]
        for start in (0, 2)
    ]
    assert [[each.id[-1] for each in page] for page in pages] == [["3", "2"], ["1"]]


def test_what_is_deleted_is_not_found(tx: sa.Connection) -> None:
    gallery_moves.delete(tx, "img_000001", team_id="T0", by="U0ANA", at=START)
    assert gallery.search(tx, team_id="T0", user_id="U0ANA", words="fox", limit=5) == ([], 0)


@pytest.mark.parametrize("rare", [search.RARE, 0])
@pytest.mark.parametrize("wanted", [Search(), Search(by_id="U0ANA"), Search(words="fox")])
def test_no_search_reads_the_whole_table(
    tx: sa.Connection, wanted: Search, rare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "RARE", rare)
    statement = search.statement(tx, wanted, team_id="T0", viewer_id="U0ANA")
    compiled = statement.compile(tx, compile_kwargs={"literal_binds": True})
    plan = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
    steps = [str(row[-1]) for row in plan]
    assert not [step for step in steps if step.startswith("SCAN image")], steps
    if rare == 0 and wanted.words:
        # For each picture, its own words; never all the pictures of a common word.
        assert any("image_word" in step and "autoindex" in step for step in steps), steps


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A Fox in the Snow", ["fox", "snow"]),
        ("Café, 9:16!", ["cafe", "9", "16"]),
        ("fox fox FOX", ["fox"]),
        ("猫の絵", ["猫の絵", "の絵", "絵"]),
        ("", []),
        ("🦊", []),
    ],
)
def test_words_are_as_people_type_them(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_search_of_idle_words_looks_for_nothing() -> None:
    assert looked_for("the of") == []
    assert looked_for("The FOX") == ["fox"]
