"""Words for people: foreign text made safe to show, amounts, moments; strings in, strings out."""

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import accumulate

_JOINER = "\u2060"
"""WORD JOINER: invisible, without width, and enough to keep a marker from being one."""
_ISOLATE, _POP = "\u2068", "\u2069"
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_INVISIBLE = re.compile(
    f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(_BIDI_CONTROLS))}]"
)
_EXTENDERS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_MENTION = re.compile(r"<@(\w+)>")
_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
_MARKERS = re.compile(r"[*_~`]|:(?=[\w+'-]+:)")
_LIVE = re.compile(r"<(?=[!@#])")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def escape(text: str) -> str:
    """The text with Slack's three control characters as entities.

    Source: https://docs.slack.dev/messaging/formatting-message-text (2026-11)
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """The text, or its beginning and `…`, in at most `limit` UTF-16 units.

    Slack does not say whether it counts characters or UTF-16 units; the latter are never fewer.
    A letter is not parted from its accents, nor an emoji from what belongs to it.
    """
    if _units(text) <= limit:
        return text
    end = sum(total < limit for total in accumulate(map(_units, text)))
    while end > 0 and (_extends(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"


def plain(text: str, limit: int) -> str:
    """Foreign text for a `plain_text` object: its lines kept, nothing hidden, nothing live.

    Plain text is shown as it is; the joiner in `<!channel>` and its like is a second lock.
    """
    tidy = _LIVE.sub(f"<{_JOINER}", _visible(text)).strip()
    if not _has_rtl(tidy):
        return clip(tidy, limit)
    return f"{_ISOLATE}{clip(tidy, limit - 2)}{_POP}"


def quoted(text: str, limit: int = 150) -> str:
    """Foreign text for a line of mrkdwn: folded, free of all markup, at most `limit` long.

    What escaping adds counts towards `limit`; the two marks around right-to-left text do not.
    """
    line = clip(" ".join(_visible(text).split()), limit)
    safe = _inert(line)
    while len(safe) > limit:
        line = clip(line, _units(line) * limit // len(safe))
        safe = _inert(line)
    return f"{_ISOLATE}{safe}{_POP}" if _has_rtl(line) else safe


def one_line(text: str, limit: int) -> str:
    """Foreign text for a `plain_text` object of a single line, such as a label."""
    return plain(" ".join(text.split()), limit)


def mention(user_id: str) -> str:
    """A live mention of somebody whose id comes from our own rows."""
    return f"<@{user_id}>"


def link(url: str, label: str) -> str:
    """A link in mrkdwn; the label is already safe."""
    return f"<{url.replace('|', '%7C').replace('>', '%3E')}|{label}>"


def plural(count: int, noun: str) -> str:
    """`1 image`, `4 images`, `1,000 images`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def credits(count: int) -> str:
    """`1 credit`, `1,000 credits`."""
    return plural(count, "credit")


def month_name(month: str) -> str:
    """`November` for `2026-11`."""
    return _MONTHS[int(month.rpartition("-")[2]) - 1]


def when(moment: datetime) -> str:
    """An aware moment in the reader's own time zone: `today at 14:30`; UTC where Slack cannot."""
    fallback = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"<!date^{int(moment.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def duration(seconds: float) -> str:
    """How long something took: `0.4 s`, `12 s`, `2 min 5 s`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 120:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s"


def sentence(text: str) -> str:
    """The text with a full stop, unless it already ends like a sentence."""
    bare = text.rstrip()
    return bare if bare.endswith((".", "!", "?", "…")) else f"{bare}."


def mentioned(text: str) -> set[str]:
    """The ids of the people whom our own mrkdwn mentions."""
    return set(_MENTION.findall(text))


def flat(text: str, names: Mapping[str, str]) -> str:
    """Our own mrkdwn as plain text, for places that know none, such as a form's errors.

    `names` has a name for each id of `mentioned`.
    """
    named = _MENTION.sub(lambda found: names.get(found[1], "somebody"), text)
    return html.unescape(_DATE.sub(r"\1", named).replace(_JOINER, ""))


def _inert(line: str) -> str:
    """Escaped, and with joiners around whatever would be taken for a marker."""
    safe = escape(_MARKERS.sub(lambda found: f"{_JOINER}{found[0]}{_JOINER}", line))
    return _JOINER + safe if safe.startswith("&gt;") else safe


def _visible(text: str) -> str:
    """Without control characters, direction controls and lone surrogates; newlines stay."""
    return _INVISIBLE.sub("", _NEWLINES.sub("\n", text).replace("\t", " "))


def _has_rtl(text: str) -> bool:
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in ("R", "AL") for char in text
    )


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def _extends(char: str) -> bool:
    return char in _EXTENDERS or ord(char) in _SKIN_TONES or unicodedata.combining(char) != 0
