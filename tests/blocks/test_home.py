"""The App Home: what needs this person first, never more than a screen takes."""

from dataclasses import replace

import pytest

from blocks.home import HomeView, home

from .checked import checked_view
from .samples import BALANCE, CARDS, CATALOG, IMAGE, NEXT_LINK, PROPOSAL
from .stored import assert_snapshot
from .test_proposal import NASTY, with_text

EMPTY = HomeView(catalog=CATALOG, balance=BALANCE)
FULL = replace(
    EMPTY,
    waiting=[PROPOSAL],
    running=[CARDS["approved_making"].proposal],
    recent=[IMAGE],
    approver_ids=frozenset({"U0BEN00001", "U0CEM00001"}),
    links={PROPOSAL.id: NEXT_LINK, IMAGE.id: NEXT_LINK},
)


@pytest.mark.parametrize(("name", "view"), [("home_empty", EMPTY), ("home_full", FULL)])
def test_home_is_as_stored(name: str, view: HomeView) -> None:
    assert_snapshot(name, checked_view(home(view)))


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_home_holds_any_number_of_any_title(text: str) -> None:
    proposals = [with_text(CARDS["awaiting"], text).proposal] * 80
    images = [IMAGE.model_copy(update={"title": text})] * 80
    shown = checked_view(home(replace(FULL, waiting=proposals, running=proposals, recent=images)))
    assert [b for b in shown["blocks"] if "and 70 more" in str(b)]
