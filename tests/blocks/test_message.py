"""Blocks as JSON: what slack_sdk would give, with its validation, at less cost."""

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import HeaderBlock

from blocks.message import to_json
from blocks.proposal import card
from blocks.replies import reply
from bot.domain.requests import ReplyKind, ReplyPlan

from .samples import CARDS


@pytest.mark.parametrize("name", CARDS)
def test_it_is_what_the_sdk_gives(name: str) -> None:
    blocks = card(CARDS[name]).blocks
    assert to_json(blocks) == [block.to_dict() for block in blocks]


def test_it_is_what_the_sdk_gives_for_rows_with_buttons() -> None:
    blocks = reply(ReplyPlan(kind=ReplyKind.HELP)).blocks
    assert to_json(blocks) == [block.to_dict() for block in blocks]


def test_a_broken_limit_is_still_refused() -> None:
    with pytest.raises(SlackObjectFormationError):
        to_json([HeaderBlock(text="x" * 151)])
