"""A sentence goes in; greetings, politeness and words of command come off, what is asked stays."""

import re
from functools import lru_cache
from typing import NamedTuple

_FLAGS = re.IGNORECASE
_GREETING = re.compile(
    r"(?:hi|hiya|hello|hey|heya|yo|howdy|greetings|dear|(?:good\s+)?(?:morning|afternoon"
    r"|evening)|hallo|thanks|thank\s+you|thx)(?:\s+(?:there|again|team|all|everyone|everybody"
    r"|folks|friend|bot|@?aethera(?:\s+studio)?|@\w+))*\s*(?:[,!.:;–—-]+\s*|\s+|$)",
    _FLAGS,
)
_NAME = re.compile(
    r"@?(?:aethera(?:\s+studio)?|studio(?=\s*[,:!]))\s*(?:[,!.:;–—-]+\s*|\s+|$)", _FLAGS
)
_FILLER = re.compile(
    r"(?:please|pl[sz]+|pleas+e*|kindly|@(?:channel|here|everyone)|so|ok|okay|now|also|well"
    r"|um|hmm+|just|maybe|perhaps|quickly|next|(?:need\s+)?asap|urgent(?:ly)?"
    r"|(?:a\s+)?quick\s+(?:one|question|request|ask)|(?:new\s+)?request|prompt|task|idea"
    r"|if\s+(?:you\s+can|possible))(?:\s*[,:!;–—-]+\s*|\s+|$)",
    _FLAGS,
)
_VERB = (
    r"(?:create|creating|make|making|generate|generating|genarate|generat|creat|crate|draw"
    r"|drawing|draft|design|designing|paint|painting|render|rendering|sketch(?:\s+out)?"
    r"|illustrate|illustrating|produce|producing|craft|build|imagine|visuali[sz]e|depict|compose"
    r"|prepare|photograph|come\s+up\s+with|whip\s+up|put\s+together|mock\s+up|cook\s+up"
    r"|knock\s+up)"
)
_ASKING = re.compile(
    r"(?:(?:would|do)\s+you\s+mind|do\s+you\s+think\s+you\s+(?:can|could)|(?:can|could|would"
    r"|will)\s+(?:you|u|someone|somebody|anybody|anyone)(?:\s+(?:please|pls|maybe|possibly"
    r"|perhaps|kindly|quickly|just|also|perhaps|help|try\s+(?:and|to)))*(?:\s+(?:me"
    r"|us))?(?:\s+be\s+able\s+to)?|i\s+was\s+(?:just\s+)?wondering\s+(?:if"
    r"|whether)\s+(?:you\s+(?:can|could|would)|it\s+is\s+possible\s+to)|(?:is\s+it"
    r"|would\s+it\s+be)\s+possible\s+to|are\s+you\s+able\s+to|help\s+(?:me|us)(?:\s+to)?|i(?:'d"
    r"|’d|\s+would)\s+(?:really\s+)?(?:like|love|appreciate\s+it\s+if)\s+(?:you\s+(?:to|could)"
    r"|to)|(?:i|we)\s+(?:want|need|would\s+like)\s+(?:you\s+)?to|let(?:'|’)?s|let\s+me|(?:can"
    r"|could|may|might)\s+(?:i|we)\s+(?:please\s+|pls\s+)?(?=have|get|see)"
    rf"|to(?=\s+{_VERB}\b)|go\s+ahead\s+and|you\s+(?:should|could|can)(?:\s+please)?|try\s+(?:to"
    rf"|and)|i'm\s+trying\s+to)\s+",
    _FLAGS,
)
_COMMAND = re.compile(
    rf"(?P<verb>{_VERB})\s+(?:(?:up\s+)?(?:for\s+)?(?:me|us)\s+)?(?:(?:please"
    rf"|pls)\s+)?(?=\S)",
    _FLAGS,
)
_NO_OBJECT = re.compile(r"(?:it|this|that|them|sure|sense|do|up)\b", _FLAGS)
_WISH = re.compile(
    r"(?:(?:i|we)\s+(?:just\s+|really\s+|also\s+)?(?:want|need|require)(?:\s+to\s+(?:have|get"
    r"|see))?|(?:i|we)(?:'d|’d|\s+would)\s+(?:really\s+)?(?:like|love)(?:\s+to\s+(?:have|get"
    r"|see))?|(?:i|we)(?:'m|’m|\s+am|'re|’re|\s+are)\s+(?:looking\s+for|after|in\s+need\s+of)"
    r"|looking\s+for|in\s+need\s+of|give\s+(?:me|us)|show\s+(?:me|us)|get\s+(?:me|us)"
    r"|how\s+about|what\s+about|need|want|(?:can|could|may)\s+(?:i|we)\s+(?:please\s+"
    r"|pls\s+)?(?:have|get|see)|have|get|see|do|try)\s+(?:please\s+)?(?=(?:an?|the|some|our|my"
    r"|one|two|three|four|five|six|eight|ten|\d+|several|multiple|this)\b|(?:images|pictures"
    r"|photos|pics|drawings|variations|options|versions)\s+(?:of|for)\b|[^\W\d_]+\s+(?:logo"
    r"|poster|icon|image|picture|photo|banner|illustration|pattern)s?\b)",
    _FLAGS,
)
_CLOSING = re.compile(
    r"(?:^|[\s,;.!?–—-]+)(?:please|pl[sz]+|pleas+e+|thanks(?:\s+(?:a\s+(?:lot|bunch|million)|so\s+much))?"
    r"|thank\s+you(?:\s+(?:so|very)\s+much)?|thankyou|many\s+thanks|thx|ty|tysm|cheers|in\s+advance"
    r"|for\s+(?:me|us)|asap|if\s+(?:you\s+can|possible|you\s+don'?t\s+mind|that'?s\s+(?:ok|okay"
    r"|possible))|when\s+you\s+(?:have|get)\s+(?:a\s+(?:moment|minute|sec|second|chance)|time)|ok"
    r"|okay|right\s+away|(?:that\s+)?would\s+be\s+(?:great|nice|awesome|amazing|lovely|perfect|cool)"
    r"|(?:can|could|will|would)\s+you|would\s+you\s+mind|you'?re\s+the\s+best|appreciate\s+it|now"
    r"|today)[\s.!?]*$",
    _FLAGS,
)
_MOST_CLOSINGS = 6
_LONGEST_CLOSING = 60
_END_MARKS = " .!?…,;:-–—"
_CHAT = re.compile(
    r"(?:thanks|thank\s+you|thx|ty|cheers|many\s+thanks|no\s+rush|no\s+hurry|let\s+me\s+know"
    r"|i\s+hope|hope|looking\s+forward|have\s+a\s+(?:nice|good|great)|best(?:\s+regards)?"
    r"|regards|kind\s+regards|much\s+appreciated|appreciate|sorry|you'?re|take\s+your\s+time"
    r"|how\s+are\s+you|good\s+to\s+see|is\s+that\s+(?:ok|possible)|that'?s\s+(?:it|all)"
    r"|can\s+you\s+do\s+that|would\s+that\s+be|okay|ok|what\s+do\s+you\s+think"
    r"|it\s+would\s+be\s+(?:great|nice)|(?:i'm|i\s+am)\s+excited|can't\s+wait|cant\s+wait|hi"
    r"|hello|hey|good\s+morning|please)\b",
    _FLAGS,
)
_ADDED = re.compile(
    r"(?:(?:and|also|but)\s+)?(?:please\s+|could\s+you\s+|can\s+you\s+)*(?:also\s+)?"
    r"(?:make\s+(?:it|this|that|them)(?:\s+look)?|it\s+should\s+(?:be|look)|should\s+be"
    r"|i(?:'d|’d|\s+would)?\s+(?:want|like)\s+it(?:\s+to\s+(?:be|look))?|it\s+(?:must"
    r"|needs\s+to)\s+be)\s+",
    _FLAGS,
)
_MOST_SENTENCES = 40
"""More are left together: what asks stands near the beginning."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\s.!?,;])|\s*\n+\s*")
_DECORATION = re.compile(
    r":(?:pray|wave|tada|smil\w*|grin\w*|blush|heart\w*|raised_hands|thumbsup|\+1|sparkles|fire"
    r"|eyes|slightly_smiling_face|joy|wink|sweat_smile|clap|ok_hand|point_\w+|muscle|star-struck"
    r"|rocket|sunglasses|thinking_face|100|hugging_face|relaxed|partying_face|heart_eyes"
    r"|bow)(?:::skin-tone-\d)?:"
    r"|[🙏👋🎉😊🙂😀😃😄😁😉😍🥰😅😂🤣👍👏🙌✨🔥👀💪🤩🚀😎🤔💯🤗🥳❤♥💜💙][\ufe0f\U0001f3fb-\U0001f3ff]*"
    r"|(?<!\S)[:;]-?[)DP](?!\S)|(?<!\S)<3(?!\S)"
)
_LAST_SHORTCODES = re.compile(
    r"(?<=[\w.,!?)\"”])(?<!\ba)(?<!\ban)(?<!\bthe)(?<!\bof)(?<!\band)(?<!\bwith)"
    r"(?:\s*:[a-z0-9_+-]{2,40}:)+\s*$"
)
_SHORTCODE = re.compile(r":([a-z][a-z0-9_+-]{1,40}):(?::skin-tone-\d:)?")


class Opened(NamedTuple):
    """A sentence without its opening words, and how it asked."""

    rest: str
    verb: str
    """The verb of a plain command, in lower case, or nothing."""
    is_wish: bool
    """It asked for a thing without such a verb: "I need …", "show me …"."""

    @property
    def is_command(self) -> bool:
        """Whether it asked for something at all."""
        return bool(self.verb) or self.is_wish


def undecorated(text: str) -> str:
    """The text without smileys, and with the names of other emoji as words."""
    spoken = _LAST_SHORTCODES.sub("", _DECORATION.sub("", text))
    return _SHORTCODE.sub(lambda code: code[1].replace("_", " "), spoken)


def sentences(text: str) -> list[str]:
    """The sentences and lines of a text."""
    return [part for part in _SENTENCES.split(text.strip(), maxsplit=_MOST_SENTENCES) if part]


@lru_cache(maxsize=256)
def opened(sentence: str) -> Opened:
    """The sentence without greeting, name, politeness and the words that command or wish."""
    rest, verb, is_wish = sentence.strip(), "", False
    for _ in range(12):
        for pattern in (_GREETING, _NAME, _FILLER, _ASKING, _WISH, _COMMAND):
            found = pattern.match(rest)
            if not found or (pattern in (_GREETING, _FILLER) and (verb or is_wish)):
                continue
            if pattern is _COMMAND:
                if verb or _NO_OBJECT.match(rest, found.end()):
                    continue
                verb = found["verb"].lower()
            is_wish = is_wish or pattern is _WISH
            rest = rest[found.end() :]
            break
        else:
            break
    return Opened(rest, verb, is_wish)


@lru_cache(maxsize=256)
def closed(sentence: str) -> str:
    """The sentence without thanks, "for me" and the like at its end, and without its end mark."""
    said = sentence.rstrip(_END_MARKS)
    for _ in range(_MOST_CLOSINGS):
        end = max(0, len(said) - _LONGEST_CLOSING)
        closing = _CLOSING.search(said, end)
        if not closing or (end and closing.start() == end):
            break
        said = said[: closing.start()].rstrip(_END_MARKS)
    return said


def is_chat(sentence: str) -> bool:
    """Whether a sentence is only politeness around a request."""
    return _CHAT.match(sentence) is not None


def added(sentence: str) -> str:
    """What a further sentence adds: "Please make it moody" -> "moody"."""
    return _ADDED.sub("", sentence, count=1) if _ADDED.match(sentence) else sentence


def softened(sentence: str) -> str:
    """The sentence without greeting, name and politeness; the words of command stay."""
    rest = sentence.strip()
    for _ in range(12):
        found = next(
            (
                found
                for pattern in (_GREETING, _NAME, _FILLER, _ASKING)
                if (found := pattern.match(rest)) and found.end() < len(rest)
            ),
            None,
        )
        if not found:
            break
        rest = rest[found.end() :]
    return rest
