"""Drawings of others: what is left of hostile ones, and that drawing them hurts nobody."""

import base64
import io
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image

from bot.errors import BadPicture
from bot.studio.processes import bare_environment
from bot.studio.vector import clean_svg, rasterise
from bot.studio.vector.clean import tighten
from tests.vendors.vendor import picture

OPEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 20 10"'
)
DOT = '<rect width="20" height="10" fill="#0000ff"/>'


def svg(body: str = DOT, *, head: str = "", more: str = "") -> bytes:
    return f"{head}{OPEN} {more}>{body}</svg>".encode()


def data_of(form: str, side: int) -> str:
    encoded = base64.b64encode(picture(side, side, form=form)).decode()
    return f"data:image/{form.lower()};base64,{encoded}"


SMALL = data_of("PNG", 8)
BARE = SMALL.partition(",")[2]
HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a script of another namespace": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>',
    "an event": '<rect width="1" height="1" onclick="alert(1)" OnLoad="alert(1)"/>',
    "an event without a call": '<rect onclick="evil"/>',
    "a file beside a picture": f'<image href="{SMALL}" xlink:href="/etc/passwd"/>',
    "a page": '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">alert</body></foreignObject>',
    "a link": '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
    "a link to a page": '<a xlink:href="https://evil.example/"><rect/></a>',
    "a far picture": '<image href="https://evil.example/a.png" width="9" height="9"/>',
    "a picture without a scheme": '<image href="//evil.example/a.png" width="9" height="9"/>',
    "a file": '<image xlink:href="file:///etc/passwd" width="9" height="9"/>',
    "a path": '<image href="/etc/passwd" width="9" height="9"/>',
    "a drawing as data": '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/>',
    "a page as data": '<image href="data:text/html;base64,PHN2Zy8+" width="9" height="9"/>',
    "a picture as a path": f"<image href='{BARE}'/>",
    "no picture as data": '<image href="data:image/png;base64,AAAA" width="9" height="9"/>',
    "a far part": '<use href="https://evil.example/a.svg#b"/>',
    "a near file's part": '<use href="/etc/passwd#b"/>',
    "a far picture in a filter": '<filter id="f"><feImage href="/etc/passwd"/></filter>',
    "a filter of endless work": '<filter id="f"><feTurbulence numOctaves="999999999"/></filter>',
    "a far fill": '<rect width="9" height="9" fill="url(https://evil.example/#a)"/>',
    "a far fill in quotes": "<rect fill=\"url( 'https://evil.example/#a')\"/>",
    "a far style": '<rect style="fill:url(https://evil.example/#a)"/>',
    "a style in disguise": r'<rect style="fill:u\72l(https://evil.example/)"/>',
    "a style of a set": "<rect style=\"background:image-set('https://evil.example/a.png' 1x)\"/>",
    "an import": "<style>@import url(https://evil.example/a.css);</style>",
    "an import without url": "<style>@import 'https://evil.example/a.css';</style>",
    "an import without a scheme": "<style>@import 'evil.css';</style>",
    "a near file as a fill": '<rect fill="url(evil.svg#a)"/>',
    "a near file in disguise": r"<rect style='fill:u\72l(evil.svg#a)'/>",
    "a font": "<style>@font-face{font-family:x;src:url(https://evil.example/f)}</style>",
    "a far rule": "<style>rect{fill:url(https://evil.example/#a)}</style>",
    "a rule in disguise": r"<style>rect{fill:u\72l(https://evil.example/)}</style>",
    "a rule in cdata": "<style><![CDATA[rect{fill:url(https://evil.example/#a)}]]></style>",
    "an expression": '<rect style="width:expression(alert(1))"/>',
    "a change of a link": '<animate attributeName="href" to="javascript:alert(1)"/>',
    "a change of an event": '<set attributeName="onclick" to="alert(1)"/>',
    "a base": '<g xml:base="https://evil.example/"><rect/></g>',
    "an instruction": '<?xml-stylesheet href="https://evil.example/a.css"?>',
    "a comment": "<!-- https://evil.example/ -->",
}
LEFT = ("script", "alert", "evil", "passwd", "xhtml", "Turbulence", "PHN2", 'AAAA"', '"iVBOR')


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_but_drawing_is_left(body: str) -> None:
    cleaned = clean_svg(svg(body + DOT)).decode()
    assert '<rect width="20" height="10" fill="#0000ff"' in _ordered(cleaned)
    assert not [word for word in LEFT if word in cleaned]


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_second_lock_holds_alone(body: str) -> None:
    root = ET.fromstring(svg(body + DOT))
    tighten(root)
    left = ET.tostring(root, encoding="unicode")
    assert 'width="20"' in left
    assert not [word for word in LEFT if word in left]


