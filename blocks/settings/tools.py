"""The form with every tool's mode: ids, modal(), parse()."""

from collections.abc import Mapping

from slack_sdk.models.blocks import InputBlock, StaticSelectElement
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import context, literal, option
from blocks.settings.form import Errors, by_block, frame
from bot.domain.people import Mode, Tool, Workspace

MODAL = "settings_tools"

MEANINGS: Mapping[Tool, str] = {
    Tool.BROWSE_MODELS: "Showing models, prices and what each is good for. Costs nothing.",
    Tool.LIST_IMAGES: "Showing and searching images made here. Costs nothing.",
    Tool.PROPOSE: "Posting a card with a prompt, a model and a price. Costs nothing.",
    Tool.IMPORT_ATTACHMENT: "Keeping pictures that people post, to edit them. Costs nothing.",
    Tool.GENERATE: "Making one image, in up to 4 variations. Spends credits.",
    Tool.GENERATE_BATCH: "Making several different images from one card. Spends credits.",
    Tool.EDIT: "Changing an image as somebody says. Spends credits.",
    Tool.UPSCALE: "Making an image larger. Spends credits.",
    Tool.INSERT_INTO_CANVAS: "Putting images into a canvas. Changes a document.",
}
MODE_NAMES: Mapping[Mode, str] = {Mode.AUTO: "Auto", Mode.ASK: "Ask", Mode.BLOCKED: "Blocked"}
_MODE_WORDS: Mapping[Mode, str] = {
    Mode.AUTO: "Runs at once, without asking; the card says what it cost",
    Mode.ASK: "A person has to approve it first",
    Mode.BLOCKED: "Never runs, for anybody, until an admin changes this",
}
_FREE = {
    Mode.AUTO: "Happens at once",
    Mode.ASK: "A person has to say “Go ahead” first",
    Mode.BLOCKED: _MODE_WORDS[Mode.BLOCKED],
}


def modal(workspace: Workspace, *, note: str = "") -> View:
    """The modes as they are, or as somebody drafted them for that revision of the rules."""
    blocks = [
        context("Blocked wins over everything, also over work that was approved and still waits."),
        *(_row(workspace, tool) for tool in Tool),
    ]
    return frame(MODAL, "Tools", blocks, revision=workspace.revision, note=note)


def parse(values: state.Values, workspace: Workspace) -> Workspace | Errors:
    """The rules with what was chosen; or what is wrong."""
    errors: Errors = {}
    modes = dict(workspace.modes)
    for tool in Tool:
        chosen = state.entered(values, _field(tool))
        if chosen not in set(Mode):
            errors[_field(tool)] = "Choose auto, ask or blocked."
        elif Mode(chosen) is not workspace.mode(tool):
            modes[tool] = Mode(chosen)
    if errors:
        return by_block(values, errors)
    return workspace.model_copy(update={"modes": modes})


def _row(workspace: Workspace, tool: Tool) -> InputBlock:
    words = _MODE_WORDS if MEANINGS[tool].find("Costs nothing") < 0 else _FREE
    options = [option(m.value, MODE_NAMES[m], description=words[m]) for m in Mode]
    chosen = workspace.mode(tool)
    return InputBlock(
        block_id=state.block_id(_field(tool)),
        label=tool.label,
        hint=literal(MEANINGS[tool]),
        element=StaticSelectElement(
            action_id=f"settings_{_field(tool)}",
            placeholder="Choose a mode",
            options=options,
            initial_option=next(o for o in options if o.value == chosen.value),
        ),
    )


def _field(tool: Tool) -> str:
    return f"mode_{tool.value}"
