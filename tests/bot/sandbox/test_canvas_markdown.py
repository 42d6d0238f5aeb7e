"""Markdown becomes a canvas's blocks and comes back as Markdown; the rest is refused by line."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.sandbox.canvas.blocks import Block, BlockKind, written
from bot.sandbox.canvas.document import Document, found, insert
from bot.sandbox.canvas.inline import pieces, plain
from bot.sandbox.canvas.parse import Unsupported, parse

EVERYTHING = """\
# Launch

Some *text* with
two lines\x20\x20
and a hard break.

- a
- [ ] to do
    - [x] done below
      and on
1. one
2. two

> quoted
> twice

| A | B |
| --- | --- |
| 1 | x<br>y |

```
code - [ ] # > |
```

---

### Small"""

READ = [
    ("a\n\nb", [Block(BlockKind.TEXT, "a"), Block(BlockKind.TEXT, "b")]),
    (
        "a\n## b\nc",
        [Block(BlockKind.TEXT, "a"), Block(BlockKind.H2, "b"), Block(BlockKind.TEXT, "c")],
    ),
    ("## b ##", [Block(BlockKind.H2, "b")]),
    ("#no heading", [Block(BlockKind.TEXT, "#no heading")]),
    ("a\n---", [Block(BlockKind.H2, "a")]),
    ("a\n\n---", [Block(BlockKind.TEXT, "a"), Block(BlockKind.DIVIDER)]),
    ("* a\n+ b", [Block(BlockKind.BULLET, "a"), Block(BlockKind.BULLET, "b")]),
    ("- a\n  - b", [Block(BlockKind.BULLET, "a"), Block(BlockKind.BULLET, "b", depth=1)]),
    (
        "- a\n  1. b\n- c",
        [
            Block(BlockKind.BULLET, "a"),
            Block(BlockKind.NUMBER, "b", depth=1),
            Block(BlockKind.BULLET, "c"),
        ],
    ),
    ("- [X] a", [Block(BlockKind.TASK, "a", done=True)]),
    ("> a\nb", [Block(BlockKind.QUOTE, "a\nb")]),
    ("```py\na\n\nb\n```", [Block(BlockKind.CODE, "a\n\nb")]),
    ("```\nnever closed", [Block(BlockKind.CODE, "never closed")]),
    ("    a\n    b", [Block(BlockKind.CODE, "a\nb")]),
    ("|a|b|\n|-|:-:|\n|1|", [Block(BlockKind.TABLE, rows=(("a", "b"), ("1", "")))]),
    ("a | b", [Block(BlockKind.TEXT, "a | b")]),
    (
        "see [the plan][1]\n\n[1]: https://plan.example.com",
        [Block(BlockKind.TEXT, "see [the plan](https://plan.example.com)")],
    ),
    ("", []),
]


@pytest.mark.parametrize(("markdown", "blocks"), READ)
def test_markdown_is_read_as_blocks(markdown: str, blocks: list[Block]) -> None:
    assert parse(markdown) == blocks


REFUSED = [
    ("# a\n\n#### b", "line 3: Unsupported heading depth (4)"),
    ("> a\n> - b", "line 2: Unsupported block type (List) within block quote"),
    ("> # a", "line 1: Unsupported block type (Heading) within block quote"),
    ("> > a", "line 1: Unsupported block type (BlockQuote) within block quote"),
    ("> ```\n> a\n> ```", "line 1: Unsupported block type (CodeBlock) within block quote"),
    ("> a | b\n> --|--\n", "line 1: Unsupported block type (Table) within block quote"),
    ("- # a", "line 1: Unsupported block type (Heading) within list"),
    ("- a\n  > b", "line 2: Unsupported block type (BlockQuote) within list"),
    ("- a\n\n  ```\n  b\n  ```", "line 3: Unsupported block type (CodeBlock) within list"),
    ("a\n\n<b>c</b>", "line 3: Unsupported input (<b>)"),
    ("a\nb <https://c.example.com>", "line 2: Unsupported input (<https://c.example.com>)"),
    ("hello <@U0ANA00001>", "line 1: Unsupported input (<@U0ANA00001>)"),
    ("a<br>b", "line 1: Unsupported input (<br>)"),
    ("|a|b|c|\n|-|-|-|\n" + "|1|2|3|\n" * 100, "line 1: Table has 303 cells"),
    ("[![a](bad)](https://b.example.com)", "line 1: no bad"),
    ("text\n![a](bad)", "line 2: no bad"),
    ("|a|\n|-|\n|![a](bad)|", "line 3: no bad"),
    ("- one\n- ![a](bad)", "line 2: no bad"),
]


