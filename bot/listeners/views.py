"""Where a press came from, and how what answers it is opened, laid on top or redrawn."""

from slack_sdk.models.views import View

from bot.errors import SlackError
from bot.gallery.forms import Opener
from bot.gallery.shown import Place
from bot.listeners.who import Json
from bot.services import Services

_SUBTLE = frozenset({"hash_conflict", "not_found", "view_not_found"})
"""The modal was closed, or a newer press redraws it."""


def there(body: Json) -> Place:
    """The thread of the message in which something was pressed."""
    container = body["container"]
    thread_ts = container.get("thread_ts") or container.get("message_ts")
    return Place(str(container["channel_id"]), str(thread_ts))


def pressed_in(body: Json) -> str:
    """The channel in which something was pressed, on Slack's word; empty for a modal or the Home.

    Who pressed there can see what stands there.
    """
    return str((body.get("container") or {}).get("channel_id") or "")


def moment(body: Json, action: Json) -> str:
    """What tells one press from the next, and not one delivery of it from another."""
    return str(action.get("action_ts") or body.get("trigger_id"))


def opener(services: Services, body: Json) -> Opener:
    """Opens a modal with the press's trigger."""

    async def open_it(view: View) -> None:
        await services.slack.open_view(str(body["trigger_id"]), view)

    return open_it


def pusher(services: Services, body: Json) -> Opener:
    """Lays a modal on the one in which something was pressed."""

    async def push(view: View) -> None:
        await services.slack.push_view(str(body["trigger_id"]), view)

    return push


def updater(services: Services, view_id: str, view_hash: str | None = None) -> Opener:
    """Puts a modal in the place of one, if that is still open and as it was."""

    async def update(view: View) -> None:
        try:
            await services.slack.update_view(view_id, view_hash, view)
        except SlackError as error:
            if error.code not in _SUBTLE:
                raise

    return update
