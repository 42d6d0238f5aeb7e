"""What Slack takes as a manifest: its keys, its limits and the names it knows.

Source: Slack's JSON schema of manifests, version 2.0.0 (2026-07); its lists of scopes and events.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from .wire import Json

_Path = tuple[int | str, ...]
_NAMES = Path(__file__).with_name("names.txt")


@cache
def known_names(kind: str) -> frozenset[str]:
    """The names of `kind`: bot (scopes), user (scopes) or event."""
    section, names = "", []
    for line in _NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and section == kind:
            names.append(line)
    return frozenset(names)


def _bot_scope(name: str) -> str:
    return _named("bot", name, "scope of a bot")


def _user_scope(name: str) -> str:
    return _named("user", name, "scope of a user")


def _event(name: str) -> str:
    return _named("event", name, "event")


def _named(kind: str, name: str, what: str) -> str:
    if name not in known_names(kind):
        raise ValueError(f"{name} is no {what} that Slack knows")
    return name


def _unique(items: list[str]) -> list[str]:
    if len(set(items)) < len(items):
        raise ValueError("an entry stands here twice")
    return items


_BotScope = Annotated[str, AfterValidator(_bot_scope)]
_UserScope = Annotated[str, AfterValidator(_user_scope)]
_Events = Annotated[
    list[Annotated[str, AfterValidator(_event)]], Field(max_length=100), AfterValidator(_unique)
]
_Url = Annotated[str, Field(max_length=3500, pattern=r"^https?://")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Display(_Part):
    name: str = Field(min_length=1, max_length=35)
    description: str | None = Field(None, min_length=1, max_length=140)
    background_color: str | None = Field(None, min_length=4, max_length=7)
    long_description: str | None = Field(None, min_length=175, max_length=4000)


class _AppHome(_Part):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = False
    messages_tab_read_only_enabled: bool = False


class _BotUser(_Part):
    display_name: str = Field(min_length=1, max_length=80)
    always_online: bool = False


class _Shortcut(_Part):
    name: str = Field(min_length=1, max_length=24)
    type: Literal["message", "global"]
    callback_id: str = Field(min_length=1, max_length=255)
    description: str = Field(min_length=1, max_length=150)


class _Command(_Part):
    command: str = Field(min_length=2, max_length=32, pattern=r"^/")
    url: str | None = Field(None, max_length=3000, pattern=r"^https?://")
    description: str = Field(min_length=1, max_length=2000)
    usage_hint: str | None = Field(None, min_length=1, max_length=1000)
    should_escape: bool = False


class _Prompt(_Part):
    title: str
    message: str


class _AgentAction(_Part):
    name: str
    description: str


class _AgentView(_Part):
    agent_description: str | None = Field(None, max_length=300)
    suggested_prompts: list[_Prompt] = Field([], max_length=4)
    actions: list[_AgentAction] = []


class _AssistantView(_Part):
    assistant_description: str
    suggested_prompts: list[_Prompt] = []


class _Features(_Part):
    app_home: _AppHome | None = None
    bot_user: _BotUser | None = None
    shortcuts: list[_Shortcut] | None = Field(None, min_length=1, max_length=10)
    slash_commands: list[_Command] | None = Field(None, min_length=1, max_length=50)
    unfurl_domains: Annotated[
        list[Annotated[str, Field(max_length=255, pattern=r"^[-a-z0-9][-a-z0-9.]*[a-z0-9]$")]]
        | None,
        Field(min_length=1, max_length=5),
    ] = None
    agent_view: _AgentView | None = None
    assistant_view: _AssistantView | None = None
    functions: list[Any] | None = Field(None, max_length=50)
    workflow_steps: list[Any] | None = Field(None, min_length=1, max_length=10)


class _Scopes(_Part):
    bot: list[_BotScope] = Field([], max_length=255)
    bot_optional: list[_BotScope] = Field([], max_length=255)
    user: list[_UserScope] = Field([], max_length=255)
    user_optional: list[_UserScope] = Field([], max_length=255)

    @model_validator(mode="after")
    def _optional_ones_are_asked_for(self) -> "_Scopes":
        for optional, asked in ((self.bot_optional, self.bot), (self.user_optional, self.user)):
            for scope in optional:
                if scope not in asked:
                    raise ValueError(f"the optional scope {scope} must be among all scopes too")
        return self


class _Oauth(_Part):
    redirect_urls: list[Annotated[str, Field(max_length=2500)]] = Field([], max_length=1000)
    scopes: _Scopes = _Scopes()
    token_management_enabled: bool = False
    pkce_enabled: bool = False


class _Subscriptions(_Part):
    request_url: _Url | None = None
    bot_events: _Events = []
    user_events: _Events = []
    metadata_subscriptions: list[Any] | None = Field(None, min_length=1, max_length=20)


class _Interactivity(_Part):
    is_enabled: bool
    request_url: _Url | None = None
    message_menu_options_url: _Url | None = None


class _Settings(_Part):
    allowed_ip_address_ranges: list[str] | None = Field(None, min_length=1, max_length=50)
    event_subscriptions: _Subscriptions | None = None
    incoming_webhooks: Json | None = None
    interactivity: _Interactivity | None = None
    org_deploy_enabled: bool = False
    socket_mode_enabled: bool = False
    is_hosted: bool = False
    token_rotation_enabled: bool = False
    siws_links: Json | None = None
    hermes_app_type: str | None = None
    function_runtime: str | None = None
    is_mcp_enabled: bool = False


class _Manifest(BaseModel):
    """Parts that the sandbox does not look into are allowed, as Slack has them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    display_information: _Display
    features: _Features | None = None
    oauth_config: _Oauth | None = None
    settings: _Settings | None = None
    metadata: Json | None = Field(None, alias="_metadata")
    schema_link: str | None = Field(None, alias="$schema")
    app_directory: Json | None = None
    functions: Json | None = None
    workflows: Json | None = None
    datastores: Json | None = None
    outgoing_domains: list[Any] | None = None
    types: Json | None = None
    external_auth_providers: Json | None = None
    mcp_servers: Json | None = None


def check_manifest(manifest: Json) -> None:
    """Raises: ValueError naming, a line each, what Slack would not take."""
    lines = [f"{_place(path)}: this is empty" for path in _nulls(manifest, ())]
    try:
        _Manifest.model_validate(manifest)
    except ValidationError as error:
        lines += [f"{_place(problem['loc'])}: {problem['msg']}" for problem in error.errors()]
    if lines:
        raise ValueError("the manifest is not one that Slack takes:\n" + "\n".join(lines))


def _nulls(value: Any, path: _Path) -> Iterator[_Path]:
    """Keys without a value, which YAML makes of a line that ends in a colon."""
    if value is None:
        yield path
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _nulls(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _nulls(part, (*path, index))


def _place(path: _Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)[1:]
