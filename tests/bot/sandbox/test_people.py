"""The people of the sandbox: they see what they may, wait for it, and do what a client allows."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Person, Refused, Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.probe import Json, plain

DESIGN = "C0DESIGN01"


def field(kind: str, **more: Any) -> Json:
    """An input block named after its element's type."""
    element = {"type": kind, "action_id": kind} | more
    return {"type": "input", "block_id": f"{kind}-row", "label": plain(kind), "element": element}


def option(value: str) -> Json:
    return {"text": plain(value.title()), "value": value}


@pytest.fixture
async def app(slack: Sandbox) -> AsyncIterator[Answering]:
    """An app that acknowledges everything."""
    async with Answering(slack) as connected:
        yield connected


async def opened(app: Answering, client: AsyncWebClient, ana: Person, *blocks: Json) -> Json:
    """A modal of these blocks before Ana, opened by a command."""
    await ana.command("/probe")
    view = {"type": "modal", "title": plain("T"), "submit": plain("Go"), "blocks": list(blocks)}
    await client.views_open(trigger_id=app.payloads[-1]["trigger_id"], view=view)
    return await ana.modal()


async def test_what_comes_later_is_waited_for(slack: Sandbox, client: AsyncWebClient) -> None:
    seeing = asyncio.ensure_future(slack.person("ana").see("later", channel="design"))
    await client.chat_postMessage(channel=DESIGN, text="sooner")
    assert not seeing.done()
    posted = await client.chat_postMessage(channel=DESIGN, text="later")
    assert (await seeing)["ts"] == posted["ts"]


