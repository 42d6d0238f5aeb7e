"""The App Home: what needs this person first, never more than a screen takes."""

from dataclasses import replace

import pytest

from blocks.home import HomeView, Tile, home

from .checked import checked_view
from .samples import BALANCE, CARDS, CATALOG, IMAGE, NEXT_LINK, PROPOSAL
from .stored import assert_snapshot
from .test_proposal import NASTY, with_text

EMPTY = HomeView(catalog=CATALOG, balance=BALANCE)
FULL = replace(
    EMPTY,
    waiting=[PROPOSAL],
    running=[CARDS["approved_making"].proposal],
    tiles=[Tile([IMAGE], "F0SHEET0001")],
    total=1,
    approver_ids=frozenset({"U0BEN00001", "U0CEM00001"}),
    links={PROPOSAL.id: NEXT_LINK, str(IMAGE.item_id): NEXT_LINK},
)


@pytest.mark.parametrize(("name", "view"), [("home_empty", EMPTY), ("home_full", FULL)])
def test_home_is_as_stored(name: str, view: HomeView) -> None:
    assert_snapshot(name, checked_view(home(view)))


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_home_holds_any_number_of_any_title(text: str) -> None:
    proposals = [with_text(CARDS["awaiting"], text).proposal] * 80
    image = IMAGE.model_copy(update={"title": text, "alt_text": text})
    tiles = [Tile([image.model_copy(update={"id": f"img_{n}"})], None) for n in range(20)]
    shown = checked_view(home(replace(FULL, waiting=proposals, running=proposals, tiles=tiles)))
    assert [b for b in shown["blocks"] if "and 70 more" in str(b)]
