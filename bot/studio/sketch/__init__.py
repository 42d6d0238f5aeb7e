"""A prompt, a style, a size and a seed in; a composed picture out. No model, no network, no key."""

from typing import TYPE_CHECKING

from bot.studio.sketch.brief import STYLES, Archetype, Brief, read

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["STYLES", "describe", "draw"]


def draw(
    prompt: str, *, style: str, width_px: int, height_px: int, seed: int, title: str = ""
) -> "Image":
    """Compose a picture, `height_px` x `width_px`, RGB; the same arguments give the same pixels.

    An unknown style is drawn as an illustration. A title, like quoted words in the prompt, is set
    in type unless the prompt asks for none.
    """
    from bot.studio.sketch import compose

    return compose.picture(
        read(prompt, style=style, title=title),
        style=style,
        width_px=width_px,
        height_px=height_px,
        seed=seed,
    )


def describe(prompt: str, *, style: str) -> str:
    """What is drawn for a prompt, in a few words without a full stop, for the alt text."""
    from bot.studio.sketch import lettering

    brief = read(prompt, style=style)
    title, _ = lettering.readable(brief.title, "sans")
    drawn = _drawn(brief, title=title)
    lettered = brief.archetype is not Archetype.WORDS and brief.archetype is not Archetype.PATTERN
    return f'{drawn}, with the words "{title}"' if title and lettered else drawn


def _drawn(brief: Brief, *, title: str) -> str:
    """The main thing and where it is; what may be left out for want of room is not promised."""
    main = brief.subject.with_article if brief.subject else ""
    outdoors = brief.place is not None or brief.subject is None or brief.subject.is_open
    place = f" {brief.setting}" if brief.setting and outdoors else ""
    match brief.archetype:
        case Archetype.PRODUCT:
            return f"{main} in a still life"
        case Archetype.SCENE:
            return f"{main or 'a landscape'}{place}"
        case Archetype.POSTER if main or brief.place:
            return f"a poster of {main or 'a landscape'}{place}"
        case Archetype.POSTER:
            return "a poster of geometric shapes"
        case Archetype.LOGO:
            return f"a logo whose mark is {main}" if main else "a logo with a geometric mark"
        case Archetype.PATTERN:
            motifs = [subject.plural for subject in (brief.subject, *brief.others) if subject]
            return f"a repeating pattern of {_listed(motifs) or 'simple flowers'}"
        case Archetype.WORDS:
            if title:
                return f'the words "{title}" set in type beside geometric shapes'
            return "an abstract composition of geometric shapes"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
