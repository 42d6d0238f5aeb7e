"""Slack's message text becomes what a person reads, and nothing of it stays live."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planner.text import defused, plain, unmarked

LIVE = re.compile(r"<[@#!]|<[a-z]{1,30}:")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("<@U0BOT> draw a fox", "draw a fox"),
        ("draw <@U2|ana> as a knight", "draw @ana as a knight"),
        ("draw <@U2> as a knight", "draw a teammate as a knight"),
        ("a banner for <#C1|general>", "a banner for #general"),
        ("a banner for <#C1>", "a banner for a channel"),
        ("<!channel> look", "@channel look"),
        ("<!here|here> look", "@here look"),
        ("<!subteam^S1|@design> look", "@design look"),
        ("on <!date^1700000000^{date_short}|Nov 14>", "on Nov 14"),
        ("see <https://a.example/x|the brief>", "see the brief"),
        ("see <https://a.example/x>", "see https://a.example/x"),
        ("to <mailto:a@b.example|a@b.example>", "to a@b.example"),
        ("Romeo &amp; Juliet, 1 &lt; 2", "Romeo & Juliet, 1 < 2"),
        ("&amp;lt; stays escaped once", "&lt; stays escaped once"),
        ("say &lt;!channel&gt; twice", "say !channel twice"),
        ("say &lt;&lt;@U1&gt;", "say @U1"),
        ("a\u202efox\u200b in\u0007 snow", "afox in snow"),
        ("one \r\n\r\n\r\n\r\n  two\tthree", "one\n\ntwo three"),
    ],
)
def test_message_text_is_read_as_a_person_sees_it(said: str, read: str) -> None:
    assert plain(said, bot_user_id="U0BOT") == read


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("a *square* logo", "a square logo"),
        ("_soft_ ~hard~ `plain`", "soft hard plain"),
        ("> quoted\n> lines", "quoted\nlines"),
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("snake_case stays", "snake_case stays"),
        ("* a bullet", "* a bullet"),
    ],
)
def test_marks_of_formatting_are_taken_off(marked: str, read: str) -> None:
    assert unmarked(marked) == read


@given(st.text(alphabet="<>!@#|&;amplt:U1 \n\u200b", max_size=200))
def test_nothing_stays_live(text: str) -> None:
    assert not LIVE.search(plain(text, bot_user_id="U1"))
    assert not LIVE.search(defused(text))


@pytest.mark.parametrize("piece", ["<", "<a", "<@U1> ", "&lt;!", "*a ", "_", "> ", "\n ", " "])
def test_reading_takes_time_in_proportion_to_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        unmarked(plain(text, bot_user_id="U0BOT"))
        return time.process_time() - started

    assert seconds(200_000) < 1.0
