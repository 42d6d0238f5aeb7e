"""The form with a provider's key: tested while a view says so, then kept; or the own one removed.

The key is in the submission's payload and in local variables, and goes from there to the provider
and sealed into the database, nowhere else.
"""

import asyncio
import time
from collections.abc import Awaitable

import structlog
from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import replies, state
from blocks.message import view_to_json
from blocks.settings import keys as form
from blocks.settings.form import revision_of
from blocks.settings.keys import KeyChange, ProviderKey
from bot import keys, settings
from bot.domain.ids import new_id
from bot.domain.people import Person
from bot.errors import BadField, SlackError, StorageError
from bot.listeners.settings import refresh, team_of
from bot.listeners.views import updater
from bot.listeners.who import Json
from bot.services import Services

_ACK_SECONDS = 3.0
"""How long Slack takes an acknowledgement; what it brings is shown by then, or never."""
_LOOK_SECONDS = 0.1

_BROKEN = "Something went wrong, and the key was not saved. I tell you more in our direct messages."

_log = structlog.stdlib.get_logger()


async def choose_provider(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show how the provider stands that was just chosen, with an empty field for its key."""
    await ack()
    team_id = team_of(body, context)
    person = await settings.admin(services, str(body["user"]["id"]), team_id=team_id)
    view = body["view"]
    chosen = state.entered(view["state"]["values"], "key_provider") or ""
    update = updater(services, str(view["id"]), str(view["hash"]))
    await update(await _form(services, person, chosen))


async def save(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Remove the own key at once, or test one and keep it."""
    team_id = team_of(body, context)
    person = await settings.admin(services, str(body["user"]["id"]), team_id=team_id)
    revision = revision_of(str(view["private_metadata"]))
    shown = await keys.key_view(services, await services.workspace(team_id))
    entered = form.parse(view["state"]["values"], shown)
    if not isinstance(entered, KeyChange):
        await ack(response_action="errors", errors=entered)
        return
    provider = entered.provider
    if shown.revision != revision:
        conflict = await settings.conflict(services, team_id)
        fresh = await _form(services, person, provider.name, form.changed_words(conflict.by))
        await ack(response_action="update", view=view_to_json(fresh))
        return
    if entered.key is None:
        saved = await keys.keep(services, person, provider, None, revision=revision)
        if isinstance(saved, settings.Conflict):
            fresh = await _form(services, person, provider.name, form.changed_words(saved.by))
            await ack(response_action="update", view=view_to_json(fresh))
            return
        await ack()
        await refresh(services, person, view)
        return
    # The provider may take longer than Slack waits.
    external_id = new_id("key")
    testing = form.testing(provider, external_id)
    await ack(response_action="update", view=view_to_json(testing))
    answer = _Answer(services, person, provider, view_id=str(view["id"]), external_id=external_id)
    try:
        is_kept = await _test_and_keep(answer, entered.key, revision=revision)
    except Exception:
        # Whatever is told elsewhere of a bug, the view does not go on saying “Testing”.
        await answer.show(await _form(services, person, provider.name, _BROKEN, external_id))
        raise
    if is_kept:
        await refresh(services, person, view)


class _Answer:
    """Puts the result in the place of the view that says “Testing”, or into direct messages."""

    def __init__(
        self,
        services: Services,
        person: Person,
        provider: ProviderKey,
        *,
        view_id: str,
        external_id: str,
    ) -> None:
        self.services = services
        self.person = person
        self.provider = provider
        self.external_id = external_id
        self._view_id = view_id
        self._deadline = time.monotonic() + _ACK_SECONDS

    async def problem(self, words: str) -> None:
        """Show the form again, empty, with what is wrong."""
        name = self.provider.name
        again = await _form(self.services, self.person, name, words, self.external_id)
        await self.say(again, words)

    async def say(self, view: View, words: str) -> None:
        """Show a view; where the person closed theirs, tell them."""
        if await self.show(view):
            return
        try:
            channel_id = await self.services.slack.open_dm(self.person.id)
            await self.services.slack.post(
                channel_id, replies.said(form.told(self.provider, words))
            )
        except SlackError as error:
            _log.warning("key_result_not_told", method=error.method, code=error.code)

    async def show(self, view: View) -> bool:
        """Put a view there; False where nothing is open there any more.

        Slack takes an acknowledgement and a call in either order. The id that only the view of the
        acknowledgement has is not found before that one is there, so that it never comes last.
        """
        slack = self.services.slack
        while time.monotonic() < self._deadline:
            if await self._found(slack.update_view_known_as(self.external_id, view)):
                return True
            await asyncio.sleep(_LOOK_SECONDS)
        # By now the acknowledgement is shown, so that either id will do.
        return await self._found(slack.update_view(self._view_id, None, view))

    async def _found(self, showing: Awaitable[None]) -> bool:
        try:
            await showing
        except SlackError as error:
            if error.code != "not_found":
                _log.warning("key_result_not_shown", code=error.code)
            return False
        return True


async def _test_and_keep(answer: _Answer, key: str, *, revision: int) -> bool:
    """Keep the key if its provider accepts it, and say which; False where it is not kept."""
    services, person, provider = answer.services, answer.person, answer.provider
    try:
        report = await keys.tested(services, provider, key)
        saved = await keys.keep(services, person, provider, key, revision=revision)
    except BadField as error:
        await answer.problem(form.problem_words(error.words))
        return False
    except StorageError as error:
        _log.warning("key_not_stored", reason=error.reason)
        words = f"{error.reason}, so the key was not saved. Please enter it again in a minute."
        await answer.problem(form.problem_words(words))
        return False
    if isinstance(saved, settings.Conflict):
        await answer.problem(form.changed_words(saved.by))
        return False
    words = form.kept_words(provider, report)
    await answer.say(form.kept(words), words)
    return True


async def _form(
    services: Services, person: Person, chosen: str, note: str = "", attempt: str = ""
) -> View:
    shown = await keys.key_view(services, await services.workspace(person.team_id))
    return form.modal(shown, chosen=chosen, note=note, attempt=attempt)
