"""Who and what is there at the start: three people, three channels and the app."""

from .clock import Clock
from .manifest import App
from .model import Channel, Installation, Kind, Listener, Token, User
from .store import Store, Workspace
from .wire import secret

TEAM = "T0SANDBOX1"
APP = "A0SANDBOX1"
BOT_USER = "U0BOT00001"
BOT = "B0BOT00001"
_BERLIN = ("Europe/Berlin", "Central European Time", 3600)
_NEW_YORK = ("America/New_York", "Eastern Standard Time", -18000)
_ISTANBUL = ("Europe/Istanbul", "Turkey Time", 10800)


def settle(
    store: Store,
    app: App,
    *,
    clock: Clock,
    base_url: str,
    message_limit: int,
    bot_token: str | None,
    app_token: str | None,
    listeners: list[Listener],
) -> Workspace:
    """Put the team, its people, channels and the installed app into the store."""
    bot_token = bot_token or secret("xoxb-sandbox")
    app_token = app_token or secret("xapp-sandbox")
    install = Installation(app.id, BOT, BOT_USER, bot_token, app.scopes)
    workspace = Workspace(
        TEAM, "Northwind", "northwind", clock, base_url, message_limit, listeners, app, install
    )
    store.workspaces[TEAM] = workspace
    store.tokens[bot_token] = Token("bot", TEAM, app.scopes)
    store.tokens[app_token] = Token("app", TEAM, ("connections:write", "authorizations:read"))
    for user in (
        User("U0ANA00001", "ana", "Ana", *_BERLIN, locale="de-DE", is_admin=True, is_owner=True),
        User("U0BEN00001", "ben", "Ben", *_NEW_YORK, locale="en-US"),
        User("U0CEM00001", "cem", "Cem", *_ISTANBUL, locale="tr-TR", is_restricted=True),
        User(BOT_USER, _handle(app.bot_name), app.bot_name, locale="en-US", is_bot=True),
    ):
        workspace.users[user.id] = user
    everyone = ["U0ANA00001", "U0BEN00001", "U0CEM00001"]
    for channel in (
        Channel("C0GENERAL1", "general", Kind.CHANNEL, list(everyone), is_general=True),
        Channel("C0DESIGN01", "design", Kind.CHANNEL, [*everyone[:2], BOT_USER]),
        Channel("C0LAUNCH01", "launch", Kind.CHANNEL, [*everyone, BOT_USER]),
        *(Channel(f"D{person[1:]}", "", Kind.IM, [person, BOT_USER]) for person in everyone),
    ):
        channel.creator = everyone[0]
        workspace.channels[channel.id] = channel
    return workspace


def _handle(name: str) -> str:
    return "".join(c for c in name.lower().replace(" ", "-") if c.isalnum() or c in "-_.")
