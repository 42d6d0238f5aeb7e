"""What goes with posted images: the line above them and the alt text of each."""

from collections.abc import Sequence

from blocks.text import clip, credits, duration, one_line, plural, quoted, sentence
from blocks.words import SEPARATOR, honest_name, seed_words, style_name
from bot.domain.catalog import Catalog
from bot.domain.proposals import Item

MAX_ALT_CHARS = 1000
"""Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal (2026-11)"""

_ALT_BEGINNING = "AI-generated image: "
_NOT_AI = " Composed by the sketch engine, not an AI model."


def receipt(items: Sequence[Item], catalog: Catalog) -> str:
    """What was made, with what, how long it took and what was charged, in mrkdwn.

    One line for a single item; for a batch the sum first, then a line for each.
    """
    if len(items) == 1:
        return SEPARATOR.join(_words(items[0], catalog))
    images = plural(sum(item.made_count for item in items), "image")
    charged = credits(sum(item.charged_credits for item in items))
    lines = [f"*{images}*{SEPARATOR}{charged} charged"]
    lines += [f"{item.position}  {SEPARATOR.join(_words(item, catalog))}" for item in items]
    return "\n".join(lines)


def _words(item: Item, catalog: Catalog) -> list[str]:
    settings = item.settings
    words = [
        f"*{quoted(item.title)}*",
        honest_name(catalog.model(settings.model_id), settings.model_id),
    ]
    if settings.scale is not None:
        words.append(f"{settings.scale} times the size")
    elif not item.sources:
        words += [style_name(settings, catalog), settings.aspect.label]
    seed = seed_words(item)
    if seed:
        words.append(seed)
    if item.seconds is not None:
        words.append(duration(item.seconds))
    words.append(f"{credits(item.charged_credits)} charged")
    return words


def alt_text(title: str, description: str, *, is_ai: bool) -> str:
    """What one picture shows, for people who cannot see it; a plain string, not mrkdwn.

    Every picture we post begins the same; where no AI model made it, the end says so.
    """
    ending = "" if is_ai else _NOT_AI
    shown = sentence(one_line(title, 200))
    if description.strip():
        room = MAX_ALT_CHARS - len(_ALT_BEGINNING) - len(ending) - len(shown) - 2
        shown = f"{shown} {sentence(one_line(description, room))}"
    return f"{_ALT_BEGINNING}{shown}{ending}"


def alt_body(alt: str) -> str:
    """What an alt text says of the picture itself, without what we add to every one."""
    return alt.removeprefix(_ALT_BEGINNING).removesuffix(_NOT_AI).strip()


def alt_whole(body: str, *, is_generated: bool, is_ai: bool) -> str:
    """A person's words about a picture with what we add: that it is generated, and how."""
    if not is_generated:
        return clip(body, MAX_ALT_CHARS)
    ending = "" if is_ai else _NOT_AI
    return f"{_ALT_BEGINNING}{clip(body, MAX_ALT_CHARS - len(_ALT_BEGINNING + ending))}{ending}"
