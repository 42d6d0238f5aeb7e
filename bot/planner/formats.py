"""What people call the things they ask for ("logo", "product hero", "Instagram story"), as data."""

import re
from enum import Enum
from typing import NamedTuple

from bot.domain.catalog import Aspect, Task


class Role(Enum):
    """What becomes of the word in the prompt."""

    KEPT = "kept"
    """It is what is to be seen: a logo, a poster, a pattern."""
    DROPPED = "dropped"
    """It only says "an image of"."""
    PRODUCT = "product"
    """It asks for a product photograph."""
    PLACE = "place"
    """It is where the image will stand (a story, a banner) and is no part of the picture."""


class Format(NamedTuple):
    """One kind of thing to ask for, and what a designer would take for granted about it."""

    role: Role
    task: Task | None
    aspect: Aspect | None
    style_id: str | None


class Found(NamedTuple):
    """A format and the words it was asked for with, in the singular."""

    format: Format
    words: str


_KEPT, _DROPPED, _PRODUCT, _PLACE = Role
_TABLE: tuple[tuple[Format, str], ...] = (
    (
        Format(_PRODUCT, Task.PRODUCT, Aspect.LANDSCAPE_3_2, "product-photo"),
        "product hero|product hero image|product hero shot|product hero photo|product hero visual"
        "|hero product shot|hero product image|hero shot",
    ),
    (
        Format(_PRODUCT, Task.PRODUCT, Aspect.SQUARE, "product-photo"),
        "product photo|product photograph|product shot|product picture|product pic|product image"
        "|product visual|product photography|packshot|pack shot|studio shot|studio photo"
        "|e-commerce photo|catalog photo|catalogue photo",
    ),
    (
        Format(_PRODUCT, Task.PRODUCT, Aspect.SQUARE, "3d"),
        "product render|product rendering|3d product render",
    ),
    (
        Format(_KEPT, Task.PHOTO, Aspect.WIDE, "photo"),
        "hero image|hero banner|hero section image|hero visual|hero photo|hero picture"
        "|hero graphic|hero header|homepage hero|home page hero|website hero|web hero"
        "|landing page hero|page hero|blog hero|campaign hero|email hero|hero",
    ),
    (
        Format(_KEPT, Task.LOGO, Aspect.SQUARE, "logo"),
        "logo|logotype|wordmark|word mark|logo design|logo mark|brand mark|brandmark|emblem"
        "|monogram|crest|mascot logo|icon|app icon|favicon|badge|coat of arms",
    ),
    (
        Format(_KEPT, Task.ILLUSTRATION, Aspect.SQUARE, None),
        "sticker|avatar|profile picture|profile photo|profile pic|emoji|slack emoji|mascot"
        "|spot illustration",
    ),
    (
        Format(_KEPT, Task.POSTER, Aspect.PORTRAIT_2_3, "poster"),
        "poster|movie poster|film poster|event poster|concert poster|gig poster|travel poster"
        "|poster design|playbill|infographic|book cover|magazine cover|ebook cover"
        "|e-book cover|novel cover|report cover|zine cover|cover",
    ),
    (
        Format(_KEPT, Task.POSTER, Aspect.PORTRAIT_3_4, "poster"),
        "flyer|flier|leaflet|handout|menu|brochure cover",
    ),
    (
        Format(_KEPT, Task.POSTER, Aspect.PORTRAIT_4_5, "poster"),
        "invitation|invite|wedding invitation|party invitation|birthday invitation",
    ),
    (
        Format(_KEPT, Task.POSTER, Aspect.SQUARE, "poster"),
        "album cover|record cover|podcast cover|playlist cover|cd cover|album art|album artwork"
        "|podcast artwork|podcast art|cover art|vinyl cover",
    ),
    (
        Format(_KEPT, Task.TYPOGRAPHY, Aspect.SQUARE, "poster"),
        "quote card|quote graphic|lettering|hand lettering|word art|type poster"
        "|typographic poster|typographic print|typography|motivational quote",
    ),
    (
        Format(_KEPT, Task.PATTERN, Aspect.SQUARE, "pattern"),
        "pattern|seamless pattern|repeat pattern|repeating pattern|seamless texture|texture"
        "|wallpaper pattern|wrapping paper|gift wrap|fabric print|textile pattern|textile print"
        "|surface pattern|tileable pattern|tile pattern|seamless tile",
    ),
    (
        Format(_KEPT, Task.ILLUSTRATION, Aspect.LANDSCAPE_3_2, "illustration"),
        "postcard|greeting card|birthday card|christmas card|thank you card|thank-you card"
        "|holiday card|valentine's card|valentines card|greetings card|colouring page"
        "|coloring page|book illustration|storybook illustration",
    ),
    (
        Format(_KEPT, Task.TYPOGRAPHY, Aspect.LANDSCAPE_3_2, "minimal"),
        "business card|visiting card",
    ),
    (Format(_KEPT, Task.PHOTO, Aspect.PORTRAIT_3_4, "photo"), "portrait"),
    (
        Format(_KEPT, Task.PHOTO, Aspect.PORTRAIT_4_5, "photo"),
        "headshot|head shot|portrait photo|fashion photo|fashion shot",
    ),
    (
        Format(_KEPT, Task.PHOTO, Aspect.LANDSCAPE_3_2, "photo"),
        "food photo|food photograph|food shot|landscape photo|street photo|lifestyle photo"
        "|lifestyle shot|macro photo|macro shot|aerial photo|aerial shot|drone shot|close-up"
        "|close up|closeup|stock photo|stock image|black and white photo",
    ),
    (
        Format(_KEPT, Task.ILLUSTRATION, Aspect.LANDSCAPE_3_2, None),
        "landscape|mountain landscape|seascape|cityscape|skyline|city skyline",
    ),
    (
        Format(_PLACE, None, Aspect.STORY, None),
        "instagram story|insta story|ig story|facebook story|fb story|whatsapp story"
        "|whatsapp status|snapchat story|social story|story image|story graphic|story post|story"
        "|tiktok|tiktok cover|tik tok|reel|reel cover|instagram reel|youtube short|phone wallpaper"
        "|phone background|phone lock screen|lock screen|lockscreen|mobile wallpaper"
        "|iphone wallpaper|iphone background|phone screen background",
    ),
    (
        Format(_PLACE, None, Aspect.PORTRAIT_4_5, None),
        "instagram post|insta post|ig post|instagram ad|instagram image|instagram graphic"
        "|feed post|instagram feed post",
    ),
    (
        Format(_PLACE, None, Aspect.PORTRAIT_2_3, None),
        "pinterest pin|pinterest image|pinterest post",
    ),
    (
        Format(_PLACE, None, Aspect.SQUARE, None),
        "social media post|social post|facebook post|fb post|linkedin post|social media graphic"
        "|social graphic|social media image|social media tile|facebook ad|post|square post",
    ),
    (
        Format(_PLACE, None, Aspect.WIDE, None),
        "youtube banner|youtube thumbnail|yt thumbnail|video thumbnail|thumbnail|blog header"
        "|blog image|blog post image|blog cover|blog post header|article header|article image"
        "|desktop wallpaper|desktop background|computer wallpaper|laptop wallpaper|wallpaper"
        "|zoom background|teams background|meeting background|video call background|slide"
        "|slide background|presentation slide|title slide|presentation cover|deck cover"
        "|presentation background|og image|open graph image|social card|link preview"
        "|twitter post|tweet|x post|tweet image|screensaver|powerpoint background",
    ),
    (
        Format(_PLACE, None, Aspect.BANNER, None),
        "banner|web banner|website banner|site banner|homepage banner|email banner|email header"
        "|newsletter header|newsletter banner|website header|site header|web header|page header"
        "|header|header image|banner image|billboard|linkedin banner|linkedin header"
        "|linkedin cover|twitter header|twitter banner|x header|facebook cover|facebook banner"
        "|facebook header|cover photo|cover image|cover banner|shop banner|store banner"
        "|sale banner|banner ad|event banner|panorama",
    ),
    (
        Format(_DROPPED, None, None, None),
        "image|img|picture|pic|graphic|visual|artwork|art|ai image|ai picture|visualization"
        "|visualisation|design|depiction",
    ),
    (
        Format(_DROPPED, Task.PHOTO, None, "photo"),
        "photo|photograph|shot|snapshot|photography|realistic image|realistic photo|real photo"
        "|realistic picture|polaroid|dslr photo",
    ),
    (
        Format(_DROPPED, Task.PHOTO, Aspect.WIDE, "cinematic"),
        "film still|movie still|movie scene|film scene|cinematic still|cinematic shot"
        "|cinematic scene|cinematic image|cinematic photo",
    ),
    (
        Format(_DROPPED, Task.ILLUSTRATION, None, "illustration"),
        "illustration|drawing|painting|oil painting|cartoon|concept art|digital art"
        "|digital painting|digital illustration|editorial illustration|clip art|clipart",
    ),
    (
        Format(_DROPPED, Task.ILLUSTRATION, None, "line-art"),
        "sketch|line drawing|line art|lineart|line-art|pencil sketch|pencil drawing|ink drawing"
        "|ink sketch|ink illustration|line illustration|doodle|outline drawing|one-line drawing",
    ),
    (
        Format(_DROPPED, Task.ILLUSTRATION, None, "watercolor"),
        "watercolor|watercolour|watercolor painting|watercolour painting|watercolor illustration"
        "|watercolour illustration|aquarelle|water color|water colour|water color painting",
    ),
    (
        Format(_DROPPED, Task.ILLUSTRATION, None, "flat"),
        "vector|vector illustration|vector graphic|vector art|vector drawing|vector image"
        "|flat illustration|flat graphic|flat design|flat vector|flat vector illustration",
    ),
    (
        Format(_DROPPED, Task.ILLUSTRATION, None, "3d"),
        "3d render|3d rendering|3d illustration|3d image|3d model|3d picture|3d scene|render"
        "|rendering|cgi render|3d art",
    ),
)