async def test_an_edit_and_a_thread_can_be_waited_for(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    first = await client.chat_postMessage(channel=DESIGN, text="first")
    other = await client.chat_postMessage(channel=DESIGN, text="other")
    seeing = asyncio.ensure_future(ana.see("done", channel="design", thread_ts=str(first["ts"])))
    await client.chat_postMessage(channel=DESIGN, text="done", thread_ts=str(other["ts"]))
    assert not seeing.done()
    await client.chat_update(channel=DESIGN, ts=str(first["ts"]), text="done")
    assert (await seeing)["ts"] == first["ts"]


async def test_waiting_in_vain_says_what_is_there(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    await client.chat_postMessage(channel=DESIGN, text="something else")
    with pytest.raises(TimeoutError, match=r"'it' was not seen; there is .*something else"):
        await ana.see("it", channel="design", timeout_seconds=0.01)
    with pytest.raises(TimeoutError, match="ana waited in vain for an open modal"):
        await ana.modal(timeout_seconds=0.01)


async def test_what_goes_can_be_waited_for(slack: Sandbox, client: AsyncWebClient) -> None:
    ana = slack.person("ana")
    posted = await client.chat_postMessage(channel=DESIGN, text="going")
    going = asyncio.ensure_future(ana.see_gone("going", channel="design"))
    await client.chat_delete(channel=DESIGN, ts=str(posted["ts"]))
    await going
    with pytest.raises(LookupError, match="gone"):
        ana.refresh({"channel": DESIGN, "ts": posted["ts"]})


async def test_a_person_sees_only_their_own_places(slack: Sandbox) -> None:
    cem = slack.person("cem")
    with pytest.raises(Refused, match="channel_not_found"):
        cem.messages("design")
    with pytest.raises(Refused, match="user_not_found"):
        slack.person("dora")
    with pytest.raises(Refused, match="user_not_found"):
        slack.person(slack.bot_user_id)
    assert slack.person("Ana") is slack.person("U0ANA00001")


async def test_a_button_is_found_by_its_id_or_the_beginning_of_its_words(
    slack: Sandbox, client: AsyncWebClient, app: Answering
) -> None:
    ana = slack.person("ana")
    button = {"type": "button", "action_id": "go", "text": plain("Go ahead"), "value": "7"}
    blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    await client.chat_postMessage(channel=DESIGN, text="Card", blocks=blocks)
    card = await ana.see("Go ahead", channel="design")
    for name in ("go", "Go"):
        await ana.click(card, name)
        action = app.payloads[-1]["actions"][0]
        assert (action["action_id"], action["value"]) == ("go", "7")
    with pytest.raises(LookupError, match=r"no element 'stop' here, only \['go'\]"):
        await ana.click(card, "stop")


async def test_a_menu_offers_what_it_offers(
    slack: Sandbox, client: AsyncWebClient, app: Answering
) -> None:
    ana = slack.person("ana")
    own = field("static_select", options=[option("red"), option("green")])
    asked = field("external_select", min_query_length=0)
    view = await opened(app, client, ana, own, asked)
    app.answers["block_suggestion"] = {"options": [option("blue")]}
    await ana.choose(view, "static_select", "green")
    await ana.choose(view, "external_select", "blue")
    with pytest.raises(Refused, match="'blue' is not among the options"):
        await ana.choose(view, "static_select", "blue")
    with pytest.raises(LookupError, match="does not offer 'red'"):
        await ana.choose(view, "external_select", "red")
    await ana.submit(view)
    values = app.payloads[-1]["view"]["state"]["values"]
    picked = [values[f"{kind}-row"][kind]["selected_option"]["value"] for kind in MENUS]
    assert picked == ["green", "blue"]


MENUS = ("static_select", "external_select")

BROKEN_OPTIONS: list[Json] = [
    {},
    {"options": [option("x" * 151)]},
    {"options": [option("x")] * 101},
    {"options": [{"text": plain("no value")}]},
    {"options": [option("x")], "option_groups": []},
    {"option_groups": [{"label": plain("empty"), "options": []}]},
]


@pytest.mark.parametrize("answer", BROKEN_OPTIONS, ids=range(len(BROKEN_OPTIONS)))
async def test_broken_options_of_the_app_are_refused(
    slack: Sandbox, client: AsyncWebClient, app: Answering, answer: Json
) -> None:
    ana = slack.person("ana")
    view = await opened(app, client, ana, field("external_select", min_query_length=0))
    app.answers["block_suggestion"] = answer
    with pytest.raises(Refused, match="invalid_options"):
        await ana.suggest(view, "external_select")
    assert slack.refusals[-1].name == "acknowledgement"


async def test_a_menu_that_says_nothing_asks_from_the_third_letter_on(
    slack: Sandbox, client: AsyncWebClient, app: Answering
) -> None:
    ana = slack.person("ana")
    view = await opened(app, client, ana, field("external_select"))
    app.answers["block_suggestion"] = {"options": []}
    with pytest.raises(Refused, match="at least 3 letters are needed"):
        await ana.suggest(view, "external_select", "ab")
    assert await ana.suggest(view, "external_select", "abc") == []


UNFIT: list[tuple[Json, Any]] = [
    (field("users_select"), "U0NOBODY01"),
    (field("multi_users_select"), ["U0ANA00001", "U0NOBODY01"]),
    (field("channels_select"), "C0NOWHERE1"),
    (field("conversations_select"), "D0BEN00001"),
    (field("datepicker"), "2026-02-30"),
    (field("timepicker"), "25:00"),
    (field("datetimepicker"), "tomorrow"),
    (field("datetimepicker"), "9" * 5000),
    (field("datepicker"), "20260228"),
    (field("timepicker"), "10:00:00+02:00"),
    (field("users_select"), {"id": "U0ANA00001"}),
    (field("conversations_select"), [None]),
    (field("multi_channels_select"), [["C0DESIGN01"]]),
    (field("rich_text_input"), "words"),
    (field("rich_text_input"), {"type": "rich_text", "elements": "words"}),
    (field("multi_users_select", max_selected_items=1), ["U0ANA00001", "U0BEN00001"]),
    (field("checkboxes", options=[option("a")]), ["b"]),
    (field("plain_text_input"), 7),
    (field("file_input"), ["F0NOTHING1"]),
]


@pytest.mark.parametrize(("block", "value"), UNFIT)
async def test_what_a_client_does_not_offer_cannot_be_entered(
    slack: Sandbox, client: AsyncWebClient, app: Answering, block: Json, value: Any
) -> None:
    ana = slack.person("ana")
    view = await opened(app, client, ana, block)
    with pytest.raises(Refused, match="invalid_value"):
        await ana.choose(view, block["element"]["action_id"], value)


HELD_BACK: list[tuple[Json, Any, str]] = [
    (field("plain_text_input"), "", "required"),
    (field("plain_text_input", min_length=3), "ab", "at least 3"),
    (field("plain_text_input", max_length=3), "abcd", "at most 3"),
    (field("number_input", is_decimal_allowed=False), "1.5", "whole number"),
    (field("number_input", is_decimal_allowed=True), "many", "a number"),
    (field("number_input", is_decimal_allowed=True, min_value="2"), "1.9", "at least 2"),
    (field("number_input", is_decimal_allowed=True, max_value="2"), "2.1", "at most 2"),
    (field("email_text_input"), "nobody", "email"),
    (field("url_text_input"), "example", "URL"),
    (field("url_text_input"), "http://[example", "URL"),
]


@pytest.mark.parametrize(("block", "value", "words"), HELD_BACK)
async def test_the_client_itself_holds_back_what_does_not_fit(
    slack: Sandbox, client: AsyncWebClient, app: Answering, block: Json, value: str, words: str
) -> None:
    ana = slack.person("ana")
    view = await opened(app, client, ana, block)
    result = await ana.submit(view, {block["element"]["action_id"]: value})
    assert result["response_action"] == "errors"
    assert words in result["errors"][block["block_id"]]
    assert app.payloads[-1].get("type") != "view_submission"


async def test_a_file_handed_in_can_be_read_by_the_app(
    slack: Sandbox, client: AsyncWebClient, app: Answering
) -> None:
    ana = slack.person("ana")
    view = await opened(app, client, ana, field("file_input", max_files=1))
    file_id = ana.upload(b"some bytes", name="a.bin")
    with pytest.raises(Refused, match="invalid_value"):
        await ana.choose(view, "file_input", [file_id, file_id])
    await ana.submit(view, {"file_input": [file_id]})
    state = app.payloads[-1]["view"]["state"]["values"]["file_input-row"]["file_input"]
    assert [file["name"] for file in state["files"]] == ["a.bin"]
    assert (await client.files_info(file=file_id))["file"]["size"] == 10


async def test_only_the_topmost_view_can_be_used(
    slack: Sandbox, client: AsyncWebClient, app: Answering
) -> None:
    ana = slack.person("ana")
    below = await opened(app, client, ana, field("plain_text_input"))
    above = {"type": "modal", "title": plain("Above"), "blocks": [{"type": "divider"}]}
    app.answers["view_submission"] = {"response_action": "push", "view": above}
    await ana.submit(below, {"plain_text_input": "x"})
    with pytest.raises(Refused, match="view_covered"):
        await ana.submit(below)
    await ana.close(await ana.see_modal("Above"))
    await ana.fill(below, {"plain_text_input": "y"})


async def test_a_person_outside_a_channel_can_neither_write_nor_command(
    slack: Sandbox, app: Answering
) -> None:
    slack.add_channel("elsewhere", members=["ben", "bot"])
    ana = slack.person("ana")
    with pytest.raises(Refused, match="not_in_channel"):
        await ana.say("hello", channel="elsewhere")
    with pytest.raises(Refused, match="not_in_channel"):
        await ana.command("/probe", channel="elsewhere")


async def test_a_command_is_answered_by_its_acknowledgement(slack: Sandbox, app: Answering) -> None:
    ana = slack.person("ana")
    app.answers["slash_commands"] = {"text": "only you"}
    await ana.command("/probe", "a < b")
    assert (await ana.see_notice("only you"))["is_ephemeral"]
    assert app.payloads[-1]["text"] == "a &lt; b"
    app.answers["slash_commands"] = {"blocks": [{"type": "bogus"}]}
    with pytest.raises(Refused, match="invalid_command_response"):
        await ana.command("/probe")
    assert slack.refusals[-1].name == "acknowledgement"
