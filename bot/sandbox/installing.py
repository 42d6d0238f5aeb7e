"""The app comes into a workspace or an organisation, is renewed there, and leaves."""

from collections.abc import Sequence

from .errors import Refused
from .model import Change, Org, Token, User
from .store import Workspace
from .wire import Json, new_id, secret
from .world import World

_MOST_DEAD = 500
GRACE_SECONDS = 2.0
"""How long a used refresh token works on, for two events at once. Slack says only: a short while.

Source: https://docs.slack.dev/authentication/using-token-rotation (2026)
"""


def install(
    world: World, workspace: Workspace, *, scopes: Sequence[str], token: str | None = None
) -> str:
    """Install, or install again with further scopes; returns the bot's token.

    Scopes add up and never shrink. Without rotation a second install gives the same token.
    """
    _arrive(workspace, scopes)
    return _issue(world, Token("bot", workspace.id, workspace.install.scopes), text=token)


def install_org(world: World, org: Org, *, scopes: Sequence[str]) -> str:
    """Install for a whole organisation; the app is in none of its workspaces yet.

    Raises: Refused `org_deploy_not_enabled` when the manifest does not allow it.
    """
    if not world.app.org_deploy:
        raise Refused(
            "org_deploy_not_enabled", "the manifest does not set org_deploy_enabled", status=403
        )
    org.is_installed = True
    org.bot_user = org.bot_user or new_id("U")
    org.bot_id = org.bot_id or new_id("B")
    return _issue(world, Token("bot", "", tuple(scopes), org=org.id))


def add_to(world: World, workspace: Workspace) -> None:
    """An admin of the organisation brings its app into one of the workspaces.

    Raises: Refused `app_not_installed`.
    """
    org = workspace.org
    if org is None or not org.is_installed:
        raise Refused("app_not_installed", "the organisation has not installed it", status=404)
    token = world.store.tokens.get(org.bot_token)
    if token is None or token.inactive:
        raise Refused("app_not_installed", "the organisation's token is gone", status=404)
    former = workspace.users.get(workspace.install.bot_user)
    if former is not None and former.id != org.bot_user:
        former.deleted = True
    workspace.install.bot_user, workspace.install.bot_id = org.bot_user, org.bot_id
    workspace.install.by_org = True
    _arrive(workspace, token.scopes)
    data: Json = {"team_ids": [workspace.id]}
    workspace.tell(Change("team_access_granted", workspace.id, data=data))


def refresh(world: World, refresh_token: str) -> str:
    """A new token for the old one, which lives on until its time is over.

    Raises: Refused `invalid_refresh_token`; a refresh token works once, but for a short while.
    """
    now = world.clock.now()
    old = next((t for t in world.store.tokens.values() if t.refresh == refresh_token), None)
    if old is None or old.revoked or old.inactive:
        raise Refused("invalid_refresh_token")
    if old.renewed is not None and now > old.renewed + GRACE_SECONDS:
        raise Refused("invalid_refresh_token")
    old.renewed = old.renewed or now
    return renew(world, old, ends=False)


def renew(world: World, old: Token, *, ends: bool = True) -> str:
    """A further token like `old`, which ends now or, with others, when a third comes."""
    for token in _siblings(world, old).values() if ends else ():
        token.revoked = True
    return _new_token(world, Token(old.kind, old.team, old.scopes, org=old.org, user=old.user))


def user_token(world: World, workspace: Workspace, user: User, scopes: Sequence[str]) -> str:
    """A token with which the app acts for a person; the one it has, without rotation."""
    return _issue(world, Token("user", workspace.id, tuple(scopes), user=user.id))


def revoke(world: World, token: Token) -> None:
    """One token ends; without rotation the app leaves with its last bot token."""
    token.revoked = True
    for workspace in reached(world, token):
        named = [token.user] if token.kind == "user" else [workspace.install.bot_user]
        kind = "oauth" if token.kind == "user" else "bot"
        tokens: Json = {"oauth": [], "bot": [], kind: named}
        workspace.tell(Change("tokens_revoked", workspace.id, data={"tokens": tokens}))
        if token.kind == "bot" and not token.org and not world.app.token_rotation:
            uninstall(world, workspace, is_told=True)


