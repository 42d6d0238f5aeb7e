"""What a person can do in the client that is not pressing on the app: say, upload, react, read."""

from .api.reactions import react as put_reaction
from .api.streams import end as end_stream
from .canvas.deeds import linked
from .errors import Refused
from .media import recognise
from .model import Change, Channel, File, Kind, Message, User
from .shown import view_shown
from .store import Workspace
from .typed_text import stored
from .wire import Json, new_id
from .world import World

MOST_TYPED = 12_000


def person(workspace: Workspace, name: str) -> User:
    """A member by id or name.

    Raises: Refused `user_not_found`.
    """
    found = workspace.users.get(name) or workspace.person_named(name)
    if found is None or found.is_bot:
        raise Refused("user_not_found", f"nobody here is called {name!r}", status=404)
    return found


def member(workspace: Workspace, name: str) -> User:
    """A person by id or name, or without one (or by its id) the app's bot.

    Raises: Refused `user_not_found`, `app_not_installed`.
    """
    if name not in ("", "bot", workspace.install.bot_user):
        return person(workspace, name)
    if not workspace.install.is_active:
        raise Refused("app_not_installed", "the app is not installed here", status=404)
    return workspace.bot


def place(workspace: Workspace, user: User, name: str) -> Channel:
    """A channel this person may see: by id, by name, `dm`, or the bot's user id.

    Raises: Refused `channel_not_found`.
    """
    if name in ("dm", workspace.install.bot_user):
        if not workspace.install.is_active:
            raise Refused("app_not_installed", "the app is not installed here", status=404)
        return workspace.dm(user.id)
    channel = workspace.channels.get(name)
    if channel is None:
        wanted = name.removeprefix("#")
        channel = next((c for c in workspace.channels.values() if c.name == wanted), None)
    if channel is None or not channel.is_open_to(user):
        raise Refused("channel_not_found", f"no channel {name!r} for {user.name}", status=404)
    return channel


def say(
    world: World,
    user: User,
    channel: Channel,
    text: str,
    *,
    thread_ts: str | None = None,
    files: tuple[str, ...] = (),
) -> Message:
    """A person posts.

    Raises: Refused `not_in_channel`, `is_archived`, `messages_tab_disabled`, `thread_not_found`,
    `no_text`, `msg_too_long`, `file_not_found`.
    """
    workspace = world.workspace
    if user.id not in channel.members:
        raise Refused("not_in_channel", f"{user.name} is not in #{channel.name}", status=403)
    if channel.is_archived:
        raise Refused("is_archived", "the channel is archived", status=403)
    read_only = world.app.messages_read_only or not world.app.messages_tab
    if channel.kind is Kind.IM and read_only:
        raise Refused("messages_tab_disabled", "the app takes no messages", status=403)
    if thread_ts is not None:
        parent = channel.messages.get(thread_ts)
        if parent is None:
            raise Refused("thread_not_found", "there is no such thread", status=404)
        thread_ts = parent.thread_ts or parent.ts
    if not text.strip() and not files:
        raise Refused("no_text", "there is nothing to send", status=400)
    _check_length(text)
    for file_id in files:
        file = workspace.files.get(file_id)
        if file is None or file.user != user.id:
            raise Refused("file_not_found", f"no file {file_id} of {user.name}", status=404)
        file.completed = True
    plain, blocks = stored(workspace, text)
    team = user.team or workspace.id
    body: Json = {"user": user.id, "team": team, "text": plain}
    if channel.is_ext_shared:
        body |= {"user_team": team, "source_team": team}
    if not files:
        body["client_msg_id"] = _client_id()
    if blocks:
        body["blocks"] = blocks
    files += linked(workspace, user.id, channel, plain)
    message = Message(
        channel.id, workspace.new_ts(), user.id, body, thread_ts=thread_ts, file_ids=files
    )
    workspace.post(message)
    return message


def _check_length(text: str) -> None:
    if len(text) > MOST_TYPED * 5:
        raise Refused("msg_too_long", "the message is too long", status=400)


def _client_id() -> str:
    part = new_id("", 32).lower()
    return f"{part[:8]}-{part[8:12]}-4{part[13:16]}-a{part[17:20]}-{part[20:32]}"


def upload(world: World, user: User, *, name: str, data: bytes, alt_txt: str = "") -> File:
    """A file a person is about to post.

    Raises: Refused `empty_file`.
    """
    if not isinstance(data, bytes):
        raise Refused("invalid_field", "data is a file, sent as multipart", status=400)
    if not data:
        raise Refused("empty_file", "the file is empty", status=400)
    file = File(
        id=new_id("F"),
        name=name,
        title=name,
        user=user.id,
        created=int(world.clock.now()),
        size=len(data),
        alt_txt=alt_txt,
        data=data,
        uploaded=True,
    )
    recognise(file)
    world.workspace.files[file.id] = file
    return file


