"""A canvas's Markdown and what is read in it, against the sandbox's own reading where both know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.canvas_words import escaped, plain, same_words, searchable
from bot.domain.canvases import (
    MAX_BODY_CHARS,
    BlockKind,
    CanvasText,
    blocks,
    caption,
    file_id_of,
    find_canvas_id,
    main_sections,
    outline,
    picture_markdown,
    reference,
)
from bot.sandbox.canvas.blocks import HEADINGS, written
from bot.sandbox.canvas.blocks import Block as Theirs
from bot.sandbox.canvas.blocks import BlockKind as TheirKind
from bot.sandbox.canvas.parse import parse

FILE = "https://northwind.slack.com/files/U0ANA00001/F0PICTURE1/a.png"

HEADINGS_OF: list[tuple[str, list[tuple[int, str, int]]]] = [
    ("", []),
    ("only text", []),
    ("# A\n\nb\n\n## C", [(1, "A", 1), (2, "C", 1)]),
    ("## A\n## A\n# A\n## A", [(2, "A", 1), (2, "A", 2), (1, "A", 1), (2, "A", 3)]),
    ("```\n# no\n```\n# yes", [(1, "yes", 1)]),
    ("~~~~\n# no\n~~~\n## no\n~~~~\n### yes", [(3, "yes", 1)]),
    ("```\n# never closed", []),
    ("    # code\n\n# yes", [(1, "yes", 1)]),
    ("> # quoted\n\n- # listed\n\n| # cell |", []),
    ("\\# not one\n\n#not one either\n\n#### nor this", []),
    ("   ## shifted ##", [(2, "shifted", 1)]),
    ("# C\\# and ###", [(1, "C# and", 1)]),
    ("Set\n===\n\nBelow\n---\n\n---\n\ntext", [(1, "Set", 1), (2, "Below", 1)]),
    ("#\n\n##\n\n###  ", [(1, "", 1), (2, "", 1), (3, "", 1)]),
    ("## **Bold** *and* [a link](https://x.io/a_(b)) `code*s`", [(2, "Bold and a link code*s", 1)]),
    ("# :tada: Launch 🚀", [(1, "Launch 🚀", 1)]),
    ("## Plan of ![](@U0ANA00001) for ![](#C0DESIGN01)", [(2, "Plan of for", 1)]),
    ("## ![](@U0ANA00001)", [(2, "", 1)]),
    ("# A\r\n\r\n## B\r## C", [(1, "A", 1), (2, "B", 1), (2, "C", 1)]),
    ("text\n## right below", [(2, "right below", 1)]),
    ("# 10:30:45 snake_case 5 * 3", [(1, "10:30:45 snake_case 5 * 3", 1)]),
]


@pytest.mark.parametrize(("markdown", "expected"), HEADINGS_OF)
def test_headings_are_found_with_level_words_and_occurrence(
    markdown: str, expected: list[tuple[int, str, int]]
) -> None:
    assert [(h.level, h.text, h.occurrence) for h in outline(markdown)] == expected


def test_a_body_goes_down_to_the_next_heading_that_is_as_high() -> None:
    markdown = (
        "# Top\n\nintro\n\n## Hero\n\nThe **mug** on a\nplinth.\n\n- [ ] square\n1. wide\n\n"
        "### Detail\n\n> quoted\n\n```\ncode\n```\n\n|a|b|\n|-|-|\n|c|d|\n\n---\n\n"
        "## Social\n\nlast"
    )
    bodies = {heading.text: heading.body for heading in outline(markdown)}
    assert bodies["Hero"] == "The mug on a plinth.\nsquare\nwide\nDetail\nquoted\na b\nc d"
    assert bodies["Detail"] == "quoted\na b\nc d"
    assert bodies["Social"] == "last"
    assert bodies["Top"].startswith("intro\nHero\n") and bodies["Top"].endswith("Social\nlast")


def test_a_long_body_is_clipped_between_words() -> None:
    body = outline("# A\n\n" + "word " * 1000)[0].body
    assert MAX_BODY_CHARS - 6 <= len(body) <= MAX_BODY_CHARS
    assert body.endswith("word…")


def test_the_title_is_no_section() -> None:
    titled = CanvasText(id="F0", title="Spring *launch*", url="", markdown="# Spring launch\n\n# A")
    assert [heading.text for heading in titled.headings] == ["A"]
    untitled = CanvasText(id="F0", title="Untitled", url="", markdown="# Spring launch\n\n# A")
    assert [heading.text for heading in untitled.headings] == ["Spring launch", "A"]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# A\n# B\n## C", ["A", "B"]),
        ("# Only\n## A\n## B\n### C", ["A", "B"]),
        ("# Only\n## A\n### B", ["Only", "A", "B"]),
        ("## A\n##\n## B", ["A", "B"]),
        ("", []),
    ],
)
def test_the_main_sections_are_the_highest_headings_that_part_the_document(
    markdown: str, expected: list[str]
) -> None:
    assert [heading.text for heading in main_sections(outline(markdown))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see <https://northwind.slack.com/docs/T0NORTH001/F0CANVAS01|Plan>", "F0CANVAS01"),
        ("https://northwind.slack.com/docs/T0NORTH001/F0CANVAS01", "F0CANVAS01"),
        ("http://127.0.0.1:9000/docs/T0NORTH001/F0CANVAS01?focus=1", "F0CANVAS01"),
        ("<https://northwind.slack.com/canvas/F0CANVAS01>", "F0CANVAS01"),
        ("https://northwind.slack.com/files/U0ANA00001/F0PICTURE1/a.png", None),
        ("https://northwind.slack.com/docs/T0NORTH001/F0", None),
        ("docs/T0NORTH001/F0CANVAS01", None),
        ("", None),
    ],
)
def test_a_link_to_a_canvas_is_found_in_a_message(text: str, expected: str | None) -> None:
    assert find_canvas_id(text) == expected


def test_a_reference_is_short_steady_and_its_own() -> None:
    assert reference("img_1") == reference("img_1") != reference("img_2")
    many = {reference(f"img_{number}") for number in range(2000)}
    assert len(many) >= 1999
    assert all(len(sign) == 7 and sign.startswith("A-") for sign in many)


def test_a_picture_is_a_block_and_its_caption_the_next() -> None:
    line = caption("A *fox* [in] :snow: <@U1>\n# no", "A-7F3KQ")
    assert line == "Image: A *fox* [in] snow <@U1> # no · A-7F3KQ"
    markdown = picture_markdown(f"{FILE} (1)", alt="AI-generated image: a [fox]", caption=line)
    picture, below = blocks(markdown)
    assert (picture.kind, picture.text) == (BlockKind.PICTURE, "AI-generated image: a [fox]")
    assert picture.file_id == "F0PICTURE1" == file_id_of(FILE)
    assert (below.kind, below.text) == (BlockKind.TEXT, line)
    assert [block.kind for block in parse(markdown)] == [TheirKind.TEXT, TheirKind.TEXT]
    with pytest.raises(ValueError, match="permalink"):
        file_id_of("https://example.com/a.png")


@given(st.text(max_size=60))
def test_escaped_words_read_as_themselves(text: str) -> None:
    line = " ".join(text.replace(":", "").split())
    assert same_words(plain(escaped(line)), line)
    (read,) = parse(escaped(f"a {line}")) or [Theirs(TheirKind.TEXT)]
    assert read.kind is TheirKind.TEXT


WORDS = st.text("ab 1-.*_`#>|~[](!é🚀:\\", min_size=1, max_size=12).map(str.strip)
BLOCKS = st.builds(
    lambda kind, text: Theirs(kind, escaped(text)) if text else Theirs(TheirKind.DIVIDER),
    st.sampled_from([*HEADINGS, TheirKind.TEXT, TheirKind.BULLET, TheirKind.QUOTE]),
    WORDS,
)


@given(st.lists(BLOCKS, max_size=8))
def test_what_slack_writes_has_the_headings_that_it_had(given_blocks: list[Theirs]) -> None:
    markdown = written(given_blocks)
    expected = [
        (int(block.kind[1]), plain(block.text)) for block in given_blocks if block.kind in HEADINGS
    ]
    assert [(heading.level, heading.text) for heading in outline(markdown)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hero", "Hero"),
        ("Q1 plan: what’s next?", "Q1 plan: what"),
        ("🚀 Launch day 🎉 now", "Launch day"),
        ("— 🎉", ""),
        ("v2.0 / beta-3", "beta-3"),
    ],
)
def test_what_is_looked_up_is_what_any_reading_has(text: str, expected: str) -> None:
    assert searchable(text) == expected
    assert expected in text
