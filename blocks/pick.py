"""The menus of a form in which a model, a style or an aspect is chosen."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Option, OptionGroup

from blocks.parts import MAX_GROUP_OPTIONS, literal, option
from blocks.words import about_words
from bot.domain.catalog import Catalog, ImageModel
from bot.domain.people import Tool


def model_options(
    catalog: Catalog, models: Sequence[ImageModel], *, tool: Tool
) -> list[OptionGroup]:
    """The given models of the catalog as groups by task, in the catalog's order of tasks."""
    wanted = {model.id for model in models}
    groups = []
    for task, offered in catalog.by_task():
        options = [model_option(model, tool=tool) for model in offered if model.id in wanted]
        if options:
            label = task.value[0].upper() + task.value[1:]
            groups.append(OptionGroup(label=literal(label), options=options[:MAX_GROUP_OPTIONS]))
    return groups


def model_option(model: ImageModel, *, tool: Tool) -> Option:
    """The same wherever a model can be chosen: Slack compares the initial option with the list."""
    return option(model.id, model.label, description=about_words(model, tool=tool))


def style_options(catalog: Catalog) -> list[Option]:
    """Every style."""
    return [option(style.id, style.name) for style in catalog.styles]


def selected(options: Sequence[Option], value: str) -> Option | None:
    """The option with that value, if it is there."""
    return next((entry for entry in options if entry.value == value), None)
