"""auth.*, users.*, team.* and bots.*: who is who."""

from ..errors import Refused
from ..shown import user_shown
from ..wire import Json
from .call import Call
from .conversations import paged


def auth_test(call: Call) -> Json:
    """Who the token speaks as; an organisation's token names the organisation as its team."""
    workspace, token = call.workspace, call.token
    if token is None or token.kind == "app":
        return {"app_id": workspace.app.id, "app_name": workspace.app.name}
    org = workspace.org
    answer: Json = {
        "url": f"{workspace.base_url}/",
        "team": workspace.name,
        "team_id": workspace.id,
        "is_enterprise_install": bool(token.org),
    }
    if org is not None:
        answer["enterprise_id"] = org.id
    if token.expires is not None:
        answer["expires_in"] = int(token.expires - call.world.clock.now())
    if token.kind == "user":
        return answer | {"user": call.user(token.user).name, "user_id": token.user}
    install = workspace.install
    if org is not None and token.org:
        answer |= {"team": org.name, "team_id": org.id, "user": workspace.app.bot_name}
        return answer | {"user_id": org.bot_user, "bot_id": org.bot_id}
    bot = workspace.users.get(install.bot_user)
    return answer | {
        "user": bot.name if bot else workspace.app.bot_name,
        "user_id": install.bot_user,
        "bot_id": install.bot_id,
    }


def api_test(call: Call) -> Json:
    if call.args.get("error"):
        raise Refused(call.args["error"], details={"args": call.args})
    return {"args": call.args}


def team_info(call: Call) -> Json:
    workspace = call.workspace
    if call.args.get("team", workspace.id) != workspace.id:
        raise Refused("team_not_found")
    return {
        "team": {
            "id": workspace.id,
            "name": workspace.name,
            "domain": workspace.domain,
            "url": f"{workspace.base_url}/",
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


def bots_info(call: Call) -> Json:
    workspace = call.workspace
    if call.args.get("bot", workspace.install.bot_id) != workspace.install.bot_id:
        raise Refused("bot_not_found")
    return {
        "bot": {
            "id": workspace.install.bot_id,
            "deleted": False,
            "name": workspace.app.bot_name,
            "updated": 1_700_000_000,
            "app_id": workspace.app.id,
            "user_id": workspace.install.bot_user,
            "icons": {},
        }
    }


def users_info(call: Call) -> Json:
    user = call.user(call.args["user"])
    with_locale = bool(call.args.get("include_locale"))
    return {"user": user_shown(call.workspace, user, with_locale=with_locale)}


def users_list(call: Call) -> Json:
    page, cursor = paged(call, list(call.workspace.users.values()), default=200)
    with_locale = bool(call.args.get("include_locale"))
    members = [user_shown(call.workspace, u, with_locale=with_locale) for u in page]
    return {"members": members, "cache_ts": int(call.world.clock.now()), **cursor}


def connections_open(call: Call) -> Json:
    if not call.world.app.socket_mode:
        raise Refused("not_allowed", "Socket Mode is not turned on for this app")
    base = call.world.base_url.replace("http://", "ws://", 1)
    return {
        "url": f"{base}/socket?ticket={call.world.socket.new_ticket()}&app_id={call.world.app.id}"
    }