_BY_WORDS: dict[str, Format] = {
    words: entry for entry, phrases in _TABLE for words in phrases.split("|")
}
_LONGEST = max(len(words.split()) for words in _BY_WORDS)
_NEEDS_FOR = frozenset({"hero", "story", "post", "cover", "header", "slide", "menu", "design"})
"""Words that ask for a format only where it is plainly one: "a story for our launch"."""

_CLOSING = re.compile(
    r"(?:,\s*(?=\w)|\s+(?=(?:to|sized|suitable|for|as|on)\b))"
    r"(?:(?:to (?:use|be used) as|to go on|sized (?:for|as)|suitable for|for use (?:as|in|on)"
    r"|for|as|on)\s+)?(?:(?:an?|my|our|the|their|your)\s+)?"
    r"((?:[\w'’-]+\s+){0,4}[\w'’-]+)"
    r"(?=\s*(?:$|[.,;!?\n]|please\b|thanks?\b|of\b|showing\b))",
    re.IGNORECASE,
)
_NETWORKS: dict[str, Aspect] = {
    "instagram": Aspect.PORTRAIT_4_5,
    "insta": Aspect.PORTRAIT_4_5,
    "instagram feed": Aspect.PORTRAIT_4_5,
    "instagram stories": Aspect.STORY,
    "tiktok": Aspect.STORY,
    "snapchat": Aspect.STORY,
    "pinterest": Aspect.PORTRAIT_2_3,
    "youtube": Aspect.WIDE,
    "linkedin": Aspect.SQUARE,
    "facebook": Aspect.SQUARE,
    "social media": Aspect.SQUARE,
    "social": Aspect.SQUARE,
}