def edit(world: World, user: User, channel: Channel, ts: str, text: str) -> Message:
    """A person changes what they said."""
    message = _own(world, user, channel, ts)
    _check_length(text)
    plain, blocks = stored(world.workspace, text)
    body = message.body | {"text": plain, "blocks": blocks}
    body["edited"] = {"user": user.id, "ts": world.workspace.new_ts()}
    world.workspace.edit(message, body)
    return message


def delete(world: World, user: User, channel: Channel, ts: str) -> None:
    world.workspace.delete(_own(world, user, channel, ts))


def _own(world: World, user: User, channel: Channel, ts: str) -> Message:
    message = channel.messages.get(ts)
    if message is None or message.user != user.id:
        raise Refused("message_not_found", "no such message of this person", status=404)
    return message


def react(world: World, user: User, channel: Channel, *, ts: str, name: str) -> None:
    """Raises: Refused `message_not_found`, `already_reacted`, `invalid_name`."""
    message = channel.messages.get(ts)
    if message is None:
        raise Refused("message_not_found", "no such message", status=404)
    put_reaction(world.workspace, channel, message, user=user.id, name=name)


def read(world: World, user: User, channel: Channel) -> None:
    """Mark everything in the channel as read."""
    newest = next(reversed(channel.messages), "0")
    channel.read[user.id] = newest
    world.workspace.tell(Change("channel", world.workspace.id, channel=channel, user=user.id))


def arrive(world: World, user: User) -> None:
    """Somebody new in the workspace: in its open channels, unless a guest or of another company."""
    workspace = world.workspace
    workspace.users[user.id] = user
    for channel in workspace.channels.values():
        if channel.kind is Kind.CHANNEL and not (user.is_restricted or user.team):
            channel.members.append(user.id)
    workspace.tell(Change("team_join", workspace.id, user=user.id))


def join(world: World, channel: Channel, user_id: str) -> None:
    """Someone (or the bot) comes into a channel."""
    if user_id not in channel.members:
        channel.members.append(user_id)
        kind = "member_joined_channel"
        world.workspace.tell(Change(kind, world.workspace.id, channel=channel, user=user_id))


def leave(world: World, channel: Channel, user_id: str) -> None:
    if user_id in channel.members:
        channel.members.remove(user_id)
        kind = "member_left_channel"
        world.workspace.tell(Change(kind, world.workspace.id, channel=channel, user=user_id))


def open_home(world: World, user: User, tab: str) -> Json | None:
    """A person opens the app's Home or Messages tab; returns the published view, if any."""
    workspace = world.workspace
    if tab not in ("home", "messages"):
        raise Refused("invalid_tab", "tab is home or messages", status=400)
    if tab == "home" and not world.app.home_tab:
        raise Refused("not_enabled", "the app has no Home tab", status=404)
    view = workspace.views.get(workspace.homes.get(user.id, ""))
    if not workspace.install.is_active:
        raise Refused("app_not_installed", "the app is not installed here", status=404)
    data: Json = {"tab": tab}
    shown_view = view if tab == "home" else None
    workspace.tell(
        Change("app_home_opened", workspace.id, view=shown_view, user=user.id, data=data)
    )
    return view_shown(workspace, view) if view is not None and tab == "home" else None


def stop_session(world: World, user: User, channel: Channel, thread_ts: str) -> None:
    """A person presses stop while an agent's session is processing.

    Raises: Refused `session_not_found`.
    """
    session = world.workspace.sessions.get((channel.id, thread_ts))
    if session is None or session["status"] != "processing":
        raise Refused("session_not_found", "nothing is being worked on", status=404)
    data: Json = {"channel_id": channel.id, "thread_ts": thread_ts, "user_id": user.id}
    world.workspace.tell(
        Change("agent_session_stopped", world.workspace.id, user=user.id, data=data)
    )
    for message in world.workspace.thread(channel, thread_ts):
        end_stream(world.workspace, message, by_user=True)


def open_window(world: World, user: User) -> None:
    """A person's client begins anew: without another window of theirs, open modals are lost.

    The app is told of a close button, not of this.
    Source: https://docs.slack.dev/tools/bolt-js/concepts/view-submissions (2026)
    """
    if not world.stream.is_watched(user.id):
        world.workspace.lose_views(user.id)
