"""Payloads that no client sends: a listener called as Bolt would, by anybody, with anything."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

from bot.errors import UserError
from tests.conftest import Studio

Json = dict[str, Any]


class Ack:
    """What a listener acknowledged with."""

    def __init__(self) -> None:
        self.answers: list[Json] = []

    async def __call__(self, **answer: Any) -> None:
        self.answers.append(answer)


async def send(
    studio: Studio,
    listener: Callable[..., Awaitable[None]],
    *,
    user_id: str,
    **given: Any,
) -> str:
    """Have somebody send a payload; what they are told where it is refused, else nothing.

    `given` has the `action` or the `view`; the rest of the body is as Slack fills it in.
    """
    team_id = studio.slack.team_id
    body: Json = {
        "type": "block_actions",
        "user": {"id": user_id},
        "team": {"id": team_id},
        "trigger_id": "1.1.forged",
        "container": {"type": "message", "channel_id": "C0DESIGN01", "message_ts": "1.000001"},
        **given,
    }
    ack = Ack()
    arguments: Json = {
        "ack": ack,
        "body": body,
        "context": SimpleNamespace(team_id=team_id),
        "services": studio.services,
        **given,
    }
    names = listener.__code__.co_varnames[: listener.__code__.co_argcount]
    try:
        await listener(**{name: arguments[name] for name in names})
    except UserError as error:
        return error.words
    errors = [answer["errors"] for answer in ack.answers if answer.get("errors")]
    return str(errors[0]) if errors else ""
