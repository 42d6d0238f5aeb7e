"""Words for people: nothing cut in the middle, nothing live, the same amounts everywhere."""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks.text import (
    clip,
    credits,
    duration,
    link,
    month_name,
    one_line,
    plain,
    plural,
    quoted,
    sentence,
    when,
)

FAMILY = "👩\u200d👩\u200d👧"  # 8 UTF-16 units
ANY = st.text(st.characters() | st.sampled_from("<>&!@#*_~`:\u202e\u2067\u0301א\ud800👍🏽"))


@pytest.mark.parametrize(
    ("text", "limit", "clipped"),
    [
        ("mug", 3, "mug"),
        ("mugs", 3, "mu…"),
        ("a mug", 3, "a…"),
        ("👍👍", 4, "👍👍"),
        ("👍👍👍", 4, "👍…"),  # 2 + 1 units; a second thumb would make 5
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
        ("👍🏽👍🏽", 7, "👍🏽…"),
        ("👍🏽👍🏽", 4, "…"),
        (FAMILY + FAMILY, 12, FAMILY + "…"),
        (FAMILY, 7, "…"),
    ],
)
def test_clip_keeps_whole_characters(text: str, limit: int, clipped: str) -> None:
    assert clip(text, limit) == clipped


@given(ANY, st.integers(1, 40))
def test_clip_fits_and_keeps_the_beginning(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert len(clipped.encode("utf-16-le", "surrogatepass")) <= 2 * limit
    assert text.startswith(clipped.removesuffix("…"))
    assert clipped == text or clipped.endswith("…")


@given(ANY, st.integers(1, 40))
def test_quoted_is_one_inert_line(text: str, limit: int) -> None:
    safe = quoted(text, limit)
    assert len(safe) <= limit + 2
    safe.encode()
    assert not set("<>\n\r\u202e\u2067") & set(safe)
    assert safe.count("&") == sum(map(safe.count, ("&amp;", "&lt;", "&gt;")))
    assert safe.count("\u2068") == safe.count("\u2069") <= 1


@given(ANY, st.integers(3, 40))
def test_plain_hides_nothing_and_fits(text: str, limit: int) -> None:
    safe = plain(text, limit)
    safe.encode()
    assert len(safe.encode("utf-16-le")) <= 2 * limit
    assert not {"<!", "<@", "<#"} & {safe[n : n + 2] for n in range(len(safe))}
    assert all(c == "\n" or unicodedata.category(c) != "Cc" for c in safe)
    assert "\n" not in one_line(text, limit)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Tom & Jerry", "Tom &amp; Jerry"),
        ("&lt;", "&amp;lt;"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("two\n\n lines\t here ", "two lines here"),
        ("at 12:30", "at 12:30"),
        (":smile:", "\u2060:\u2060smile:"),
        ("a *b*", "a \u2060*\u2060b\u2060*\u2060"),
        ("> quote", "\u2060&gt; quote"),
        ("שלום", "\u2068שלום\u2069"),
        ("a\u202eb", "ab"),
        ("bell\x07", "bell"),
    ],
)
def test_quoted(text: str, safe: str) -> None:
    assert quoted(text) == safe


def test_quoted_counts_what_escaping_adds() -> None:
    assert quoted("&" * 100, 150) == "&amp;" * 29 + "…"  # 29 x 5 + 1 = 146


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 images"), (1, "1 image"), (4, "4 images"), (1200, "1,200 images")]
)
def test_plural(count: int, words: str) -> None:
    assert plural(count, "image") == words
    assert credits(count) == words.replace("image", "credit")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.04, "0.0 s"), (0.84, "0.8 s"), (9.94, "9.9 s"), (9.96, "10 s"), (12.3, "12 s"),
     (119.4, "119 s"), (125, "2 min 5 s")],
)  # fmt: skip
def test_duration(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_moment_is_said_in_the_readers_zone() -> None:
    berlin = timezone(timedelta(hours=1))
    assert when(datetime(2026, 11, 24, 10, 42, tzinfo=berlin)) == (
        "<!date^1795513320^{date_short_pretty} at {time}|2026-11-24 09:42 UTC>"
    )
    assert when(datetime(2026, 11, 24, 9, 42, 0, 999, tzinfo=UTC)).startswith("<!date^1795513320^")


def test_month_has_its_name() -> None:
    assert [month_name("2026-01"), month_name("2026-12")] == ["January", "December"]


def test_link_cannot_be_broken_out_of() -> None:
    assert link("https://a.example/x|y>z", "post") == "<https://a.example/x%7Cy%3Ez|post>"


@pytest.mark.parametrize(
    ("text", "whole"), [("It timed out", "It timed out."), ("Why? ", "Why?"), ("So…", "So…")]
)
def test_sentence_ends_once(text: str, whole: str) -> None:
    assert sentence(text) == whole
