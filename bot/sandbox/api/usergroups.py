"""usergroups.*: groups of people under one handle."""

from ..errors import Refused
from ..model import UserGroup
from ..wire import Json
from .call import Call


def list_all(call: Call) -> Json:
    args = call.args
    shown = []
    for group in call.workspace.usergroups.values():
        if group.disabled and not args.get("include_disabled"):
            continue
        one = _shown(call, group)
        if args.get("include_count"):
            one["user_count"] = len(group.users)
        if args.get("include_users"):
            one["users"] = list(group.users)
        shown.append(one)
    return {"usergroups": shown}


def users(call: Call) -> Json:
    """Raises: Refused `no_such_subteam`, also for one that is switched off and not asked for."""
    group = call.workspace.usergroups.get(call.args["usergroup"])
    if group is None or (group.disabled and not call.args.get("include_disabled")):
        raise Refused("no_such_subteam")
    return {"users": list(group.users)}


def _shown(call: Call, group: UserGroup) -> Json:
    return {
        "id": group.id,
        "team_id": call.workspace.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": 1_700_000_000,
        "date_update": 1_700_000_000,
        "date_delete": 1_700_000_000 if group.disabled else 0,
        "auto_type": None,
        "created_by": group.created_by,
        "updated_by": group.created_by,
        "deleted_by": group.created_by if group.disabled else None,
        "prefs": {"channels": [], "groups": []},
    }
