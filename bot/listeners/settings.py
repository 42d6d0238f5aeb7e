"""The forms of the settings: opened by an admin, redrawn, saved; the page that everybody may read.

Who may change the rules is asked of Slack afresh, when a form opens and again when it is sent.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.models.views import View

from blocks import notices
from blocks.message import view_to_json
from blocks.settings import channels, keeping, keys, models, people, sections, tools
from blocks.settings.form import Errors, changed_meanwhile, revision_of
from blocks.settings.sections import Section
from blocks.state import Values
from bot import permissions, settings
from bot.domain.people import ChannelMode, Person, Workspace
from bot.domain.rules import differences, with_channel_mode
from bot.errors import SlackError
from bot.home import publish
from bot.keys import key_view
from bot.listeners.views import updater
from bot.listeners.who import Json, forged, pressed
from bot.services import Services

_Parsed = Workspace | Errors


class _Form(Protocol):
    """One form: its view of some rules, and the rules with what was entered into it."""

    def __call__(
        self, services: Services, workspace: Workspace, *, values: Values, note: str
    ) -> View: ...


async def open_form(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the form of a section, from the Home or from the page of all settings."""
    person = await settings.admin(services, str(body["user"]["id"]), team_id=team_of(body, context))
    try:
        wanted = Section(pressed(action))
    except ValueError as error:
        raise forged() from error
    await _open(services, body, person, wanted)
    await ack()