@pytest.mark.parametrize(("markdown", "words"), REFUSED)
def test_what_a_canvas_cannot_hold_is_refused_by_line(markdown: str, words: str) -> None:
    def embed(address: str) -> str | None:
        return "no bad" if address == "bad" else None

    with pytest.raises(Unsupported) as refusal:
        parse(markdown, embed)
    assert str(refusal.value).startswith(words)


@pytest.mark.parametrize(
    "markdown",
    [
        "|a|b|c|\n|-|-|-|\n" + "|1|2|3|\n" * 99,
        "`<b>` and 1 < 2 and a <3",
        "```\n<b> #### > -\n```",
        "|a|\n|-|\n|x<br>y|",
    ],
)
def test_what_only_looks_forbidden_is_taken(markdown: str) -> None:
    assert parse(markdown)


def test_everything_comes_back_as_it_was_written() -> None:
    assert written(parse(EVERYTHING)) == EVERYTHING


WORDS = st.text(alphabet="ab #>-*+_~`|\\[]()!1.<=x&\t", max_size=14)
LINES = st.lists(
    st.one_of(
        WORDS,
        st.builds("{}{}".format, st.sampled_from(["- ", "  - ", "> ", "# ", "1. ", "    "]), WORDS),
        st.sampled_from(["", "---", "===", "```", "| a | b |", "|--|--|", "- [ ] a", "- [x]"]),
    ),
    max_size=9,
)


@example(["- |", "", "-"])
@example(["1 #", "="])
@example(["-", "1\t1"])
@example(["- 1", "1||1", "-", "|-|-"])
@example(["<a", "1>", "="])
@example(["- 1", "|", "", "  -|"])
@given(LINES)
def test_what_was_read_once_reads_the_same_again(lines: list[str]) -> None:
    try:
        blocks = parse("\n".join(lines))
    except Unsupported:
        return
    once = written(blocks)
    again = parse(once)
    assert [(b.kind, b.depth, b.done) for b in again] == [(b.kind, b.depth, b.done) for b in blocks]
    assert written(again) == once


@given(st.text(alphabet="ab*_~`[]()!\\<>| \n", max_size=40))
def test_every_letter_of_a_text_is_kept_or_is_a_mark(text: str) -> None:
    kept = "".join(piece.text for piece in pieces(text))
    assert sum(kept.count(letter) for letter in "ab") <= sum(text.count(letter) for letter in "ab")
    assert [p.at for p in pieces(text)] == sorted(p.at for p in pieces(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**bold** and *it* and ~~gone~~ and `co*de*`", "bold and it and gone and co*de*"),
        ("[a **b**](https://c.example.com)", "a b"),
        ("![alt](https://c.example.com/d.png)", "alt"),
        (r"\*no\*", "*no*"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("https://a.example.com/x_y.", "https://a.example.com/x_y."),
    ],
)
def test_a_reader_sees_the_words_alone(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize(
    "markdown",
    ["*" * 5000 + "a", "[" * 200_000, "#" + " " * 300_000 + "a", "a" + " " * 300_000 + "b"],
)
def test_long_runs_of_one_mark_are_read_in_time(markdown: str) -> None:
    assert [block.kind for block in parse(markdown)] and plain(markdown)


def test_marks_within_marks_are_read_to_a_depth() -> None:
    assert "a" in plain("*_" * 400 + "a" + "_*" * 400)


@pytest.mark.parametrize(
    ("kinds", "text", "expected"),
    [
        (["h1"], "", ["Plan", "Goals"]),
        (["h2"], "", ["Hero"]),
        (["h1", "h2"], "Hero", ["Hero"]),
        (["any_header"], "", ["Plan", "Goals", "Hero"]),
        ([], "shots", ["hero shots", "cell shots"]),
        ([], "Shots", []),
        (["h3"], "", []),
    ],
)
def test_sections_are_found_by_kind_and_words(
    kinds: list[str], text: str, expected: list[str]
) -> None:
    document = Document("Plan")
    markdown = "# Goals\n\n## Hero\n\nhero **shots**\n\n|a|\n|-|\n|cell shots|\n\n---"
    insert(document, parse(markdown), at=0)
    words = {document.title_id: document.title}
    for section in document.sections:
        words[section.id] = plain(section.block.text)
        for row, ids in zip(section.block.rows, section.cells, strict=True):
            words |= dict(zip(ids, row, strict=True))
    assert [words[i] for i in found(document, kinds=kinds, text=text)] == expected
