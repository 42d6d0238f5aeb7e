"""Whether channels are public: asked of Slack, kept in our rows, asked again before it matters."""

from collections.abc import Collection
from datetime import timedelta

from bot.errors import SlackError, SlackUnavailable
from bot.services import Services
from storage import channels

_BELIEVED = timedelta(minutes=5)
"""How old an answer may be where others' images are about to be shown because of it."""
_KEPT = timedelta(days=1)
_AT_ONCE = 20


async def check_public(services: Services, channel_ids: Collection[str], *, team_id: str) -> bool:
    """See that these channels still are public; False where one is not, which is then noted."""
    if not channel_ids:
        return True
    before = services.now() - _BELIEVED
    due = await services.store.read(
        channels.stale, sorted(channel_ids), team_id=team_id, before=before
    )
    answers = [await _ask(services, channel_id, team_id=team_id) for channel_id in due]
    return all(answers)


async def learn(services: Services) -> None:
    """Ask about channels of which nothing was heard for long; some at a time."""
    before = services.now() - _KEPT
    for team_id, channel_id in await services.store.read(
        channels.unchecked, before=before, limit=_AT_ONCE
    ):
        await _ask(services, channel_id, team_id=team_id)


async def _ask(services: Services, channel_id: str, *, team_id: str) -> bool:
    try:
        is_public = await services.slack.is_public(channel_id)
    except SlackUnavailable:
        return False  # what cannot be asked now is not shown now
    except SlackError:
        is_public = False
    await services.store.note(
        channels.note, channel_id, team_id=team_id, is_public=is_public, at=services.now()
    )
    return is_public
