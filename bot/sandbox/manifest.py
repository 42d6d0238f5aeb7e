"""An app's manifest, as parsed YAML or JSON, becomes what the workspace lets that app do."""

from dataclasses import dataclass
from typing import Any

from .manifest_form import check_manifest
from .wire import Json


@dataclass(frozen=True)
class Command:
    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    url: str = ""


@dataclass(frozen=True)
class Shortcut:
    type: str
    name: str
    callback_id: str
    description: str = ""


@dataclass(frozen=True)
class App:
    """What the manifest grants; nothing that it does not name happens."""

    id: str
    name: str
    bot_name: str
    scopes: tuple[str, ...]
    events: frozenset[str]
    commands: dict[str, Command]
    shortcuts: tuple[Shortcut, ...]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    is_agent: bool
    suggested_prompts: Json | None
    interactivity: bool
    socket_mode: bool
    optional_scopes: tuple[str, ...] = ()
    user_scopes: tuple[str, ...] = ()
    redirect_urls: tuple[str, ...] = ()
    token_rotation: bool = False
    org_deploy: bool = False
    events_url: str = ""
    interactivity_url: str = ""
    options_url: str = ""
    unfurl_domains: tuple[str, ...] = ()


def app_from(manifest: Json, *, app_id: str) -> App:
    """Read a manifest.

    Raises: ValueError naming what Slack would not take.
    """
    check_manifest(manifest)
    info = _part(manifest, "display_information")
    features = _part(manifest, "features")
    settings = _part(manifest, "settings")
    home = _part(features, "app_home")
    oauth = _part(manifest, "oauth_config")
    scopes = _part(oauth, "scopes")
    agent = features.get("agent_view") or features.get("assistant_view")
    prompts = (agent or {}).get("suggested_prompts") or []
    return App(
        id=app_id,
        name=info["name"],
        bot_name=_part(features, "bot_user").get("display_name") or info["name"],
        scopes=tuple(scopes.get("bot") or ()),
        events=frozenset(_part(settings, "event_subscriptions").get("bot_events") or ()),
        commands={c["command"]: _command(c) for c in features.get("slash_commands") or ()},
        shortcuts=tuple(_shortcut(s) for s in features.get("shortcuts") or ()),
        home_tab=bool(home.get("home_tab_enabled")),
        messages_tab=bool(home.get("messages_tab_enabled", agent is not None)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
        is_agent=features.get("agent_view") is not None,
        suggested_prompts={"title": "", "prompts": list(prompts)} if prompts else None,
        interactivity=bool(_part(settings, "interactivity").get("is_enabled")),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        optional_scopes=tuple(scopes.get("bot_optional") or ()),
        user_scopes=tuple(scopes.get("user") or ()),
        redirect_urls=tuple(oauth.get("redirect_urls") or ()),
        token_rotation=bool(settings.get("token_rotation_enabled")),
        org_deploy=bool(settings.get("org_deploy_enabled")),
        events_url=_part(settings, "event_subscriptions").get("request_url") or "",
        interactivity_url=_part(settings, "interactivity").get("request_url") or "",
        options_url=_part(settings, "interactivity").get("message_menu_options_url") or "",
        unfurl_domains=tuple(features.get("unfurl_domains") or ()),
    )


def _part(data: Json, key: str) -> Json:
    value: Any = data.get(key)
    return value if isinstance(value, dict) else {}


def _command(data: Json) -> Command:
    return Command(
        command=data["command"],
        description=data.get("description", ""),
        usage_hint=data.get("usage_hint", ""),
        should_escape=bool(data.get("should_escape")),
        url=data.get("url") or "",
    )


def _shortcut(data: Json) -> Shortcut:
    return Shortcut(
        type=data["type"],
        name=data["name"],
        callback_id=data["callback_id"],
        description=data.get("description", ""),
    )
