"""An instruction in, the same in fewer turns of phrase out, and what stands in quotes apart."""

import re
import unicodedata

_QUOTED = re.compile(
    r"[\"“”„«»]([^\"“”„«»\n]{1,200})[\"“”„«»]|(?<!\w)['‘]([^'‘’\n]{1,200})['’](?!\w)"
)
_SAID = re.compile(
    r"\b((?:text|words?|caption|headline|heading|title|slogan|tagline|lettering|subtitle)"
    r"(?:\s+that)?(?:\s+(?:says?|saying|reads?|reading)\s*:?|\s*:)|that\s+(?:says|reads)|saying)"
    r"\s+([^\s,.;:“”](?:[^\n,;“”]*?[^\s,.;:“”])?)(?=\s*(?:$|[,;.\n]"
    r"|\s(?:at|in|on|to|across|below|above|with|and)\s))",
    re.IGNORECASE,
)
_CAPITALS = re.compile(
    r"\b((?:[Tt]ext|[Ww]ords?|[Cc]aption|[Hh]eadline|[Tt]itle|[Ss]logan|[Tt]agline|[Ww]rite))\s+"
    r"((?:[A-Z0-9][\w%&!’'-]*)(?:\s+[A-Z0-9&][\w%&!’'-]*)*)(?=\s|$|[.,;!])"
)
_THING = (
    r"(?:images?|pictures?|photos?|photographs?|pics?|snapshots?|ones?|versions?|variations?"
    r"|variants?|options?|results?|renders?|visuals?|graphics?|artworks?)"
)
_DRAWN = (
    r"(?:illustrations?|drawings?|posters?|logos?|icons?|patterns?|banners?|designs?|sketch|wordmark"
    r"|painting|shot|whole thing|thing|composition|scene|file)"
)
_WHICH = (
    r"(?:last|latest|previous|first|second|third|fourth|1st|2nd|3rd|4th|final|same|current|attached"
    r"|original|other|newest|new|above|following|uploaded|generated)"
)
_WHOLE = re.compile(
    rf"\b(?:the |this |that |my |our )?(?:whole|entire|full|complete) (?:{_THING}|{_DRAWN})\b"
)
_REFERENCE = re.compile(
    rf"\b(?:(?:the|this|that|my|our|your|these|those)\s+(?:{_WHICH}\s+)*(?:{_THING}|{_DRAWN})"
    rf"|(?:{_WHICH}\s+)+(?:{_THING}|{_DRAWN})|{_THING})"
    r"(?:\s+(?:number\s+|no\.?\s*|nr\.?\s*|#\s*)?[1-9](?!\d|[:x.]\d|%))?\b"
    r"|\b(?:number|no\.|nr\.?)\s*[1-9]\b|(?<!\w)#[1-9](?!\w)"
    rf"|\bthe\s+{_WHICH}(?:\s+of\s+(?:them|these|those|the\s+\w+))?(?=\s*(?:$|[,.]|\w+er\b))"
)
_PURPOSE = re.compile(
    r"\b(?:because|since)\b[^.;!?\n]*"
    r"|\b(?:so (?:that )?(?:it|this|they) |(?:in order )?to |and )?(?:better )?(?:match|matches|fit"
    r"|fits|suit|suits|go with|goes with) (?:with )?(?:our|my|the|their|your) (?:[\w-]+ ){0,2}"
    r"(?:brand|branding|campaign|site|website|guidelines|identity|season|theme|feed|deck|shop|store"
    r"|page|slides?|style guide)\b"
    r"|\bfor (?:(?:our|my|the|an?|their|your|this|next) )?(?:[\w-]+ ){0,2}(?:campaign|website|site"
    r"|homepage|landing page|newsletter|deck|presentation|slides?|blog|blog post|client|customer"
    r"|launch|print|printing|web|shop|store|catalogue|catalog|feed|me|us|season)\b(?! crop)"
)
_REWRITTEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:like |as if )?(?:from )?an? old (?:photo|photograph|picture|film|movie)\b"),
     "vintage"),
    (re.compile(r"\b(?:cut|knock) ((?:the |it|this|that)(?:[\w -]+?)?) out\b"), r"isolate \1"),
    (re.compile(r"\bcut out (?:the )?(?!background|backdrop)"), "isolate the "),
    (re.compile(r"\btone (it|this|(?:the [\w ]+?)) down\b"), r"tone down \1"),
    (re.compile(r"\bturn (?:it|this|that|the (?:image|picture|photo)) (?=(?:to the )?"
                r"(?:left|right|clockwise|anti|counter|upside|sideways))"), "rotate it "),
    (re.compile(r"\b(?:turn|bring|dial|take|pull) ((?:the )?[\w ]+?) down\b"), r"reduce \1"),
    (re.compile(r"\b(?:turn|bring|dial|push|pull) ((?:the )?[\w ]+?) up\b"), r"increase \1"),
    (re.compile(r"\b(?:is not|isn't|are not|aren't|not)(?: really| quite)? ([\w-]+) enough\b"),
     r"more \1"),
    (re.compile(r"\bmake (it|this|that|the [\w-]+) pop\b"), r"make \1 punchy"),
    (re.compile(r"\b(\w+) ?\+ ?(?=\d{1,3} ?%)"), r"more \1 "),
    (re.compile(r"\b(\w+) ?[-−] ?(?=\d{1,3} ?%)"), r"less \1 "),
    (re.compile(r"\bnot too (?:much|strong|strongly|heavy|heavily|far)\b"), "a bit"),
    (re.compile(r"\b(?:the |everything |all |area |wall |what is |what's )*(?:behind|around) "
                r"(?:it|the (?!edge|border|text)[\w-]+)\b"), "the background"),
    (re.compile(r"\bby half\b"), "by 50%"),
    (re.compile(r"\b(?:all|everything) but\b"), "everything except"),
    (re.compile(r"\blook(?:s|ing)? (?:more )?like (?:an? |the )?(?:real |actual )?"
                r"(?:photo|photograph|picture|logo|film poster|magazine cover|postcard)\b"),
     "photorealistic"),
    (re.compile(r"\b(\d{1,3}) ?(?:%|per ?cent)"), r" \1% "),
    (re.compile(r"\b(45|90|180|270|360) ?(?:°|degrees?|deg)?(?![\w:%])"), r" \1° "),
    (re.compile(r"(?<![\d.])(\d{1,5}(?:\.\d{1,2})?) ?(?:px )?(?::|x|×|/|by) ?"
                r"(\d{1,5}(?:\.\d{1,2})?)(?: ?px)?(?![\d.])"), r" \1:\2 "),
)  # fmt: skip
_EMOJI = re.compile(r":[a-z][a-z0-9_+-]*:")


def reworded(instruction: str) -> tuple[str, list[str]]:
    """The text in lower case with “0”, “1” … for what was in quotes, and that as it was written.

    Pictures spoken of ("the second one") become `picture`, all of one `everything`; purposes
    ("for our campaign") and emoji are left out.
    """
    quotes: list[str] = []

    def kept(text: str) -> str:
        quotes.append(" ".join(text.split()))
        return f" “{len(quotes) - 1}” "

    def said(found: re.Match[str]) -> str:
        return f"{found[1].rstrip(': ')} {kept(found[2])}"

    text = _QUOTED.sub(lambda found: kept(found[1] or found[2]), instruction)
    text = _CAPITALS.sub(said, _SAID.sub(said, text))
    text = _EMOJI.sub(" ", text.lower().replace("’", "'"))
    text = "".join(" " if unicodedata.category(each) in ("So", "Sk") else each for each in text)
    for pattern, by in _REWRITTEN:
        text = pattern.sub(by, text)
    text = _PURPOSE.sub(" ", text)
    text = _WHOLE.sub(" everything ", text)
    return _REFERENCE.sub(" picture ", text), quotes
