"""A text goes in; the short answer it calls for comes out, where it is no request for one image."""

import re

from bot.domain.catalog import Catalog
from bot.domain.requests import ReplyKind, ReplyPlan
from bot.planner.formats import format_ending
from bot.planner.words import word_set

_FLAGS = re.IGNORECASE
_WORD = re.compile(r"[\w'’+]+")
_words = _WORD.findall

_HELLO = word_set(
    "hi hiya hello hey heya yo howdy hallo hola bonjour salut ciao moin good morning afternoon "
    "evening there again team all everyone aethera studio bot greetings"
)
_HELLO_FILLER = word_set(
    "there again team all everyone aethera studio bot morning afternoon evening"
)
_THANK = word_set(
    "thanks thank thx ty tysm thankyou cheers great nice perfect awesome lovely cool love "
    "amazing wonderful beautiful excellent brilliant fantastic super neat wow merci danke "
    "gracias 👍 +1"
)
_THANK_FILLER = word_set(
    "you so much very a lot many really that's thats that is this it the work job one looks "
    "look all for your help i we them aethera again very million bunch oh yes ok okay just "
    "absolutely well done good result images image in advance both these those they're"
)
_LONGEST_COURTESY_CHARS = 200
_HELP = re.compile(
    r"(?:/?help|(?:can|could)\s+you\s+help(?:\s+(?:me|us))?|help\s+me|help\s+please"
    r"|please\s+help|usage|commands?|\?+|/\?|info|about|start|(?:so\s+)?what\s+(?:all\s+)?(?:can"
    r"|do|could)\s+(?:you|i|we)\s+(?:do|ask|make|create|say)(?:\s+\w+){0,4}|(?:how|what)\s+(?:do"
    r"|does|can|should)\s+(?:i|you|this|it|we|aethera|studio)\s+(?:work|use|ask|start"
    r"|get\s+started|begin|function|help)(?:\s+\w+){0,4}|who\s+are\s+you|what\s+are\s+you"
    r"|can\s+you\s+(?:make|create|generate|draw|do)\s+(?:images|pictures|art|photos)"
    r"|what\s+is\s+(?:this|aethera)(?:\s+\w+){0,3}|how\s+to\s+(?:use|ask"
    r"|start)(?:\s+\w+){0,3})\s*[.!?]*",
    _FLAGS,
)

_SETTINGS = re.compile(r"(?:/?studio\s+)?(?:settings|permissions)\s*[.!?]*", _FLAGS)

_MODELS = re.compile(
    r"(?:(?:please\s+)?(?:list|show|browse|search|find|see|compare)(?:\s+me)?(?:\s+(?:all|the"
    r"|your|available|ai|image|our|which|what|some))*\s+models?\b(?!\s+(?:on|in|walking|wearing"
    r"|posing|with\s+an?))|(?:which|what)(?:'s|’s|\s+(?:is|are))?(?:\s+[\w-]+){0,5}?\s+models?\b"
    r"|(?:the\s+)?(?:cheap(?:est)?|fast(?:est)?|best|available|all)(?:\s+\w+)?\s+models?\b|(?:do"
    r"|are|is)\s+(?:you|there|it)\s+(?:have|any|an?)(?:\s+[\w-]+){0,3}?\s+models?\b)(?P<rest>.*)",
    _FLAGS | re.DOTALL,
)
_MODELS_FIRST = re.compile(
    r"(?:available\s+|image\s+|ai\s+|your\s+|all\s+"
    r"|the\s+)*models\b(?P<rest>.*)",
    _FLAGS | re.DOTALL,
)
_MODEL_FILLER = word_set(
    "a all ai an and any are available best better by can could create do does for from "
    "generate good has have here i image images in is it list make me model models my of "
    "offer offered one our please search see should show some supported that the there "
    "they to use used we what what's which who with would you your choose get find compare "
    "browse pick"
)
_GALLERY = re.compile(
    r"(?:(?:please\s+)?(?:(?:show|list|open|browse|see|view|search|find|get|display|look\s+(?:in"
    r"|through))(?:\s+(?:me|us))?\s+)?(?:(?:the|my|our|studio|image)\s+)*(?:gallery|galery)\b"
    r"|(?:please\s+)?(?:(?:show|list|open|browse|see|view|search|find|get|display"
    r"|where\s+are)(?:\s+(?:me|us))?\s+)?(?:all\s+)?(?:(?:of\s+)?(?:my|our)(?:\s+(?:last|latest"
    r"|recent|previous|past|old|own|\d+))*|(?:the\s+)?(?:last|latest|recent|previous"
    r"|past)(?:\s+\d+)?)\s+(?:images|pictures|creations|generations|renders|photos|results|image"
    r"|picture)\b|what\s+(?:images|pictures|have)?\s*(?:have|did)?\s*(?:i|we)\s+(?:made|make"
    r"|created|create|generated|generate)(?:\s+(?:so\s+far|before|last\s+week|today))?"
    r"|(?:my\s+)?history\s*$)(?P<rest>.*)",
    _FLAGS | re.DOTALL,
)
_GALLERY_FILLER = word_set(
    "for of with about the a an my our me us please in from show images pictures made so far"
)


