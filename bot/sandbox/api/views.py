"""views.*: modals, their stack of three, and the App Home."""

from typing import Any

from ..blockkit.state import complete, initial_values, kept_values
from ..blockkit.views import check_view, too_large
from ..errors import Refused
from ..model import Trigger, View
from ..shown import view_shown
from ..store import Workspace
from ..wire import Json, new_id
from .call import Call
from .compose import usable_file

MOST_STACKED = 3


def open_view(call: Call) -> Json:
    body = checked_view(call.workspace, call.args["view"], surface="modal")
    trigger = _trigger(call)
    view = open_modal(call.workspace, trigger.user, body)
    return {"view": view_shown(call.workspace, view)}


def push(call: Call) -> Json:
    workspace = call.workspace
    body = checked_view(workspace, call.args["view"], surface="modal")
    trigger = _trigger(call, use=False)
    if trigger.view_id is None or trigger.view_id not in workspace.stacks.get(trigger.user, ()):
        raise Refused("not_found")
    view = push_modal(workspace, trigger.user, body)
    trigger.used = True
    return {"view": view_shown(workspace, view)}


def update(call: Call) -> Json:
    """The view is named by `view_id` or `external_id`; a stale `hash` is refused."""
    workspace, args = call.workspace, call.args
    if bool(args.get("view_id")) == bool(args.get("external_id")):
        raise Refused("invalid_arguments", "exactly one of view_id and external_id is needed")
    view = _named(workspace, args)
    if view is None:
        raise Refused("not_found")
    if args.get("hash") and args["hash"] != view.hash:
        raise Refused("hash_conflict")
    body = checked_view(workspace, args["view"], surface=view.kind, replacing=view)
    replace_view(workspace, view, body)
    return {"view": view_shown(workspace, view)}


def publish(call: Call) -> Json:
    workspace, args = call.workspace, call.args
    if not workspace.app.home_tab:
        raise Refused("not_enabled")
    user = call.user(args["user_id"])
    known = workspace.views.get(workspace.homes.get(user.id, ""))
    if args.get("hash") and known is not None and args["hash"] != known.hash:
        raise Refused("hash_conflict")
    body = checked_view(workspace, args["view"], surface="home", replacing=known)
    if known is None:
        view_id = new_id("V")
        known = View(view_id, user.id, "home", body, initial_values(body["blocks"]), "", view_id)
        workspace.homes[user.id] = view_id
    else:
        known.values = kept_values(body["blocks"], known.values)
        known.body = body
    workspace.put_view(known, "home_published")
    return {"view": view_shown(workspace, known)}


def checked_view(
    workspace: Workspace, view: Any, *, surface: str, replacing: View | None = None
) -> Json:
    """A view with ids filled in.

    Raises: Refused `invalid_arguments`, `view_too_large`, `duplicate_external_id`.
    """
    errors = check_view(view, surface=surface, usable_file=lambda r: usable_file(workspace, r))
    if errors:
        raise Refused("invalid_arguments", *errors)
    if too_large(view):
        raise Refused("view_too_large")
    external_id = view.get("external_id")
    for other in workspace.views.values():
        if external_id and other is not replacing and other.body.get("external_id") == external_id:
            raise Refused("duplicate_external_id")
    complete(view["blocks"])
    return dict(view)


def open_modal(workspace: Workspace, user: str, body: Json) -> View:
    """A new stack of one; what was open is closed."""
    workspace.close_views(user, reversed(workspace.stack(user)), all_of_them=True)
    view_id = new_id("V")
    view = View(view_id, user, "modal", body, initial_values(body["blocks"]), "", view_id)
    workspace.stacks[user] = [view_id]
    workspace.put_view(view, "view_opened")
    return view


def push_modal(workspace: Workspace, user: str, body: Json) -> View:
    """Raises: Refused `push_limit_reached`."""
    stack = workspace.stacks[user]
    if len(stack) >= MOST_STACKED:
        raise Refused("push_limit_reached")
    view = View(
        new_id("V"), user, "modal", body, initial_values(body["blocks"]), "", stack[0], stack[-1]
    )
    stack.append(view.id)
    workspace.put_view(view, "view_pushed")
    return view


def replace_view(workspace: Workspace, view: View, body: Json) -> None:
    """New contents; what was typed stays where both ids stay."""
    view.values = kept_values(body["blocks"], view.values)
    view.body = body
    workspace.put_view(view, "home_published" if view.kind == "home" else "view_updated")


def _named(workspace: Workspace, args: Json) -> View | None:
    if args.get("view_id"):
        return workspace.views.get(args["view_id"])
    for view in workspace.views.values():
        if view.body.get("external_id") == args["external_id"]:
            return view
    return None


def _trigger(call: Call, *, use: bool = True) -> Trigger:
    """The trigger named in the arguments, used up.

    Raises: Refused `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`.
    """
    trigger_id = call.args.get("trigger_id") or call.args.get("interactivity_pointer") or ""
    trigger = call.workspace.triggers.get(trigger_id)
    if trigger is None:
        raise Refused("invalid_trigger_id")
    if trigger.used:
        raise Refused("exchanged_trigger_id")
    if call.world.clock.now() > trigger.expires:
        raise Refused("expired_trigger_id")
    trigger.used = use
    return trigger
