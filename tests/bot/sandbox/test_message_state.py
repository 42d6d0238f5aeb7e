"""What an app learns of a message in which somebody chose or pressed, and what an update keeps."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.answering import Answering
from tests.bot.sandbox.probe import plain

Json = dict[str, Any]
OPTIONS = [{"text": plain(name.title()), "value": name} for name in ("one", "two", "three")]


def card(*, initial: int = 0, block_id: str = "row", words: str = "Which?") -> list[Json]:
    """A menu beside words, a menu and boxes among buttons, a menu of a row's own."""
    menu = {"type": "static_select", "options": OPTIONS}
    boxes = {"type": "checkboxes", "action_id": "boxes", "options": OPTIONS}
    go = {"type": "button", "action_id": "go", "text": plain("Go"), "value": "9"}
    more = {"type": "overflow", "action_id": "more", "options": OPTIONS}
    return [
        {
            "type": "section",
            "block_id": block_id,
            "text": plain(words),
            "accessory": menu | {"action_id": "pick", "initial_option": OPTIONS[initial]},
        },
        {"type": "section", "block_id": "over", "text": plain("Row"), "accessory": more},
        {
            "type": "actions",
            "block_id": "acts",
            "elements": [menu | {"action_id": "other", "placeholder": plain("Choose")}, boxes, go],
        },
    ]


async def posted(client: AsyncWebClient, **more: Any) -> Json:
    answer = await client.chat_postMessage(channel="C0DESIGN01", text="card", blocks=card(**more))
    return {"channel": "C0DESIGN01", "ts": answer["ts"]}


def chosen(payload: Json, block_id: str, action_id: str) -> str | None:
    option = payload["state"]["values"][block_id][action_id]["selected_option"]
    return None if option is None else str(option["value"])


async def test_a_click_tells_of_every_element_that_holds_a_value(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    message = await posted(client)
    async with Answering(slack) as app:
        await ana.click(message, "go")
        fresh = app.payloads[-1]
        assert set(fresh["state"]["values"]) == {"row", "acts"}
        assert chosen(fresh, "row", "pick") == "one"
        assert chosen(fresh, "acts", "other") is None
        assert fresh["state"]["values"]["acts"]["boxes"]["selected_options"] == []
        await ana.choose(message, "pick", "two")
        await ana.choose(message, "boxes", ["one", "three"])
        await ana.choose(message, "more", "two")
        assert app.payloads[-1]["actions"][0]["selected_option"]["value"] == "two"
        await ana.click(message, "go")
        hers = app.payloads[-1]
        assert chosen(hers, "row", "pick") == "two"
        boxes = hers["state"]["values"]["acts"]["boxes"]["selected_options"]
        assert [option["value"] for option in boxes] == ["one", "three"]
        await ben.click(message, "go")
        assert chosen(app.payloads[-1], "row", "pick") == "one"


async def test_what_was_chosen_survives_an_update_while_the_ids_stay(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    message = await posted(client)
    async with Answering(slack) as app:
        await ana.choose(message, "pick", "two")
        await client.chat_update(**message, text="card", blocks=card(initial=2, words="Again?"))
        await ana.click(message, "go")
        assert chosen(app.payloads[-1], "row", "pick") == "two"
        await client.chat_update(**message, text="card", blocks=card(initial=2, block_id="new"))
        await ana.click(message, "go")
        assert chosen(app.payloads[-1], "new", "pick") == "three"
        assert "row" not in app.payloads[-1]["state"]["values"]


async def test_a_click_in_a_modal_tells_the_view_and_its_state(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    ana = slack.person("ana")
    message = await posted(client)
    async with Answering(slack) as app:
        await ana.click(message, "go")
        view = {"type": "modal", "title": plain("Form"), "blocks": card()}
        await client.views_open(trigger_id=app.payloads[-1]["trigger_id"], view=view)
        modal = await ana.modal()
        await ana.choose(modal, "pick", "three")
        payload = app.payloads[-1]
        assert payload["container"] == {"type": "view", "view_id": modal["id"]}
        assert chosen(payload["view"], "row", "pick") == "three"
        assert "message" not in payload and "response_url" not in payload
        above = {"type": "modal", "title": plain("Above"), "blocks": card()}
        await client.views_push(trigger_id=payload["trigger_id"], view=above)
        assert [shown["title"]["text"] for shown in ana.views()] == ["Form", "Above"]
