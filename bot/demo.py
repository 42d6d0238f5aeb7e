"""The bot in a Slack of its own on this machine: for a newcomer's browser, or by itself."""

import asyncio
import contextlib
import re
import shutil
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path

from pydantic import SecretStr

from bot.app import running
from bot.config import Settings
from bot.errors import SetupError
from bot.manifest import load_manifest
from bot.sandbox import Sandbox
from bot.services import Services
from storage import gallery, ledger

REQUEST = "Create a square product hero for a ceramic coffee mug."
"""The example that users were promised."""

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}
_WAIT_SECONDS = 60.0
_MENTION = re.compile(r"<@U0ANA00001>")
_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")


async def page(settings: Settings, *, port: int) -> int:
    """Serve the workspace's page until interrupted; its address is printed."""
    async with _studio(settings, port=port, folder=settings.data_dir / "demo") as (slack, _):
        print(
            f"\n  Open {slack.url}/ in a browser.\n\n"
            f"  Write to Aethera, for example: {REQUEST}\n"
            "  Nothing leaves this machine. Stop it with Ctrl+C.\n",
            flush=True,
        )
        await asyncio.Event().wait()
    return 0


async def script(settings: Settings) -> int:
    """Say the promised example, set it to three images, approve it; print what was seen."""
    folder = settings.data_dir / "demo-script"
    async with _studio(settings, port=0, folder=folder) as (slack, services):
        ana = slack.person("ana")
        print(f"Ana      {REQUEST}")
        await ana.say(REQUEST)
        card = await ana.see("Approve")
        _print_card(str(card["text"]))
        print("Ana      presses Edit…, chooses 3 images, saves")
        await ana.click(card, "Edit")
        modal = await ana.modal()
        await ana.choose(modal, "edit_count", "3")
        await ana.submit(await ana.see_modal("3 images · "))
        card = await ana.see("3 images, ")
        _print_card(str(card["text"]).splitlines()[0])
        print("Ana      presses Approve")
        await ana.click(card, "Approve")
        done = await ana.see("credits charged*", timeout_seconds=_WAIT_SECONDS)
        _print_card(str(done["text"]).splitlines()[0])
        posted = await ana.see(lambda message: bool(message.get("files")))
        file = posted["files"][0]
        _print_card(f"{posted['text']}\n[{file['name']}] {file['alt_txt']}")
        await _print_result(services, slack, folder)
    return 0


@contextlib.asynccontextmanager
async def _studio(
    settings: Settings, *, port: int, folder: Path
) -> AsyncIterator[tuple[Sandbox, Services]]:
    """A sandbox and the unchanged bot in it, on a fresh folder.

    Fresh, because the sandbox's own memory of messages ends with it.

    Raises: SetupError where the port is taken.
    """
    sandbox = Sandbox(load_manifest(), port=port, rate_limits=True)
    async with contextlib.AsyncExitStack() as stack:
        try:
            slack = await stack.enter_async_context(sandbox)
        except OSError as error:
            raise SetupError(
                f"Port {port} on 127.0.0.1 is in use. Stop what uses it, or choose another one "
                "with --port."
            ) from error
        shutil.rmtree(folder, ignore_errors=True)
        own = settings.model_copy(
            update={
                "slack_bot_token": SecretStr(slack.bot_token),
                "slack_app_token": SecretStr(slack.app_token),
                "slack_api_url": slack.api_url,
                "data_dir": folder,
                "database_url": "",
                "blob_url": "",
            }
        )
        yield slack, await stack.enter_async_context(running(own))


def _print_card(text: str) -> None:
    spoken = _DATE.sub(r"\1", _MENTION.sub("@Ana", text)).replace("*", "")
    print(textwrap.indent(spoken, "         ").replace("         ", "Aethera  ", 1))


async def _print_result(services: Services, slack: Sandbox, folder: Path) -> None:
    images, total = await services.store.read(
        gallery.search, team_id=slack.team_id, user_id=slack.person("ana").id, limit=20
    )
    wrong = await services.store.read(ledger.imbalances)
    balance = await services.balance(slack.team_id)
    print(
        f"\nGallery: {total} images. The ledger {'adds up' if not wrong else 'is WRONG'}: ", end=""
    )
    print(f"{balance.charged_credits} credits charged, {balance.held_credits} held.")
    for image in sorted(images, key=lambda image: image.index):
        path = folder / f"{image.index}.{_ENDINGS.get(image.mime, 'bin')}"
        data = await services.blobs.get(image.sha256, team_id=slack.team_id)
        await asyncio.get_running_loop().run_in_executor(services.pixels, path.write_bytes, data)
        print(f"  {path.absolute()}  {image.width_px} × {image.height_px} px, seed {image.seed}")