def test_the_second_lock_takes_nothing_but_drawings() -> None:
    for text in ("<svg width='9' height='9'/>", "<html width='9' height='9'/>"):
        with pytest.raises(BadPicture):
            tighten(ET.fromstring(text))


def _ordered(cleaned: str) -> str:
    return cleaned.replace('fill="#0000ff" height="10" width="20"', DOT[1:-2].removeprefix("rect "))


def test_what_the_root_says_is_looked_at_as_well() -> None:
    cleaned = clean_svg(svg(more='onload="alert(1)" style="background:url(//evil.example)"'))
    assert b"alert" not in cleaned and b"evil" not in cleaned


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_another_encoding_hides_nothing(encoding: str) -> None:
    text = svg('<script>alert("é")</script>' + DOT).decode()
    try:
        cleaned = clean_svg(text.encode(encoding))
    except BadPicture:
        return
    assert b"alert" not in cleaned


def _uses(levels: int) -> str:
    """Ten uses of ten uses of ten uses …"""
    groups = [f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 10 + "</g>" for n in range(levels)]
    return "".join(groups) + f'<g id="g{levels}">{DOT}</g>'


def _patterns(levels: int) -> str:
    made = [
        f'<pattern id="p{n}" width="1" height="1">'
        + f'<rect width="1" height="1" fill="url(#p{n + 1})"/>' * 10
        + "</pattern>"
        for n in range(levels)
    ]
    return "".join(made) + '<rect width="9" height="9" fill="url(#p0)"/>'


