"""Whatever random people do in random order, nothing is done without its permission."""

from pathlib import Path
from typing import Any

import pytest

from blocks.settings.sections import Section
from blocks.state import block_id
from bot.domain.people import Mode, Tool
from bot.listeners import (
    batch,
    budget,
    change,
    decide,
    goahead,
    home,
    image,
    insert,
    results,
    revise,
    settings,
    shortcuts,
    undo,
)
from tests.flows import acting
from tests.flows.acting import World, action, often
from tests.flows.forging import send
from tests.flows.results import full_studio

WISHES = ("draw a red fox", "two variations of a fox logo", "a poster of a lighthouse", "gallery")


@often
async def ask(world: World) -> None:
    name = world.person_name()
    place, wish = world.place(name), world.dice.choice(WISHES)
    words = wish if place == "dm" else f"@aethera {wish}"
    await world.studio.slack.person(name).say(words, channel=place)


@often
@often
async def approve(world: World) -> None:
    proposal = await world.any_proposal()
    if proposal is not None:
        await press(world, decide.approve, f"{proposal.id}.{proposal.revision}")


@action
async def approve_what_was_shown_before(world: World) -> None:
    proposal = await world.any_proposal()
    if proposal is not None:
        await press(world, decide.approve, f"{proposal.id}.{proposal.revision - 1}")


@action
async def approve_from_the_home(world: World) -> None:
    proposal = await world.any_proposal()
    if proposal is not None:
        view = {"private_metadata": f"{proposal.id}.{proposal.revision}", "state": {"values": {}}}
        await send(world.studio, home.approve, user_id=anybody(world), view=view)


@action
async def deny(world: World) -> None:
    proposal = await world.any_proposal()
    if proposal is not None:
        view = {"private_metadata": proposal.id, "state": {"values": {}}}
        await send(world.studio, decide.deny, user_id=anybody(world), view=view)


@action
async def press_nonsense(world: World) -> None:
    listener = world.dice.choice([decide.approve, decide.again, goahead.allow])
    await press(world, listener, world.dice.choice(["", "x", "prp_0.1", "prp_0.-1", "req_0"]))


@action
async def go_ahead(world: World) -> None:
    from storage import requests

    asked = await world.studio.services.store.read(requests.asked)
    if asked:
        await press(world, goahead.allow, world.dice.choice(asked).id)


@action
async def set_modes(world: World) -> None:
    values = {
        f"mode_{tool}": entry(selected_option={"value": world.rules.mode(tool).value})
        for tool in Tool
    }
    tool = world.dice.choice([*acting.COMMITTING, Tool.LIST_IMAGES, Tool.PROPOSE])
    mode = world.dice.choice([Mode.ASK, Mode.ASK, *Mode])
    values[f"mode_{tool}"] = entry(selected_option={"value": mode.value})
    await save(world, settings.save_tools, values)


@action
async def set_people(world: World) -> None:
    values = {
        "approvers": entry(selected_users=world.dice.choice([[], [world.user_id("ben")]])),
        "budget_credits": entry(value=world.dice.choice(["0", "5", "1000", "1000"])),
        "person_day_credits": entry(value=None),
        "channel_month_credits": entry(value=None),
        "outsiders": entry(
            selected_options=world.dice.choice([[], [{"value": "guests"}, {"value": "externals"}]])
        ),
    }
    await save(world, settings.save_people, values)


@action
async def open_a_form(world: World) -> None:
    button = {"value": world.dice.choice([*Section, "nonsense"])}
    user_id = world.dice.choice([world.user_id("ben"), world.user_id("cem")])
    assert await send(world.studio, settings.open_form, user_id=user_id, action=button)


@action
async def switch_a_channel_off_as_somebody(world: World) -> None:
    person = world.studio.slack.person(world.dice.choice(["ben", "ana"]))
    mode = world.dice.choice(["off", "mentions", "requests", "requests"])
    await person.command("/studio", f"channel {mode}", channel="design")


@action
async def ask_for_a_batch(world: World) -> None:
    name = world.dice.choice(["ana", "ben"])
    words = "@aethera make three homepage hero image concepts for a launch"
    await world.studio.slack.person(name).say(words, channel="design")


@action
async def touch_a_row(world: World) -> None:
    item = await world.any_item()
    if item is not None:
        listener, value = world.dice.choice(
            [
                (batch.use_row, f"remove:{item.id}"),
                (batch.use_row, f"edit:{item.id}"),
                (batch.restore, item.id),
                (revise.open_edit, item.id),
            ]
        )
        await press(world, listener, value)


