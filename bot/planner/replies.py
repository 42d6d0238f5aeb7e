"""A text goes in; the short answer it calls for comes out, where it is no request for one image."""

import re
from itertools import pairwise

from bot.domain.catalog import Catalog
from bot.domain.requests import ReplyKind, ReplyPlan
from bot.planner.formats import Role, format_ending
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

_CANVAS = re.compile(
    r".{0,400}?\b(?:in|into|to|onto|for|of|from)\s+(?:the|this|that|our|my|a|an"
    r"|each)\s+(?:[\w-]+\s+){0,3}(?:canvas|document|doc)\b(?!\s+(?:bag|tote|shoes?|sneakers?"
    r"|print|texture|shopping))",
    _FLAGS | re.DOTALL,
)
_CANVAS_VERB = re.compile(
    r"(?:insert|put|add|place|save|append|paste|drop|compose|embed|write|attach|include|fill)\b"
    r"|(?:create|make|generate|draw)\s+(?:(?:some|the|\w+)\s+)?(?:images?|pictures?"
    r"|illustrations?)\s+for\b",
    _FLAGS,
)
_CANVAS_MADE = re.compile(
    r"(?:create|make|write|compose|start|open|update|add)\s+(?:me\s+)?(?:an?|the|our"
    r"|my)\s+(?:new\s+)?(?:slack\s+|compose\s+)?(?:canvas|document)(?:\s+(?:about|for|with)\b"
    r"|\s*$)",
    _FLAGS,
)
_UPSCALE = re.compile(
    r"(?:up-?\s?scal\w*|super-?\s?res\w*|enlarge)\b|(?:increase|improve|raise|double|boost"
    r"|enhance)\s+(?:the\s+|its\s+)?(?:resolution|quality|size)\b|(?:make|get|give\s+me"
    r"|can\s+i\s+(?:get|have)|i\s+(?:want|need))\s+(?:it|this|that|them|the\s+\w+(?:\s+\d)?"
    r"|image\s+\d|an?|me)(?:\s+\w+){0,3}?\s+(?:higher[\s-]res\w*|high[\s-]res\w*|hi-?res|larger"
    r"|bigger|in\s+(?:4k|8k|higher\s+resolution|high\s+res\w*))(?=\s*(?:$|[.,!?]|version|please"
    r"|copy))|(?:a\s+)?(?:higher|bigger|larger|better)\s+(?:resolution|res)\b",
    _FLAGS,
)
_EDIT = re.compile(
    r"(?:edit|change|modify|adjust|tweak|fix|retouch|crop|remove|delete|erase|replace|recolou?r"
    r"|swap|brighten|darken|lighten|blur|sharpen|rotate|flip|mirror|outpaint|inpaint|expand"
    r"|extend|redo|regenerate|undo|revert|reduce|increase)\b|add\s+(?:an?|the|some|more|our|my"
    r"|text|another|\w+s)\b|(?:make|turn)\s+(?:it|this|that|them|these|those|everything)\b"
    r"|(?:move|zoom|shift|tilt)\s+(?:it|this|that|the|in|out|everything)\b|(?:make|turn|keep|let"
    r"|have|set)\s+(?:the|its|his|her|their|my|that)\s+(?:[\w-]+\s+){1,4}?(?:(?:a\s+(?:bit"
    r"|little)|much|slightly|way|even)\s+)?(?:\w+er|more\s+\w+|less\s+\w+|the\s+same|transparent"
    r"|red|blue|green|yellow|black|white|orange|purple|pink|grey|gray|brown|gone|disappear|pop"
    r"|visible|readable)\s*[.!?]*$|(?:the|its)\s+(?:background|colou?rs?|sky|text|font|lighting"
    r"|light|logo|image|picture|mug|subject|title|face|eyes|hands?)\s+(?:should|must|needs?"
    r"|could|is|are|looks?|has|have)\b|(?:the\s+)?same\s+(?:but|again|image|picture|one|thing"
    r"|prompt|as)\b|like\s+the\s+(?:last|first|previous)\b|(?:(?:and|ok|now)\s+)?(?:another"
    r"|one\s+more)(?:\s+(?:one|version|variation|try|go|time))?\s*[.!?]*$|(?:try\s+|do\s+(?:it"
    r"|that)\s+)?again\s*[.!?]*$|once\s+more\s*[.!?]*$|(?:make\s+)?(?:more\s+|some\s+"
    r"|\w+\s+)?(?:variations?|versions?)\s+(?:of|on)\s+(?:it|this|that|image\s+\d|number\s+\d"
    r"|(?:the\s+)?(?:last|first|second|third|fourth|previous)\b|#\d)|vary\b|(?:use|take"
    r"|i\s+(?:like|prefer)|pick)\s+(?:image|number|picture|option|version|#)\s*\d|(?:image"
    r"|number|picture)\s+\d\s+(?:but|with|without|is|in)\b|(?:a\s+(?:bit|little)\s+|much\s+"
    r"|slightly\s+|way\s+)?(?:warmer|cooler|colder|brighter|darker|lighter|bigger|smaller|larger"
    r"|softer|sharper|simpler|cleaner|closer|wider|bolder|happier)(?:\s+(?:please|background"
    r"|colou?rs|light|text))?\s*[.!?]*$|(?:(?:it'?s|this\s+is|that'?s)\s+)?(?:a\s+(?:bit"
    r"|little)\s+)?too\s+\w+\s*[.!?]*$|(?:more|less|fewer)\s+\w+(?:\s+\w+)?\s*[.!?]*$",
    _FLAGS,
)

