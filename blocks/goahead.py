"""The question whether a tool without a card may go ahead, and what became of it."""

from collections.abc import Iterable
from datetime import datetime

from blocks.message import Message, message
from blocks.parts import actions, button, context, section
from blocks.text import mention, when
from bot.domain.people import Tool

ALLOW = "request_allow"
REFUSE = "request_refuse"


def question(
    tool: Tool,
    *,
    request_id: str,
    requester_id: str,
    approver_ids: Iterable[str],
    expires_at: datetime,
) -> Message:
    """Whether to go ahead; the buttons carry the request."""
    words = f"{tool.label} needs a go-ahead in this workspace."
    deciders = [requester_id, *sorted(set(approver_ids) - {requester_id})]
    who = f"{' or '.join(map(mention, deciders))} can decide until {when(expires_at)}."
    row = actions(
        [
            button(
                "Go ahead",
                action_id=ALLOW,
                value=request_id,
                spoken=f"Go ahead: {tool.label.lower()}",
                style="primary",
            ),
            button("No", action_id=REFUSE, value=request_id, spoken=f"No: {tool.label.lower()}"),
        ]
    )
    return message([words, who], [section(words), row, context(who)])


def decided(tool: Tool, *, by: str, at: datetime, is_allowed: bool) -> Message:
    """Who said what, and when; the buttons are gone."""
    if is_allowed:
        return _said(f"{tool.label}: {mention(by)} said to go ahead, {when(at)}.")
    return _said(f"{tool.label}: {mention(by)} said no, {when(at)}. Nothing was done.")


def lapsed(tool: Tool) -> Message:
    """Nobody decided in time."""
    return _said(
        f"{tool.label}: nobody said to go ahead in time. Nothing was done; just ask again."
    )


def _said(words: str) -> Message:
    return message([words], [section(words)])