@action
async def save_a_form(world: World) -> None:
    item = await world.any_item()
    proposal = await world.any_proposal()
    if item is not None and proposal is not None:
        fields = {"count": entry(value="2"), "aspect": entry(value="1:1")}
        edits = [(revise.save, item.id), (batch.save_set_all, proposal.id)]
        listener, packed = world.dice.choice(edits)
        await submit(world, listener, packed, fields)


@action
async def stop_retry_or_ask_for_more(world: World) -> None:
    proposal = await world.any_proposal()
    if proposal is not None:
        listener = world.dice.choice([batch.stop, decide.again, decide.again, budget.ask_for_more])
        await press(world, listener, proposal.id)


@often
async def work_on_an_image(world: World) -> None:
    made = await world.any_image()
    if made is not None:
        listener, value = world.dice.choice(
            [
                (results.vary, made.item_id),
                (results.upscale, f"{made.item_id}.2"),
                (results.edit, made.item_id),
                (results.full_size, f"{made.item_id}.1"),
                (results.open_image, made.id),
                (image.again, made.id),
                (image.star, made.id),
                (image.delete, made.id),
                (image.edit_alt, made.id),
                (insert.open_insert, made.id),
            ]
        )
        await press(world, listener, str(value))


@action
async def send_a_form_about_an_image(world: World) -> None:
    made = await world.any_image()
    if made is not None:
        place = world.dice.choice(["", " C0DESIGN01 ", " D0ANA00001 "])
        fields = {
            "instruction": entry(value="make it warmer"),
            "model_id": entry(value="sketch/retouch"),
            "count": entry(value="1"),
            "alt": entry(value="mine"),
        }
        listener = world.dice.choice([change.propose, shortcuts.enlarge, image.save_alt])
        await submit(world, listener, f"{made.id}{place}", fields)


@action
async def insert_an_image(world: World) -> None:
    made = await world.any_image()
    if made is not None:
        heading = block_id("heading", world.canvas_id)
        fields = {"canvas": entry(value=world.canvas_id), heading: entry(value="end")}
        await submit(world, insert.save_place, made.id, fields)


@action
async def undo_an_insertion(world: World) -> None:
    inserted = await world.any_insertion()
    if inserted is not None:
        await press(world, world.dice.choice([undo.undo, undo.again]), inserted.id)


async def submit(world: World, listener: Any, packed: str, fields: dict[str, Any]) -> None:
    """Somebody sends a form with this metadata."""
    world.forms += 1
    view = {
        "id": f"V0FORGED{world.forms}",
        "hash": "1",
        "callback_id": "",
        "private_metadata": packed,
        "state": {"values": fields},
    }
    await send(world.studio, listener, user_id=anybody(world), view=view)


async def press(world: World, listener: Any, value: str) -> None:
    """Somebody presses a button that carries this."""
    body_action = {"value": value, "action_ts": f"1.{len(world.story)}"}
    user_id = anybody(world)
    container = await world.container(user_id)
    view = {"id": "V0FORGED", "hash": "1"} if listener.__module__ == image.__name__ else {}
    await send(
        world.studio,
        listener,
        user_id=user_id,
        action=body_action,
        container=container,
        view=view,
    )


async def save(world: World, listener: Any, values: dict[str, Any]) -> None:
    """Somebody sends a form of the settings, made from the rules as they are, or as they were."""
    revision = world.rules.revision - world.dice.choice([0, 0, 0, 1])
    view = {"id": "V0FORGED", "private_metadata": str(revision), "state": {"values": values}}
    await send(world.studio, listener, user_id=anybody(world), view=view)


def anybody(world: World) -> str:
    """Somebody's id; the admin's half of the time, or too little would ever be done."""
    return world.user_id(world.dice.choice(["ana", "ana", world.person_name()]))


def entry(**values: Any) -> dict[str, Any]:
    """The entry of one field in a form's state."""
    return {"element": values}


@pytest.mark.parametrize("seed", [2, 4])
async def test_nothing_is_spent_posted_or_changed_without_its_permission(
    tmp_path: Path, seed: int
) -> None:
    async with full_studio(tmp_path) as studio:
        world = await acting.begin(studio, seed)
        try:
            await acting.act(world, steps=35)
            assert len(world.submissions) > 1, "nothing was ever made: the dice are loaded"
        except Exception as error:
            error.add_note(f"with the seed {seed}, after: {world.story}")
            raise
