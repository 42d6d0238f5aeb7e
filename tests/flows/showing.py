"""A message with one button of ours, for what a card offers only later."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.wire import Json
from tests.conftest import Studio


async def show_button(
    studio: Studio, action_id: str, value: str, *, channel: str = "design"
) -> Json:
    """Post the button as the app; the message as Ana sees it."""
    client = AsyncWebClient(studio.slack.bot_token, base_url=studio.slack.api_url)
    text = f"A button: {action_id} {value}"
    label = {"type": "plain_text", "text": "Insert"}
    button = {"type": "button", "action_id": action_id, "value": value, "text": label}
    await client.chat_postMessage(
        channel={"design": "C0DESIGN01", "launch": "C0LAUNCH01"}.get(channel, channel),
        text=text,
        blocks=[{"type": "actions", "elements": [button]}],
    )
    return await studio.ana.see(lambda message: message["text"] == text, channel=channel)