def singular(word: str) -> str:
    """`stories` -> `story`, `logos` -> `logo`; words ending in `ss` stay."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("shes", "ches", "sses")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def format_ending(words: list[str]) -> tuple[Found | None, int]:
    """The longest format that these words end with, and how many words it takes.

    `["fox", "logos"]` ends with the format `logo` of one word.
    """
    for length in range(min(_LONGEST, len(words)), 0, -1):
        tail = [word.lower() for word in words[-length:]]
        for last in (tail[-1], singular(tail[-1])):
            phrase = " ".join([*tail[:-1], last])
            if phrase in _BY_WORDS:
                return Found(_BY_WORDS[phrase], phrase), length
    return None, 0


def needs_for(found: Found) -> bool:
    """Whether the word is too common to be a format unless "for" or nothing follows."""
    return found.words in _NEEDS_FOR


def take_place(text: str) -> tuple[Aspect | None, str]:
    """Where a text says at a clause's end that the image will stand, and the text without it.

    "a fox for an Instagram story" -> 9:16, "a fox".
    """
    for closing in _CLOSING.finditer(text):
        words = closing[1].lower()
        aspect = _NETWORKS.get(words)
        found, length = format_ending(words.split())
        is_whole = found is not None and length == len(words.split())
        is_said = closing[0].startswith(",") and found is not None and needs_for(found)
        if found and is_whole and not is_said and found.format.role is Role.PLACE:
            aspect = found.format.aspect
        if aspect:
            return aspect, f"{text[: closing.start()]} {text[closing.end() :]}"
    return None, text
