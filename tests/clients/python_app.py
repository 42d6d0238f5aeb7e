"""Takes lunch orders: written after Slack's own guides for Bolt for Python."""

import json
import os
import re
from typing import Any

from slack_bolt import Ack, App, Respond, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

DISHES = ["Lentil soup", "Lasagne", "Leek tart", "Poke bowl", "Pumpkin curry"]

app = App(
    signing_secret=os.environ.get("SLACK_SIGNING_SECRET"),
    client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
)


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


@app.message("hello")
def greet(message: dict[str, Any], say: Say) -> None:
    words = f"Hi <@{message['user']}>, what would you like?"
    order = {"type": "button", "action_id": "order", "text": plain("Order"), "style": "primary"}
    say(
        text="What would you like for lunch?",
        blocks=[
            {"type": "section", "text": {"type": "mrkdwn", "text": words}},
            {"type": "actions", "elements": [order]},
        ],
    )


@app.action("order")
def ask_what(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    ack()
    place = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
    dish = {"type": "external_select", "action_id": "dish", "min_query_length": 2}
    time = {"type": "plain_text_input", "action_id": "time"}
    client.views_open(
        trigger_id=body["trigger_id"],
        view={
            "type": "modal",
            "callback_id": "lunch",
            "private_metadata": json.dumps(place),
            "title": plain("Lunch"),
            "submit": plain("Order"),
            "blocks": [
                {"type": "input", "block_id": "dish", "label": plain("Dish"), "element": dish},
                {"type": "input", "block_id": "time", "label": plain("When"), "element": time},
            ],
        },
    )


@app.options("dish")
def suggest(ack: Ack, payload: dict[str, Any]) -> None:
    found = [dish for dish in DISHES if payload["value"].lower() in dish.lower()]
    ack(options=[{"text": plain(dish), "value": dish} for dish in found])


@app.view("lunch")
def take_order(ack: Ack, view: dict[str, Any], client: WebClient) -> None:
    values = view["state"]["values"]
    time = values["time"]["time"]["value"]
    if not re.fullmatch(r"\d\d:\d\d", time):
        ack(response_action="errors", errors={"time": "Write it as 12:30"})
        return
    ack()
    place = json.loads(view["private_metadata"])
    dish = values["dish"]["dish"]["selected_option"]["value"]
    client.files_upload_v2(
        channel=place["channel"],
        thread_ts=place["ts"],
        initial_comment=f"{dish} at {time}",
        file_uploads=[
            {"content": f"{name} for {dish}\n", "filename": f"{name}.txt", "title": name}
            for name in ("receipt", "menu", "allergens")
        ],
    )


@app.command("/lunch")
def today(ack: Ack, command: dict[str, Any], respond: Respond) -> None:
    ack()
    respond(f"Today there is {command.get('text') or ', '.join(DISHES)}")


@app.shortcut("same_again")
def repeat(ack: Ack, shortcut: dict[str, Any], client: WebClient) -> None:
    ack()
    message = shortcut["message"]
    client.chat_postMessage(
        channel=shortcut["channel"]["id"],
        thread_ts=message.get("thread_ts") or message["ts"],
        text=f"The same again for <@{shortcut['user']['id']}>",
    )


@app.event("app_home_opened")
def show_home(event: dict[str, Any], client: WebClient) -> None:
    blocks = [{"type": "section", "text": plain(dish)} for dish in DISHES]
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


if __name__ == "__main__":
    if "SLACK_APP_TOKEN" in os.environ:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]
    else:
        app.start(port=int(os.environ["PORT"]))
