"""A Slack whose app may read and write canvases, and short words for what tests do with them."""

from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import manifest

Json = dict[str, Any]
DESIGN = "C0DESIGN01"
GENERAL = "C0GENERAL1"
BOARD = "# Launch board\n\n## Hero\n\nThe mug on a plinth.\n\n## Social\n\n- [ ] square\n- [ ] wide"


def canvas_manifest(*, without: str = "") -> Json:
    """The small app's manifest with what canvases need, perhaps without one scope."""
    made = manifest()
    scopes = [*made["oauth_config"]["scopes"]["bot"], "canvases:read", "canvases:write"]
    made["oauth_config"]["scopes"]["bot"] = [scope for scope in scopes if scope != without]
    events = made["settings"]["event_subscriptions"]["bot_events"]
    events += ["file_change", "file_deleted", "file_shared"]
    return made


def content(markdown: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": markdown}


def client_of(slack: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)


async def made(client: AsyncWebClient, markdown: str = BOARD, **more: Any) -> str:
    """A canvas of the app's; returns its id."""
    answer = await client.canvases_create(document_content=content(markdown), **more)
    return str(answer["canvas_id"])


async def said(client: AsyncWebClient, canvas_id: str, kind: str = "markdown") -> str:
    """All of it."""
    answer = await client.canvases_getContent(canvas_id=canvas_id, content_type=kind)
    return str(answer["content"])


async def section(client: AsyncWebClient, canvas_id: str, text: str, *kinds: str) -> str:
    """The id of the one section with this text."""
    criteria: Json = {"contains_text": text, **({"section_types": list(kinds)} if kinds else {})}
    answer = await client.canvases_sections_lookup(canvas_id=canvas_id, criteria=criteria)
    (found,) = answer["sections"]
    return str(found["id"])


async def edit(
    client: AsyncWebClient, canvas_id: str, operation: str, markdown: str = "", **more: Any
) -> None:
    """One change."""
    change = {"operation": operation, **more}
    if markdown:
        change["title_content" if operation == "rename" else "document_content"] = content(markdown)
    await client.canvases_edit(canvas_id=canvas_id, changes=[change])


async def link(client: AsyncWebClient, canvas_id: str) -> str:
    """Its permalink."""
    return str((await client.files_info(file=canvas_id))["file"]["permalink"])
