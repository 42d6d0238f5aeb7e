"""The form with a channel's mode: ids, modal(), parse()."""

from collections.abc import Mapping

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    DividerBlock,
    InputBlock,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import context, literal, option, paragraphs
from blocks.settings.form import Errors, by_block, frame
from bot.domain.people import ChannelMode, Workspace
from bot.domain.rules import with_channel_mode

MODAL = "settings_channels"
CHANNEL = "settings_channel"
MAX_LISTED = 40

NAMES: Mapping[ChannelMode, str] = {
    ChannelMode.MENTIONS: "Mentions",
    ChannelMode.REQUESTS: "Requests",
    ChannelMode.OFF: "Off",
}
WORDS: Mapping[ChannelMode, str] = {
    ChannelMode.MENTIONS: "I answer mentions, /studio and replies in my threads. The usual.",
    ChannelMode.REQUESTS: "I also answer clear requests for an image without a mention.",
    ChannelMode.OFF: "I do not work in this channel at all.",
}


def modal(workspace: Workspace, *, channel_id: str = "", note: str = "") -> View:
    """One channel's mode, once a channel is chosen, and which channels have one of their own."""
    choices = [option(mode.value, NAMES[mode], description=WORDS[mode]) for mode in ChannelMode]
    shown = workspace.channel_mode(channel_id)
    modes = sorted(workspace.channel_modes.items())
    own = [f"• <#{each}>: {NAMES[mode].lower()}" for each, mode in modes]
    if len(own) > MAX_LISTED:
        own = [*own[:MAX_LISTED], f"and {len(own) - MAX_LISTED} more"]
    listed: list[Block] = (
        [*paragraphs(["*Channels with a mode of their own*", *own])]
        if own
        else [context("All channels are set to mentions.")]
    )
    blocks: list[Block] = [
        InputBlock(
            block_id=state.block_id("channel"),
            label="Channel",
            dispatch_action=True,
            element=ConversationSelectElement(
                action_id=CHANNEL,
                placeholder="Choose a channel",
                initial_conversation=channel_id or None,
                filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
            ),
        ),
        InputBlock(
            # A new channel shows its own mode, not the one ticked for another.
            block_id=state.block_id("channel_mode", channel_id),
            label="What I listen to there",
            hint=literal("Direct messages are always for me."),
            element=RadioButtonsElement(
                action_id="settings_channel_mode",
                options=choices,
                initial_option=next(c for c in choices if c.value == shown.value),
            ),
        ),
        DividerBlock(),
        *listed,
    ]
    return frame(MODAL, "Channels", blocks, revision=workspace.revision, note=note)


def channel_of(values: state.Values) -> str:
    """The channel that is chosen; empty where none is."""
    return state.entered(values, "channel") or ""


def parse(values: state.Values, workspace: Workspace) -> Workspace | Errors:
    """The rules with the channel's mode; or what is wrong."""
    errors: Errors = {}
    channel_id, mode = channel_of(values), state.entered(values, "channel_mode")
    if not channel_id:
        errors["channel"] = "Choose a channel."
    elif not channel_id.startswith(("C", "G")):
        errors["channel"] = "Choose a channel; direct messages are always for me."
    chosen = next((each for each in ChannelMode if each == mode), None)
    if chosen is None:
        errors["channel_mode"] = "Choose mentions, requests or off."
    if errors or chosen is None:
        return by_block(values, errors)
    return with_channel_mode(workspace, channel_id, chosen)
