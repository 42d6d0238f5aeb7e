"""Nobody gets at an image, a file or a channel that Slack does not show them, by any forged id."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot import home
from bot.domain.ids import new_id
from bot.domain.images import Image
from bot.domain.requests import Request, Source
from bot.domain.search import Search
from bot.errors import NotAllowed
from bot.gallery import shown, sight
from bot.listeners import change, image, insert, results, shortcuts
from bot.sandbox.model import Channel, Kind
from storage import channels, gallery, requests, stars
from tests.conftest import Studio
from tests.flows.forging import send
from tests.flows.reading import has_files, newest, submissions
from tests.flows.results import MUG, Json, finished, full_studio, images
from tests.pictures import photo

NOT_HERE = "made in a conversation that you are not in"
ANAS_DM, BENS_DM = "D0ANA00001", "D0BEN00001"
Listener = Callable[..., Awaitable[None]]

CHANGE = {
    "instruction": {"x": {"value": "make it warmer"}},
    "model_id": {"x": {"selected_option": {"value": "sketch/compose"}}},
    "count": {"x": {"selected_option": {"value": "1"}}},
}
ALT = {"alt": {"x": {"value": "mine now"}}}

OF_ITEM: tuple[Listener, ...] = (
    results.vary,
    results.upscale,
    results.edit,
    results.open_image,
    results.full_size,
)
"""Buttons of a card: their value has the item's id."""

OF_IMAGE: tuple[Listener, ...] = (
    results.open_image,
    shortcuts.edit,
    shortcuts.upscale,
    insert.open_insert,
)
"""Buttons that carry an image's id."""

IN_MODAL: tuple[Listener, ...] = (
    image.vary,
    image.upscale,
    image.again,
    image.full_size,
    image.star,
    image.unstar,
    image.walk,
    image.edit,
    image.edit_alt,
    image.delete,
)
"""Buttons of an image's modal, which itself says what was in the way."""

IN_FORMS: tuple[tuple[Listener, dict[str, Any]], ...] = (
    (change.propose, CHANGE),
    (change.redraw, CHANGE),
    (shortcuts.enlarge, {}),
    (shortcuts.redraw, {}),
    (image.save_alt, ALT),
    (insert.save_place, {}),
    (insert.redraw, {"canvas": {"insert_canvas": {"selected_option": {"value": "F0NONE"}}}}),
)
"""Forms that carry an image's id."""


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    """A studio in which pictures can be made, edited and enlarged."""
    async with full_studio(tmp_path) as started:
        yield started


def form(packed: str, values: dict[str, Any], callback_id: str = "enlarge_modal") -> Json:
    """A view as Slack would send it, with metadata that anybody made up."""
    return {
        "id": "V0FORGED",
        "hash": "1",
        "callback_id": callback_id,
        "private_metadata": packed,
        "state": {"values": values},
    }


@pytest.mark.parametrize("who", ["ben", "cem", "dee"])
async def test_an_image_of_a_direct_message_is_for_nobody_else(studio: Studio, who: str) -> None:
    await finished(studio, MUG)
    theirs = (await images(studio))[0]
    item_id, before = (await newest(studio)).items[0].id, studio.ana.messages()
    person = studio.slack.person(who)
    for listener in OF_ITEM:
        value = f"{item_id}.1" if listener in (results.full_size, results.open_image) else item_id
        if listener is results.upscale:
            value = f"{item_id}.2"
        pressed = {"value": value, "action_ts": "1.1"}
        told = await send(studio, listener, user_id=person.id, action=pressed)
        assert NOT_HERE in told, listener.__name__
    for listener in OF_IMAGE:
        pressed = {"value": theirs.id, "action_ts": "1.1"}
        told = await send(studio, listener, user_id=person.id, action=pressed)
        assert NOT_HERE in told, listener.__name__
    for listener in IN_MODAL:
        value = f"{theirs.id}.2" if listener is image.upscale else theirs.id
        pressed, view = {"value": value, "action_ts": "1.1"}, form("", {})
        await send(studio, listener, user_id=person.id, action=pressed, view=view)
    for listener, values in IN_FORMS:
        told = await send(studio, listener, user_id=person.id, view=form(theirs.id, values))
        assert NOT_HERE in told, listener.__name__
    pressed = {"value": theirs.id, "action_ts": "1.1"}
    await send(studio, shortcuts.keep, user_id=person.id, action=pressed)
    await studio.slack.quiet()
    assert (await newest(studio)).items[0].id == item_id
    assert len(await submissions(studio)) == 1
    assert [m["ts"] for m in studio.ana.messages()] == [m["ts"] for m in before]
    found = await studio.services.store.read(gallery.find, theirs.id, team_id=theirs.team_id)
    assert found == theirs
    assert not await studio.services.store.read(
        stars.is_starred, theirs.id, team_id=theirs.team_id, user_id=person.id
    )
    assert person.views() == []
    assert theirs.title not in str(person.notices())


