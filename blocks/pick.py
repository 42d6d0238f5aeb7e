"""The menus of a form in which a model, a style or an aspect is chosen."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Option, OptionGroup

from blocks.parts import MAX_GROUP_OPTIONS, literal, option
from blocks.words import about_words
from bot.domain.catalog import Catalog, ImageModel, Task
from bot.domain.people import Tool


def model_options(
    models: Sequence[ImageModel], *, tool: Tool, words: str = ""
) -> list[OptionGroup]:
    """The given models, each once: under what it is best at, or as they fit the words, best first.

    Slack takes an option once in a menu.
    """
    if words.strip():
        groups = {"Best fit first": list(models)}
    else:
        groups = {}
        for task in Task:
            best = [model for model in models if model.tasks[0] is task]
            if best:
                groups[task.value[0].upper() + task.value[1:]] = best
    return [
        OptionGroup(
            label=literal(label),
            options=[model_option(model, tool=tool) for model in group[:MAX_GROUP_OPTIONS]],
        )
        for label, group in groups.items()
        if group
    ]


def model_option(model: ImageModel, *, tool: Tool) -> Option:
    """The same wherever a model can be chosen: Slack compares the initial option with the list."""
    return option(model.id, model.label, description=about_words(model, tool=tool))


def style_options(catalog: Catalog) -> list[Option]:
    """Every style."""
    return [option(style.id, style.name) for style in catalog.styles]


def selected(options: Sequence[Option], value: str) -> Option | None:
    """The option with that value, if it is there."""
    return next((entry for entry in options if entry.value == value), None)
