"""The `studio` command: one function a verb."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bot import log
from bot.config import Settings
from bot.errors import SetupError, StorageError

Verb = Callable[[argparse.Namespace, Settings], Coroutine[Any, Any, int]]


async def demo(arguments: argparse.Namespace, settings: Settings) -> int:
    """try it: a Slack on this machine with the bot in it; --script talks to it by itself"""
    from bot.demo import page, script

    if arguments.script:
        return await script(settings)
    return await page(settings, port=arguments.port)


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """work in a real Slack workspace over Socket Mode, with two tokens"""
    from bot.app import running

    async with running(settings) as services:
        print(f"Aethera Studio is listening, as {services.bot_user_id}. Stop it with Ctrl+C.")
        await _until_stopped()
    return 0


async def sandbox(arguments: argparse.Namespace, settings: Settings) -> int:
    """a Slack on this machine for the app of any manifest; prints the tokens"""
    from bot.manifest import load_manifest
    from bot.sandbox import serve
    from bot.sandbox.world import World

    def ready(world: World) -> None:
        variables = {
            "SLACK_API_URL": f"{world.base_url}/api/",
            "SLACK_BOT_TOKEN": world.workspace.install.bot_token,
        }
        if world.http is None:
            variables["SLACK_APP_TOKEN"] = world.app_token
        else:
            variables["SLACK_SIGNING_SECRET"] = world.http.signing_secret
        if arguments.oauth:
            variables["SLACK_CLIENT_ID"] = world.client_id
            variables["SLACK_CLIENT_SECRET"] = world.client_secret
        print(f"A Slack is at {world.base_url}/")
        print(*(f"export {name}={value}" for name, value in variables.items()), sep="\n")
        if world.http is not None and world.http.urls.events and world.http.unverified:
            print(
                f"{world.http.urls.events} is not verified, so no events are sent:\n"
                f"{world.http.unverified}.\n"
                f"Start the app, then: curl -X POST {world.base_url}/control/verify_url"
            )
        sys.stdout.flush()

    try:
        await serve(
            load_manifest(arguments.manifest),
            port=arguments.port,
            request_url=arguments.request_url,
            signing_secret=arguments.signing_secret,
            allow_remote=arguments.allow_remote,
            org=arguments.org,
            on_ready=ready,
        )
    except ValueError as error:
        raise SetupError(f"The sandbox cannot serve this app: {error}.") from error
    except OSError as error:
        raise SetupError(port_in_use(arguments.port)) from error
    return 0


async def migrate(arguments: argparse.Namespace, settings: Settings) -> int:
    """bring the database's schema up to date"""
    from storage.migrations import migrate as apply
    from storage.store import make_engine

    engine = make_engine(settings.database)
    apply(engine)
    engine.dispose()
    print("The database is up to date.")
    return 0


async def models(arguments: argparse.Namespace, settings: Settings) -> int:
    """print the models there are, what each costs, and which key it needs"""
    from bot.terminal import table

    print(*table(settings, words=" ".join(arguments.words)), sep="\n")
    return 0


async def make(arguments: argparse.Namespace, settings: Settings) -> int:
    """make one image from the terminal, with one model; its provider bills for it"""
    from bot.terminal import make as made

    async for line in made(
        settings,
        arguments.prompt,
        model_id=arguments.model,
        aspect=arguments.aspect,
        folder=arguments.out,
    ):
        print(line)
    return 0


async def check(arguments: argparse.Namespace, settings: Settings) -> int:
    """say plainly what is missing: tokens, scopes, database, image store, models, keys"""
    from bot.check import check as look
    from bot.terminal import look_at_keys

    is_fine = True
    if arguments.providers:
        async for name, works, words in look_at_keys(settings):
            mark = {True: "ok     ", False: "FAILS  ", None: "no key "}[works]
            print(f"{mark}  {name}: {words}")
            is_fine = is_fine and works is not False
        return 0 if is_fine else 1
    async for finding in look(settings):
        print(f"{'ok     ' if finding.is_fine else 'MISSING'}  {finding.name}: {finding.words}")
        is_fine = is_fine and finding.is_fine
    return 0 if is_fine else 1


VERBS: dict[str, Verb] = {
    "demo": demo,
    "run": run,
    "sandbox": sandbox,
    "migrate": migrate,
    "models": models,
    "try": make,
    "check": check,
}


def parser() -> argparse.ArgumentParser:
    """What may be typed after `studio`."""
    root = argparse.ArgumentParser(prog="studio", description="Aethera Studio for Slack")
    verbs = root.add_subparsers(dest="verb", required=True)
    made = {name: verbs.add_parser(name, help=verb.__doc__) for name, verb in VERBS.items()}
    made["demo"].add_argument("--script", action="store_true", help="headless: say, approve, print")
    for name in ("demo", "sandbox"):
        made[name].add_argument("--port", type=int, default=8700, help="of the page (%(default)s)")
    made["sandbox"].add_argument("--oauth", action="store_true", help="print the client's secrets")
    made["sandbox"].add_argument("--org", default="", help="the organisation it belongs to")
    made["sandbox"].add_argument("--manifest", type=Path, help="another app's manifest")
    made["sandbox"].add_argument(
        "--request-url", help="of the app, in place of its manifest's (without Socket Mode)"
    )
    made["sandbox"].add_argument("--signing-secret", help="to sign with; else a new one is made")
    made["sandbox"].add_argument(
        "--allow-remote", action="store_true", help="deliver beyond this machine"
    )
    made["models"].add_argument("words", nargs="*", help="what to look for: “cheap and fast”")
    made["try"].add_argument("prompt", help="what the image should show")
    made["try"].add_argument("--model", default="sketch/compose", help="its id (%(default)s)")
    made["try"].add_argument("--aspect", default="1:1", help="width to height (%(default)s)")
    made["try"].add_argument(
        "--out", type=Path, default=Path("var/tries"), help="where to put it (%(default)s)"
    )
    made["check"].add_argument(
        "--providers", action="store_true", help="try each provider's key, and say what it may do"
    )
    return root


def main() -> int:
    """Run a verb; its exit code."""
    arguments = parser().parse_args()
    settings = Settings()
    log.configure(settings.log_level)
    verb = VERBS[arguments.verb]
    try:
        return asyncio.run(verb(arguments, settings))
    except SetupError as error:
        print(f"studio {arguments.verb}: {error}", file=sys.stderr)
        return 2
    except StorageError as error:
        print(f"studio {arguments.verb}: {error.reason}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def port_in_use(port: int) -> str:
    """What to say of a port that cannot be had."""
    return (
        f"Port {port} on 127.0.0.1 is in use. Stop what uses it, or choose another one with --port."
    )


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