async def open_budgets(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the budgets from the message in which somebody asks for more."""
    person = await settings.admin(services, str(body["user"]["id"]), team_id=team_of(body, context))
    await _open(services, body, person, Section.PEOPLE)
    await ack()


async def open_page(services: Services, trigger_id: str, person: Person) -> None:
    """Open the page of all settings, to change them or to read who can."""
    await services.slack.open_view(trigger_id, await _page(services, person))


async def take(ack: AsyncAck, command: Json, services: Services) -> bool:
    """Answer `/studio settings` and `/studio channel …`; False for all else.

    Raises: NotAllowed.
    """
    words = str(command.get("text") or "").casefold().split()
    if words == ["settings"]:
        person = await services.slack.person(
            str(command["user_id"]), team_id=str(command["team_id"]), is_fresh=True
        )
        await open_page(services, str(command["trigger_id"]), person)
        await ack()
        return True
    if len(words) == 2 and words[0] == "channel" and words[1] in set(ChannelMode):
        said = await _set_channel(services, command, ChannelMode(words[1]))
        await ack(text=said, response_type="ephemeral")
        return True
    return False


async def _set_channel(services: Services, command: Json, mode: ChannelMode) -> str:
    """Set the mode of the channel a command was typed in; the sentence that says so.

    Raises: NotAllowed.
    """
    person = await settings.admin(
        services, str(command["user_id"]), team_id=str(command["team_id"])
    )
    channel_id = str(command["channel_id"])
    if channel_id.startswith("D"):
        return "Direct messages are always for me. Type this in a channel instead."
    await settings.change_now(
        services, person, lambda rules: with_channel_mode(rules, channel_id, mode)
    )
    return f"{channels.NAMES[mode]} it is in this channel. {channels.WORDS[mode]}"


async def choose_channel(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show the mode of the channel that was just chosen."""
    await ack()
    person = await settings.admin(services, str(body["user"]["id"]), team_id=team_of(body, context))
    view = body["view"]
    workspace = await services.workspace(person.team_id)
    chosen = channels.channel_of(view["state"]["values"])
    update = updater(services, str(view["id"]), str(view["hash"]))
    await update(channels.modal(workspace, channel_id=chosen))


def _saver(
    form: Callable[[Services, Workspace, Values, str], View],
    parse: Callable[[Services, Values, Workspace], _Parsed],
    *,
    check: Callable[[Services, Person, Workspace], Awaitable[Errors]] | None = None,
) -> Callable[[AsyncAck, Json, Json, AsyncBoltContext, Services], Awaitable[None]]:
    """Keeps what a form says; what is wrong stands under its field."""

    async def save(
        ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
    ) -> None:
        team_id = team_of(body, context)
        person = await settings.admin(services, str(body["user"]["id"]), team_id=team_id)
        values = view["state"]["values"]
        entered = parse(services, values, await services.workspace(team_id))
        if not isinstance(entered, Workspace):
            await ack(response_action="errors", errors=entered)
            return
        wrong = await check(services, person, entered) if check is not None else {}
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return

        def change(workspace: Workspace) -> Workspace:
            again = parse(services, values, workspace)
            return again if isinstance(again, Workspace) else workspace

        revision = revision_of(str(view["private_metadata"]))
        saved = await settings.save(services, person, revision=revision, change=change)
        if isinstance(saved, settings.Conflict):
            draft = change(saved.workspace)
            note = changed_meanwhile(saved.by, differences(saved.workspace, draft))
            fresh = form(services, draft, values, note)
            await ack(response_action="update", view=view_to_json(fresh))
            return
        await ack()
        await refresh(services, person, view)

    return save


async def _check_approvers(services: Services, person: Person, rules: Workspace) -> Errors:
    """Approvers who could not approve anything are no approvers."""
    for user_id in sorted(rules.approvers):
        try:
            approver = await services.slack.person(user_id, team_id=person.team_id)
        except SlackError:
            return {people.APPROVERS: "One of these people is not in this workspace any more."}
        reason = permissions.outsider(rules, approver)
        if reason is not None:
            return {
                people.APPROVERS: f"{approver.name} may not spend credits, so could not approve "
                "anything. Allow it below, or choose somebody else."
            }
    return {}


save_tools = _saver(
    lambda _s, rules, _v, note: tools.modal(rules, note=note),
    lambda _s, values, rules: tools.parse(values, rules),
)
save_models = _saver(
    lambda s, rules, _v, note: models.modal(rules, s.available(rules), note=note),
    lambda s, values, rules: models.parse(values, rules, s.available(rules)),
)
save_people = _saver(
    lambda _s, rules, _v, note: people.modal(rules, note=note),
    lambda _s, values, rules: people.parse(values, rules),
    check=_check_approvers,
)
save_channels = _saver(
    lambda _s, rules, values, note: channels.modal(
        rules, channel_id=channels.channel_of(values), note=note
    ),
    lambda _s, values, rules: channels.parse(values, rules),
)
save_keeping = _saver(
    lambda s, rules, _v, note: keeping.modal(
        rules, usual_hours=s.settings.proposal_lifetime_hours, note=note
    ),
    lambda _s, values, rules: keeping.parse(values, rules),
)


async def _open(services: Services, body: Json, person: Person, wanted: Section) -> None:
    workspace = await services.workspace(person.team_id)
    hours = services.settings.proposal_lifetime_hours
    match wanted:
        case Section.TOOLS:
            view = tools.modal(workspace)
        case Section.MODELS:
            view = models.modal(workspace, services.available(workspace))
        case Section.PEOPLE:
            view = people.modal(workspace)
        case Section.CHANNELS:
            view = channels.modal(workspace)
        case Section.KEEPING:
            view = keeping.modal(workspace, usual_hours=hours)
        case Section.KEYS:
            view = keys.modal(await key_view(services, workspace))
    is_in_modal = (body.get("view") or {}).get("type") == "modal"
    opening = services.slack.push_view if is_in_modal else services.slack.open_view
    await opening(str(body["trigger_id"]), view)


async def refresh(services: Services, person: Person, view: Json) -> None:
    """Bring what lies under a saved form up to date: the page of all settings, and the Home."""
    below = view.get("previous_view_id")
    if below:
        await updater(services, str(below))(await _page(services, person))
    await publish(services, person)


async def _page(services: Services, person: Person) -> View:
    may_change = permissions.may_set_rules(person) is None
    names = [] if may_change else [p.name for p in await services.admins(person.team_id)]
    workspace = await services.workspace(person.team_id)
    return sections.overview(
        workspace,
        services.available(workspace),
        usual_hours=services.settings.proposal_lifetime_hours,
        may_change=may_change,
        admin_words=notices.who_can_change(names),
        key_view=await key_view(services, workspace) if may_change else None,
    )


def team_of(body: Json, context: AsyncBoltContext) -> str:
    """The workspace that an interaction came from."""
    return str(context.team_id or body["team"]["id"])