def uninstall(world: World, workspace: Workspace, *, is_told: bool = False) -> None:
    """The app leaves a workspace; Slack promises no order between the two events.

    Where an organisation brought it, the organisation's token stays and only the workspace goes.

    Raises: Refused `app_not_installed`.
    """
    install = workspace.install
    if not install.is_active:
        raise Refused("app_not_installed", "the app is not installed here", status=404)
    if install.by_org:
        data: Json = {"team_ids": [workspace.id]}
        workspace.tell(Change("team_access_revoked", workspace.id, data=data))
    else:
        if not is_told:
            tokens: Json = {"oauth": [], "bot": [install.bot_user]}
            workspace.tell(Change("tokens_revoked", workspace.id, data={"tokens": tokens}))
        workspace.tell(Change("app_uninstalled", workspace.id))
    for token in world.store.tokens.values():
        if token.team == workspace.id and token.kind != "app":
            token.inactive = True  # also one of before the organisation's install
    install.is_active = install.by_org = False
    install.scopes = ()
    workspace.views.clear()
    workspace.stacks.clear()
    workspace.homes.clear()
    workspace.triggers.clear()
    workspace.response_urls.clear()
    workspace.offered.clear()
    workspace.sessions.clear()
    workspace.bot.deleted = True


def uninstall_org(world: World, org: Org) -> None:
    """The app leaves an organisation and so all of its workspaces.

    Raises: Refused `app_not_installed`.
    """
    if not org.is_installed:
        raise Refused("app_not_installed", "the organisation has not installed it", status=404)
    for workspace in world.store.of_org(org.id):
        if workspace.install.by_org:
            workspace.install.by_org = False
            uninstall(world, workspace)
    for token in world.store.tokens.values():
        if token.org == org.id:
            token.inactive = True
    org.is_installed = False


def refusal_of(token: Token, *, now: float) -> str | None:
    """Slack's word for a token that opens nothing any more."""
    if token.revoked:
        return "token_revoked"
    if token.inactive:
        return "account_inactive"
    if token.expires is not None and now >= token.expires:
        return "token_expired"
    return None


def reached(world: World, token: Token) -> list[Workspace]:
    """The workspaces that a token opens."""
    if token.org:
        return [w for w in world.store.of_org(token.org) if w.install.by_org]
    found = world.store.workspaces.get(token.team)
    return [found] if found is not None and found.install.is_active else []


def _arrive(workspace: Workspace, scopes: Sequence[str]) -> None:
    install, app = workspace.install, workspace.app
    install.scopes = tuple(dict.fromkeys([*install.scopes, *scopes]))
    install.is_active = True
    bot = workspace.users.get(install.bot_user)
    if bot is None:
        bot = User(install.bot_user, _handle(app.bot_name), app.bot_name, locale="en-US")
        bot.is_bot = True
        workspace.users[bot.id] = bot
    bot.deleted = False


def _siblings(world: World, like: Token) -> dict[str, Token]:
    """The tokens for the same purpose that are not taken back, oldest first."""
    purpose = (like.kind, like.team, like.org, like.user)
    return {
        text: token
        for text, token in world.store.tokens.items()
        if (token.kind, token.team, token.org, token.user) == purpose
        and not (token.revoked or token.inactive)
    }


def _issue(world: World, token: Token, *, text: str | None = None) -> str:
    """What an install gives: without rotation the token that is there, with further scopes."""
    known = {} if world.app.token_rotation else _siblings(world, token)
    for old_text, old in known.items():
        old.scopes = tuple(dict.fromkeys([*old.scopes, *token.scopes]))
        return old_text
    return _new_token(world, token, text=text)


def _new_token(world: World, token: Token, *, text: str | None = None) -> str:
    prefix = "xoxp" if token.kind == "user" else "xoxb"
    if world.app.token_rotation:
        prefix = f"xoxe.{prefix}-1"
        token.expires = world.clock.now() + world.settings.token_seconds
        token.refresh = secret("xoxe-1")
        for older in list(_siblings(world, token).values())[:-1]:
            older.revoked = True  # of more than two active tokens the oldest goes
    text = text or secret(f"{prefix}-sandbox")
    world.store.tokens[text] = token
    _forget(world)
    if token.kind == "bot" and token.org:
        world.store.orgs[token.org].bot_token = text
    elif token.kind == "bot":
        world.store.workspaces[token.team].install.bot_token = text
    return text


def _forget(world: World) -> None:
    """Of tokens that open nothing any more the oldest go, however often an app renews its own."""
    tokens = world.store.tokens
    dead = [text for text, token in tokens.items() if token.revoked or token.inactive]
    for text in dead[:-_MOST_DEAD]:
        del tokens[text]


def _handle(name: str) -> str:
    return "".join(c for c in name.lower().replace(" ", "-") if c.isalnum() or c in "-_.")