async def test_what_a_question_of_ones_own_carries_is_looked_at_too(studio: Studio) -> None:
    await finished(studio, MUG)
    theirs = (await images(studio))[0]
    asked = Request(
        id=new_id("req"),
        team_id=studio.slack.team_id,
        user_id=studio.ben.id,
        channel_id="C0DESIGN01",
        ts="1.1",
        thread_ts=None,
        text="insert it",
        source=Source.ACTION,
        created_at=studio.services.now(),
    )
    await studio.services.store.run(requests.record, asked, event_id=None)
    packed = f"{asked.id}.{theirs.id}"
    pressed = {"value": packed, "action_ts": "1.1"}
    told = await send(studio, insert.choose_place, user_id=studio.ben.id, action=pressed)
    assert NOT_HERE in told
    told = await send(studio, insert.save_place, user_id=studio.ben.id, view=form(packed, {}))
    assert NOT_HERE in told


async def test_a_form_posts_only_where_its_sender_is(studio: Studio) -> None:
    await finished(studio, MUG, channel="design", by=studio.ben)
    own, before = (await images(studio))[0], await newest(studio)
    said = studio.ana.messages()
    packed = f"{own.id} {ANAS_DM} "
    for listener, values in ((change.propose, CHANGE), (shortcuts.enlarge, {})):
        told = await send(studio, listener, user_id=studio.ben.id, view=form(packed, values))
        assert "I cannot post in this channel" in told, listener.__name__
    told = await send(studio, shortcuts.keep_chosen, user_id=studio.ben.id, view=form(packed, {}))
    assert "I cannot post in this channel" in told
    await studio.slack.quiet()
    assert (await newest(studio)).id == before.id
    assert len(studio.ana.messages()) == len(said)


async def test_a_posted_file_is_kept_shown_and_changed_only_for_who_sees_it(
    studio: Studio,
) -> None:
    said = await studio.ana.say("", files=[photo()])
    await studio.ana.see("What should I do with this picture?")
    file_id = said["files"][0]["id"]
    pressed = {"value": file_id, "action_ts": "1.1"}
    gone = "not in Slack any more, or I cannot see it"
    buttons: tuple[Listener, ...] = (shortcuts.edit, shortcuts.upscale, shortcuts.keep)
    for listener in buttons:
        assert gone in await send(studio, listener, user_id=studio.ben.id, action=pressed)
    packed = f"{file_id} {BENS_DM} "
    listeners: tuple[tuple[Listener, dict[str, Any]], ...] = (
        (change.propose, CHANGE),
        (shortcuts.enlarge, {}),
        (shortcuts.keep_chosen, {}),
        (change.redraw, {}),
    )
    for listener, values in listeners:
        view = form(packed, values)
        assert gone in await send(studio, listener, user_id=studio.ben.id, view=view)
    known = await studio.services.store.read(gallery.of_file, file_id, team_id=studio.slack.team_id)
    assert known is None
    assert not [message for message in studio.ben.messages() if has_files(message)]


