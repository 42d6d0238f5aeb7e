"""The App Home: shown when somebody opens it, searched, leafed through, decided from."""

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import review, search
from blocks.proposal import CardView, card, unpack
from bot import decisions, permissions, refusals
from bot.domain.people import Person, Tool
from bot.domain.search import Search
from bot.home import publish
from bot.listeners import settings
from bot.listeners.decide import move
from bot.listeners.views import opener, updater
from bot.listeners.who import Json, actor, forged, pressed
from bot.services import Services


async def opened(event: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show a person what waits, what runs, what came out and what it cost."""
    if event.get("tab") != "home":
        return
    person = await services.slack.person(str(event["user"]), team_id=str(context.team_id))
    view_hash = (event.get("view") or {}).get("hash")
    await publish(services, person, view_hash=view_hash)


async def open_search(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Ask what is looked for."""
    person = await actor(body, context, services)
    await _check_listing(services, person)
    wanted, _ = _shown(body)
    catalog = services.available(await services.rules(person.team_id))
    await opener(services, body)(search.modal(wanted, catalog))
    await ack()


async def find(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show what was looked for."""
    person = await actor(body, context, services)
    await _check_listing(services, person)
    wanted = search.parse(view["state"]["values"])
    if not isinstance(wanted, Search):
        await ack(response_action="errors", errors=wanted)
        return
    await ack()
    await publish(services, person, search=wanted, shows_images=True)


async def everything(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show a person's own images again."""
    await ack()
    await _again(body, context, services, Search(), 0)


async def starred(ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services) -> None:
    """Show only what has the person's star."""
    await ack()
    wanted, _ = _shown(body)
    await _again(body, context, services, wanted.model_copy(update={"is_starred": True}), 0)


async def turn(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show another page."""
    number = pressed(action)
    if not (number.isascii() and number.isdecimal() and int(number[:9]) <= search.MAX_PAGE):
        raise forged()
    await ack()
    wanted, _ = _shown(body)
    await _again(body, context, services, wanted, int(number))


async def show_images(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """List the images, where that needs a go-ahead."""
    await ack()
    await _again(body, context, services, Search(), 0)


async def see_settings(
    ack: AsyncAck, body: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Open the page of all settings."""
    person = await actor(body, context, services)
    await settings.open_page(services, str(body["trigger_id"]), person)
    await ack()


async def open_review(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Show a proposal to somebody who may decide it, wherever its card stands."""
    person = await actor(body, context, services)
    proposal = await decisions.find(services, pressed(action), team_id=person.team_id)
    await decisions.check_decider(services, proposal, person)
    balance = await services.balance(person.team_id)
    catalog = services.offered(await services.rules(person.team_id))
    shown = card(CardView(proposal=proposal, catalog=catalog, balance=balance))
    await opener(services, body)(review.modal(proposal, shown))
    await ack()


async def approve(
    ack: AsyncAck, body: Json, view: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Approve what the modal showed."""
    person = await actor(body, context, services)
    try:
        proposal_id, revision = unpack(str(view["private_metadata"]))
    except ValueError as error:
        raise forged() from error
    change = decisions.approve(services, proposal_id, revision=revision, person=person)
    await move(ack, services, person, proposal_id, change)
    await publish(services, person)


async def deny(
    ack: AsyncAck, body: Json, action: Json, context: AsyncBoltContext, services: Services
) -> None:
    """Deny what the modal showed."""
    person = await actor(body, context, services)
    proposal_id = pressed(action)
    change = decisions.deny(services, proposal_id, feedback="", person=person)
    await move(ack, services, person, proposal_id, change)
    words = "You denied it. Nothing was charged, and its card says so."
    await updater(services, str(body["view"]["id"]))(review.done(words))
    await publish(services, person)


async def _again(
    body: Json, context: AsyncBoltContext, services: Services, wanted: Search, number: int
) -> None:
    person = await actor(body, context, services)
    await _check_listing(services, person)
    view_hash = str(body["view"]["hash"])
    await publish(
        services, person, search=wanted, page=number, view_hash=view_hash, shows_images=True
    )


async def _check_listing(services: Services, person: Person) -> None:
    workspace = await services.workspace(person.team_id)
    refusals.check(permissions.decide(workspace, person, Tool.LIST_IMAGES), workspace)


def _shown(body: Json) -> tuple[Search, int]:
    """What the Home shows now."""
    view = body.get("view") or {}
    return search.unpack(str(view.get("private_metadata") or ""))
