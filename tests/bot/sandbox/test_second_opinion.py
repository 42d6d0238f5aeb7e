"""Another's idea of Block Kit beside ours: what the models of slack_sdk refuse is refused."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.sandbox.blockkit.blocks import check_blocks
from tests.bot.sandbox.corpus.building import Json
from tests.bot.sandbox.corpus.sound import CLASSIC, NEWER

Place = tuple[str | int, ...]


def ours(block: Json) -> list[str]:
    """What the sandbox objects to."""
    surface = "modal" if block.get("type") == "alert" else "message"
    return check_blocks([block], surface=surface, usable_file=lambda ref: True).errors


def theirs(block: Json) -> str | None:
    """What slack_sdk's model of the block objects to; it is not asked about what it cannot read."""
    try:
        parsed = Block.parse(copy.deepcopy(block))
        if parsed is not None:
            parsed.to_dict()
    except SlackObjectFormationError as error:
        return str(error)
    except (AttributeError, KeyError, TypeError):
        return None
    return None


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every place in a block but its top."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        yield (*here, key)
        if isinstance(part, dict | list):
            yield from places(part, (*here, key))


def changed(block: Json, place: Place, how: str) -> Json:
    """The block with one thing in it gone, emptied, made long or said once more."""
    whole: Json = copy.deepcopy(block)
    inside: Any = whole
    for key in place[:-1]:
        inside = inside[key]
    key = place[-1]
    part = inside[key]
    if how == "gone":
        del inside[key]
    elif how == "many" and isinstance(part, list):
        inside[key] = part * 102
    elif how == "long" and isinstance(part, str):
        inside[key] = part + "x" * 13_000
    elif how == "empty":
        inside[key] = part[:0] if isinstance(part, str | list) else part
    elif how == "other" and isinstance(part, str):
        inside[key] = "something_else"
    return whole


@pytest.mark.parametrize("block", CLASSIC + NEWER, ids=lambda block: str(block["type"]))
def test_what_slack_takes_nobody_objects_to(block: Json) -> None:
    assert ours(block) == []
    assert theirs(block) is None


@pytest.mark.parametrize("how", ["gone", "many", "long", "empty", "other"])
def test_what_the_models_of_the_sdk_refuse_is_refused(how: str) -> None:
    tried = refused = 0
    for block in CLASSIC + NEWER:
        for place in places(block):
            broken = changed(block, place, how)
            objection = theirs(broken)
            tried += 1
            if objection is not None:
                refused += 1
                assert ours(broken), f"{objection}: {how} {place} of {block['type']}"
    assert tried > 500
    assert refused > 0