_DISTINCT = re.compile(
    r"(?:(?:a|the)\s+)?(?:set|series|batch|collection|bunch|range"
    r"|group)\s+of\s+(?:[\w-]+\s+){0,3}?(?P<set>[\w-]+s)\b(?=\s*(?:$|[.,:]|for\b|of\b"
    r"|showing\b|with\b))",
    _FLAGS,
)
_CONCEPTS = re.compile(
    r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|several|multiple|some"
    r"|a\s+few|a\s+couple\s+of|many|various|different)\s+(?:[\w'’-]+\s+){0,6}?(?:concepts|ideas"
    r"|directions|proposals|approaches)\b",
    _FLAGS,
)
_DIFFERENT = re.compile(
    r"(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|several|multiple|some|a\s+few)\s+"
    r"(?:\w+\s+)?(?:different|distinct|unique|separate|individual)\s+(?:[\w-]+\s+){0,2}?"
    r"(?P<what>[\w-]+s)\b(?=\s*(?:$|[.,:]|for\b|of\b|showing\b|with\b))",
    _FLAGS,
)
_EACH = re.compile(
    r"\b(?:one|an?\s+\w+|images?|pictures?|logos?|icons?|posters?|banners?)\s+for\s+(?:each"
    r"|every)\b|\bone\s+(?:of|with|in|for|showing|as)\b[^.\n]{1,120}?\b(?:and|,)\s*(?:one"
    r"|another|the\s+other)\s+(?:of|with|in|for|showing|as)\b",
    _FLAGS,
)
_JOINT = re.compile(
    r"\s*(?:,\s*and|,|\band|\bplus|&|\+|\bas\s+well\s+as)\s+(?:also\s+)?(?:an?|another|one)\s+",
    _FLAGS,
)
_PLAIN_AND = re.compile(r"\s+(?:and|&|plus)\s+", _FLAGS)
_CONNECTOR = re.compile(
    r"\b(?:of|for|showing|with|that|in|on|featuring|holding|wearing|beside|behind|under|over|at"
    r"|from|about|says|saying|and|by)\b",
    _FLAGS,
)
_PHRASE_END = re.compile(r"[,.;:!?\n]|\s(?:of|for|showing|with|in|on|about)\s", _FLAGS)
_NUMBERED = re.compile(r"^\s*\(?\d{1,2}[.):]\s+\S", re.MULTILINE)
_BULLETED = re.compile(r"^\s*[-•*–]\s+\S", re.MULTILINE)
_FOLLOWING = re.compile(
    r"\b(?:images|pictures|photos|illustrations|posters|logos|icons|banners"
    r"|visuals)\b[^\n]{0,80}[:\n]",
    _FLAGS,
)

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
    """Help for a greeting or a question about us, a word back for thanks."""
    if len(text) > _LONGEST_COURTESY_CHARS:
        return None
    words = [word.lower() for word in _words(text)]
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


def later_reply(text: str, asked: str) -> ReplyPlan | None:
    """What cannot be done yet: canvases, upscaling, editing, several distinct images.

    `text` is all that was said, `asked` its first request without words of politeness.
    """
    if _CANVAS_MADE.match(asked) or (_CANVAS_VERB.match(asked) and _CANVAS.match(asked)):
        return ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="canvas")
    if _UPSCALE.match(asked):
        return ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="upscale")
    if _EDIT.match(asked):
        return ReplyPlan(kind=ReplyKind.UNSUPPORTED, detail="edit")
    return None


def is_several(text: str, subject: str) -> bool:
    """Whether distinct images are asked for rather than variations of one.

    `text` is all that was said, `subject` what is asked for without the words of command.
    """
    if _CONCEPTS.match(subject) or _EACH.search(subject):
        return True
    if len(_NUMBERED.findall(text)) > 1:
        return True
    if len(_BULLETED.findall(text)) > 1 and _FOLLOWING.search(text):
        return True
    for pattern, group in ((_DISTINCT, "set"), (_DIFFERENT, "what")):
        found = pattern.match(subject)
        if found and found[group].lower().endswith("s") and format_ending([found[group]])[0]:
            return True
    return _joins_formats(subject)


def _joins_formats(subject: str) -> bool:
    """Whether two things to be made are joined: "a logo and a banner"."""
    halves = _PLAIN_AND.split(_PHRASE_END.split(subject[:200])[0], maxsplit=1)
    if len(halves) == 2 and all(_is_format(half) for half in halves):
        return True
    parts = _JOINT.split(subject[:400])
    for first, second in pairwise(parts):
        heads = [_CONNECTOR.split(part) for part in (first, second)]
        if not format_ending(_words(heads[1][0]))[0]:
            continue
        is_format = format_ending(_words(heads[0][0]))[0] is not None
        if is_format and len(heads[0]) == 1:
            return True
        is_described = re.match(r"[^.,;:!?\n]*?\b(?:of|for)\b", first, _FLAGS) is not None
        if is_format and is_described and len(heads[1]) > 1:
            return re.search(r"\bwith\b", first, _FLAGS) is None
    return False


def _is_format(words: str) -> bool:
    found, _ = format_ending(_words(words))
    return found is not None and found.format.role is not Role.DROPPED


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
