"""Pages of a conversation, read as the page does while somebody scrolls."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.paging import page


@pytest.fixture
async def said(slack: Sandbox) -> list[str]:
    """The timestamps of ten messages in a channel; the third has two replies."""
    ana = slack.person("ana")
    moments = [(await ana.say(f"{n}", channel="design"))["ts"] for n in range(10)]
    for text in ("one", "two"):
        await ana.say(text, channel="design", thread_ts=moments[2])
    return moments


@pytest.mark.parametrize(
    ("args", "texts", "older", "newer"),
    [
        ({}, "0123456789", False, False),
        ({"limit": 3}, "789", True, False),
        ({"limit": 3, "before_ts": 7}, "456", True, True),
        ({"limit": 3, "before_ts": 2}, "01", False, True),
        ({"limit": 3, "after_ts": 7}, "89", True, False),
        ({"limit": 3, "after_ts": 1}, "234", True, True),
        ({"limit": 4, "around_ts": 5}, "3456", True, True),
        ({"limit": 4, "around_ts": 0}, "01", False, True),
        ({"limit": 4, "around_ts": 9}, "6789", True, False),
    ],
)
async def test_a_page_says_what_lies_beyond(
    slack: Sandbox,
    said: list[str],
    args: dict[str, Any],
    texts: str,
    older: bool,
    newer: bool,
) -> None:
    given = {k: said[v] if k.endswith("_ts") else v for k, v in args.items()}
    home = slack.world.workspace
    found = page(home, home.channels["C0DESIGN01"], given)
    assert "".join(message["text"] for message in found["messages"]) == texts
    assert (found["has_older"], found["has_newer"]) == (older, newer)


async def test_a_thread_comes_whole_with_its_parent_first(slack: Sandbox, said: list[str]) -> None:
    home = slack.world.workspace
    found = page(home, home.channels["C0DESIGN01"], {"thread_ts": said[2], "limit": 1})
    assert [message["text"] for message in found["messages"]] == ["2", "one", "two"]