BOMBS = {
    "entities": svg(
        "<text>&c;</text>",
        head='<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>',
    ),
    "an outer entity": svg(
        "<text>&a;</text>", head='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "a parameter entity": svg(
        head='<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://evil.example/x.dtd"> %a;]>'
    ),
    "depth": svg("<g>" * 80 + DOT + "</g>" * 80),
    "great depth": svg("<g>" * 200_000 + "</g>" * 200_000),
    "many parts": svg("<g/>" * 60_000),
    "uses of uses": svg(_uses(8)),
    "patterns of patterns": svg(_patterns(8)),
    "a chain": svg(
        "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(300)) + '<g id="c300"/>'
    ),
    "a chain from its end": svg(
        '<g id="c300"/>'
        + "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(299, -1, -1))
    ),
    "a circle": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "bytes": svg(DOT + " " * 5_000_000),
    "no size": b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>',
    "a size of nothing": b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"/>',
    "a size of its own kind": b'<svg xmlns="http://www.w3.org/2000/svg" width="NaN" height="9"/>',
    "a huge size": b'<svg xmlns="http://www.w3.org/2000/svg" width="99999999" height="99999999"/>',
    "a strip": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1"/>',
    "a page": b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
    "another namespace": b"<svg width='9' height='9'/>",
    "text": b"Sorry, that did not work.",
    "nothing": b"",
    "zeros": bytes(100),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused_before_it_goes_off(data: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(BadPicture):
        clean_svg(data)
    assert time.monotonic() - started < 5


def test_what_a_drawing_needs_is_kept() -> None:
    body = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="rgb(255, 0, 0)"/>'
        '</linearGradient><clipPath id="c"><circle r="9"/></clipPath></defs>'
        "<style>.a{fill:url(#g);stroke:#123}</style>"
        '<g transform="translate(1 2) rotate(3)" clip-path="url(#c)" opacity=".5">'
        '<path class="a" d="M0 0h9v9z" style="fill-rule:evenodd;fill:url(\'#g\')"/></g>'
        '<use href="#g"/><text x="1" y="2">Hello</text>'
    )
    cleaned = clean_svg(svg(body)).decode()
    for part in (
        *("linearGradient", "rgb(255, 0, 0)", ".a{fill:url(#g);stroke:#123}", "evenodd"),
        *("translate(1 2) rotate(3)", 'clip-path="url(#c)"', 'd="M0 0h9v9z"', "#g", "Hello"),
    ):
        assert part in cleaned
    assert clean_svg(cleaned.encode()) == cleaned.encode()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_small_picture_within_is_kept_and_a_large_one_is_not(form: str) -> None:
    small, large = data_of(form, 8), data_of(form, 2001)
    cleaned = clean_svg(svg(f'<image href="{small}"/><image xlink:href="{large}"/>')).decode()
    assert cleaned.count("<image") == 1 and small in cleaned


def test_a_size_beyond_measure_is_left_to_the_view_box() -> None:
    cleaned = clean_svg(svg(more='width="99999999" height="100%"'))
    assert b"99999999" not in cleaned and b"100%" not in cleaned


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ("", (200, 100)),
        ('width="30" height="60"', (100, 200)),
        ('width="99999999" height="99999999"', (200, 100)),
        ('width="50%"', (200, 100)),
    ],
)
async def test_a_drawing_is_drawn_to_its_long_side(more: str, size: tuple[int, int]) -> None:
    made = shown(await rasterise(clean_svg(svg(more=more)), long_side_px=200))
    assert (made.format, made.size) == ("PNG", size)
    assert made.convert("RGBA").getpixel((size[0] // 2, size[1] // 2)) == (0, 0, 255, 255)


async def test_a_file_is_not_read_even_where_a_drawing_names_one(tmp_path: Path) -> None:
    """Not cleaned: the process itself can open nothing."""
    secret = tmp_path / "secret.png"
    Image.new("RGB", (4, 4), (255, 0, 0)).save(secret)
    for address in (secret, secret.as_uri()):
        named = svg(f'<image href="{address}" width="20" height="10"/>')
        made = shown(await rasterise(named, long_side_px=20)).convert("RGBA")
        assert made.getchannel("A").getextrema() == (0, 0)


async def test_a_drawing_that_breaks_the_renderer_breaks_nothing_else() -> None:
    deep = svg('<g opacity=".9">' * 900 + DOT + "</g>" * 900)
    with pytest.raises(BadPicture):
        await rasterise(deep, long_side_px=20)


async def test_a_drawing_that_takes_too_long_is_ended() -> None:
    endless = svg(
        '<filter id="f"><feTurbulence baseFrequency=".1" numOctaves="100000000"/></filter>'
        '<rect width="20" height="10" filter="url(#f)"/>'
    )
    started = time.monotonic()
    with pytest.raises(BadPicture):
        await rasterise(endless, long_side_px=400, time_seconds=0.5)
    assert time.monotonic() - started < 3


async def test_a_machine_that_starts_no_process_draws_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(BadPicture):
        await rasterise(svg(), long_side_px=20)


async def test_what_is_no_drawing_is_none() -> None:
    with pytest.raises(BadPicture):
        await rasterise(b"<html/>", long_side_px=20)
    with pytest.raises(BadPicture):
        await rasterise(b"\x89PNG", long_side_px=20)
    with pytest.raises(ValueError, match="4096"):
        await rasterise(svg(), long_side_px=5000)


def test_the_process_is_told_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert "SLACK_BOT_TOKEN" not in bare_environment()
    assert Path(bare_environment()["PYTHONPATH"], "bot").is_dir()
