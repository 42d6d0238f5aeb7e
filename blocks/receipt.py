"""What goes with posted images: the line above them and the alt text of each."""

from collections.abc import Sequence

from blocks.text import clip, credits, one_line, plural, quoted, sentence
from blocks.words import SEPARATOR, honest_name
from bot.domain.catalog import Catalog
from bot.domain.proposals import Item

MAX_ALT_CHARS = 1000
"""Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal (2026-11)"""

_ALT_BEGINNING = "AI-generated image: "
_NOT_AI = " Composed by the sketch engine, not an AI model."


def receipt(items: Sequence[Item], catalog: Catalog) -> str:
    """What was made, with what and what was charged, in mrkdwn; the card above has the rest.

    One line for a single item; for a batch the sum first, then the name of each, with its model
    where they differ.
    """
    charged = f"{credits(sum(item.charged_credits for item in items))} charged"
    models = [_model(item, catalog) for item in items]
    if len(items) == 1:
        return SEPARATOR.join([f"*{quoted(items[0].title)}*", models[0], charged])
    images = plural(sum(item.made_count for item in items), "image")
    names = [f"{item.position}  {quoted(item.title)}" for item in items]
    if len(set(models)) == 1:
        return "\n".join([SEPARATOR.join([f"*{images}*", models[0], charged]), *names])
    rows = [SEPARATOR.join(pair) for pair in zip(names, models, strict=True)]
    return "\n".join([SEPARATOR.join([f"*{images}*", charged]), *rows])


def _model(item: Item, catalog: Catalog) -> str:
    model_id = item.settings.model_id
    return honest_name(catalog.known(model_id), model_id)


def alt_text(title: str, description: str, *, is_ai: bool) -> str:
    """What one picture shows, for people who cannot see it; a plain string, not mrkdwn.

    Every picture we post begins the same; where no AI model made it, the end says so.
    """
    ending = "" if is_ai else _NOT_AI
    shown = sentence(one_line(title, 200))
    if description.strip():
        room = MAX_ALT_CHARS - len(_ALT_BEGINNING) - len(ending) - len(shown) - 2
        said = sentence(one_line(description, room))
        shown = f"{shown} {said[:1].upper()}{said[1:]}"
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