def courtesy_reply(text: str) -> ReplyPlan | None:
    """Help for a greeting or a question about us, a word back for thanks, the settings."""
    if len(text) > _LONGEST_COURTESY_CHARS:
        return None
    words = [word.lower() for word in _words(text)]
    if _SETTINGS.fullmatch(text.strip()):
        return ReplyPlan(kind=ReplyKind.SETTINGS)
    if _HELP.fullmatch(text.strip()):
        return ReplyPlan(kind=ReplyKind.HELP)
    if words and words[0] not in _HELLO_FILLER and len(words) <= 6 and set(words) <= _HELLO:
        return ReplyPlan(kind=ReplyKind.HELP)
    if not words and re.fullmatch(r"[\s👍👏🙏🙌❤♥💯🎉😍🥰\ufe0f\U0001f3fb-\U0001f3ff!.]+", text):
        return ReplyPlan(kind=ReplyKind.THANKS)
    thanks = set(words) & _THANK
    if thanks and len(words) <= 12 and set(words) <= _THANK | _THANK_FILLER | _HELLO:
        return ReplyPlan(kind=ReplyKind.THANKS)
    return None


def list_reply(text: str, catalog: Catalog) -> ReplyPlan | None:
    """The models or the gallery, with the words to search them by."""
    stripped = text.strip(" .!?")
    asked = _MODELS.match(stripped)
    if asked:
        return ReplyPlan(kind=ReplyKind.MODELS, detail=_kept(stripped, _MODEL_FILLER))
    first = _MODELS_FIRST.match(stripped)
    if first and _is_about_models(first["rest"], catalog):
        return ReplyPlan(kind=ReplyKind.MODELS, detail=_kept(first["rest"], _MODEL_FILLER))
    gallery = _GALLERY.match(stripped)
    if gallery:
        rest = gallery["rest"]
        words = _words(rest)
        is_picture = bool(words) and len(words) > 3 and format_ending(words[:1])[0] is not None
        if not is_picture:
            return ReplyPlan(kind=ReplyKind.GALLERY, detail=_kept(rest, _GALLERY_FILLER))
    return None


def _is_about_models(rest: str, catalog: Catalog) -> bool:
    """Whether what follows the word "models" is a search and not people on a catwalk."""
    words = [word.lower() for word in _words(rest)]
    known = {"cheap", "cheapest", "fast", "fastest", "text", "free", "best", "please", "list"}
    for model in catalog.models:
        known |= set(_words(f"{model.name} {model.strength} {' '.join(model.tasks)}".lower()))
    return all(
        word in _MODEL_FILLER or word in known or f"{word}s" in known for word in words
    ) or bool(re.match(r"\s+(?:for|that|by)\b", rest) and len(words) <= 6)


def _kept(text: str, filler: frozenset[str]) -> str:
    """The words of a text that are no filler, joined by blanks."""
    return " ".join(word for word in _words(text) if word.lower() not in filler)
