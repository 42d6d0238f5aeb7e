"""The form with the models that may be used and the one to begin with: ids, modal(), parse()."""

from slack_sdk.models.blocks import (
    InputBlock,
    Option,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import MAX_GROUP_OPTIONS, literal, option
from blocks.settings.form import Errors, by_block, frame
from blocks.words import about_words
from bot.domain.catalog import Catalog, ImageModel
from bot.domain.people import Workspace

MODAL = "settings_models"
_BY_TASK = "by-task"


def modal(workspace: Workspace, catalog: Catalog, *, note: str = "") -> View:
    """The models as they are allowed, or as somebody drafted it."""
    options = [_option(model) for model in catalog.models[:MAX_GROUP_OPTIONS]]
    allowed = workspace.model_ids or frozenset()
    usual = option(_BY_TASK, "Chosen by task", description="What fits the request best")
    makers = [_option(m) for m in catalog.models if m.generates][: MAX_GROUP_OPTIONS - 1]
    defaults = [usual, *makers]
    blocks = [
        InputBlock(
            block_id=state.block_id("model_ids"),
            label="Models that may be used",
            hint=literal("Leave it empty to allow all of them, new ones included."),
            optional=True,
            element=StaticMultiSelectElement(
                action_id="settings_model_ids",
                placeholder="All models",
                options=options,
                initial_options=[o for o in options if o.value in allowed] or None,
            ),
        ),
        InputBlock(
            block_id=state.block_id("default_model_id"),
            label="Model to propose first",
            hint=literal("Wherever it can do what is asked; people can choose another one."),
            element=StaticSelectElement(
                action_id="settings_default_model_id",
                placeholder="Chosen by task",
                options=defaults,
                initial_option=next(
                    (o for o in defaults if o.value == workspace.default_model_id), usual
                ),
            ),
        ),
    ]
    return frame(MODAL, "Models", blocks, revision=workspace.revision, note=note)


def parse(values: state.Values, workspace: Workspace, catalog: Catalog) -> Workspace | Errors:
    """The rules with what was chosen; or what is wrong."""
    errors: Errors = {}
    known = {model.id for model in catalog.models}
    chosen = frozenset(state.chosen(values, "model_ids"))
    if chosen - known:
        errors["model_ids"] = "Choose models from the list."
    elif chosen and not any(m.generates and m.id in chosen for m in catalog.models):
        errors["model_ids"] = "Allow at least one model that makes images from words."
    allowed = chosen or None
    default = state.entered(values, "default_model_id")
    default_id = None if default in (None, _BY_TASK) else default
    if default_id is not None:
        if default_id not in known:
            errors["default_model_id"] = "Choose a model from the list."
        elif allowed is not None and default_id not in allowed:
            errors["default_model_id"] = "This model is not among those that may be used above."
    if errors:
        return by_block(values, errors)
    if allowed is not None and allowed == known:
        allowed = None
    return workspace.model_copy(update={"model_ids": allowed, "default_model_id": default_id})


def _option(model: ImageModel) -> Option:
    return option(model.id, model.label, description=about_words(model))