async def test_who_may_see_an_image(studio: Studio) -> None:
    await finished(studio, MUG, by=studio.ben)
    made = (await images(studio))[0]
    world = studio.slack.world.workspace
    bot = world.install.bot_user
    private = Channel("C0SECRET01", "secret", Kind.GROUP, [studio.cem.id, bot])
    world.channels[private.id] = private
    table: tuple[tuple[str, str, str, bool], ...] = (
        # channel of the image, who, where they press on Slack's word, seen
        (BENS_DM, "ben", "", True),  # asked for it
        (BENS_DM, "ana", "", False),  # an admin gets no further than Slack lets her
        (BENS_DM, "ana", "C0DESIGN01", False),
        ("C0DESIGN01", "ana", "", True),  # is in it
        ("C0GENERAL1", "ana", "", True),  # public, though we are not in it
        ("C0DESIGN01", "cem", "", False),  # a guest sees no public channel from outside
        ("C0DESIGN01", "cem", "C0DESIGN01", True),  # pressed there, so the card is before him
        ("C0LAUNCH01", "cem", "", True),  # a guest who is in it
        ("C0DESIGN01", "dee", "", False),  # another organisation
        ("C0PARTNER1", "dee", "", True),
        (private.id, "cem", "", True),
        (private.id, "ana", "", False),  # private, and she is not in it
        (private.id, "ana", "C0DESIGN01", False),
        ("C0NOWHERE1", "ana", "", False),  # what Slack does not say, a person may not
    )
    for channel_id, who, place, is_seen in table:
        person = await studio.services.slack.person(
            studio.slack.person(who).id, team_id=studio.slack.team_id
        )
        there = made.model_copy(update={"channel_id": channel_id, "slack_file_id": None})
        assert await sees(studio, there, person, place) is is_seen, (channel_id, who, place)
    ana = await studio.services.slack.person(studio.ana.id, team_id=studio.slack.team_id)
    approved = made.model_copy(update={"approver_id": ana.id})
    assert await sees(studio, approved, ana, "")


async def sees(studio: Studio, made: Image, person: Any, place: str) -> bool:
    """Whether it is shown to them."""
    try:
        await sight.check_sight(studio.services, made, person, channel_id=place)
    except NotAllowed:
        return False
    return True


async def test_a_version_made_elsewhere_is_not_walked_to(studio: Studio) -> None:
    done = await finished(studio, MUG)
    await studio.ana.click(done, "Upscale")
    await studio.ana.click(await studio.ana.see("Approval needed"), "Approve")
    await studio.ana.see("2 credits charged*", timeout_seconds=20)
    larger = (await images(studio))[0]
    cem = await studio.services.slack.person(studio.cem.id, team_id=studio.slack.team_id)
    view = await shown.view(studio.services, larger.id, person=cem, channel_id=ANAS_DM)
    assert len(view.versions) == 2
    ana = await studio.services.slack.person(studio.ana.id, team_id=studio.slack.team_id)
    moved = larger.model_copy(update={"channel_id": "C0LAUNCH01"})
    first, _ = (await shown.view(studio.services, larger.id, person=ana)).versions
    kept = await sight.only_seen(studio.services, [first, moved], cem)
    assert kept == [moved]


async def test_a_guest_finds_no_images_of_channels_they_are_not_in(studio: Studio) -> None:
    await finished(studio, MUG, channel="design", by=studio.ben)
    team_id, now = studio.slack.team_id, studio.services.now()
    await studio.services.store.run(
        channels.note, "C0DESIGN01", team_id=team_id, is_public=True, at=now
    )
    for name, count in (("ana", 1), ("cem", 0), ("dee", 0)):
        person = await studio.services.slack.person(studio.slack.person(name).id, team_id=team_id)
        view = await home.read(studio.services, person, search=Search(words="mug"), page=0)
        assert len(view.tiles) == count, name
