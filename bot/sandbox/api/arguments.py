"""Arguments as the SDKs send them (JSON body, form, query string) become typed values."""

import base64
from typing import Any

from aiohttp import web

from ..bodies import form_of, text_of
from ..errors import Refused
from ..wire import Json, load
from .call import Method

_JSON = frozenset(
    {
        "attachments",
        "blocks",
        "changes",
        "chunks",
        "criteria",
        "document_content",
        "files",
        "loading_messages",
        "message",
        "metadata",
        "prompts",
        "unfurls",
        "user_auth_blocks",
        "view",
    }
)
_NOT_JSON = {
    "attachments": "invalid_attachments",
    "blocks": "invalid_blocks_format",
    "chunks": "invalid_chunks",
    "metadata": "invalid_metadata_format",
    "unfurls": "invalid_unfurls_format",
}
_LISTS = frozenset({"channel_ids", "channels", "file_ids", "user_ids", "users"})
_INTEGERS = frozenset({"count", "length", "limit", "page"})
_BOOLEANS = frozenset(
    {
        "as_user",
        "exclude_archived",
        "full",
        "inclusive",
        "include_all_metadata",
        "include_categories",
        "include_count",
        "include_disabled",
        "include_labels",
        "include_locale",
        "include_num_members",
        "include_users",
        "link_names",
        "mrkdwn",
        "prevent_creation",
        "reply_broadcast",
        "return_im",
        "unfurl_links",
        "unfurl_media",
        "user_auth_required",
    }
)
_ANYWHERE = frozenset({"team_id", "token"})
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_TRUE = (True, 1, "1", "true", "True", "t")
_FALSE = (False, 0, "0", "false", "False", "f")


async def sent_arguments(request: web.Request) -> tuple[Json, str | None]:
    """Everything the request carries, untyped, and the JSON text if that is how it came.

    A token counts in a form alone: Slack takes none from a query string or from JSON, and reads no
    query string beside JSON.

    Raises: Refused `json_not_object`, `invalid_json`, `invalid_post_type` and those of the body.
    Source: https://docs.slack.dev/apis/web-api (2026)
    """
    query = query_arguments(request) | _client(request)
    if request.method != "POST" or not request.can_read_body:
        return query, None
    if request.content_type == "application/json":
        text = await text_of(request)
        try:
            body = load(text or "{}")
        except ValueError:
            raise Refused("invalid_json", "the body is not JSON") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        body.pop("token", None)
        return body, text
    if request.content_type not in _FORMS:
        raise Refused("invalid_post_type", f"cannot read {request.content_type}")
    form = await form_of(request)
    return query | {k: v for k, v in form.items() if isinstance(v, str)}, None


def _client(request: web.Request) -> Json:
    """The app's credentials, where they came by HTTP Basic, as OAuth's methods take them."""
    header = request.headers.get("Authorization", "")
    if not header.startswith("Basic "):
        return {}
    try:
        login = base64.b64decode(header[6:], validate=True).decode()
    except ValueError:
        return {}
    client_id, _, client_secret = login.partition(":")
    return {"client_id": client_id, "client_secret": client_secret}


def query_arguments(request: web.Request) -> Json:
    return {name: value for name, value in request.query.items() if name != "token"}


def read_arguments(method: Method, sent: Json) -> Json:
    """Typed arguments of `method`.

    Raises: Refused `invalid_arguments` naming what is missing, unknown or of the wrong type.
    """
    known = {*method.required.split(), *method.optional.split(), *_ANYWHERE}
    if not method.open_arguments:
        for name in sent:
            if name not in known:
                raise Refused("invalid_arguments", f"unsupported argument: {name}")
    args: Json = {}
    for name, value in sent.items():
        if value is not None and name != "token":
            args[name] = _typed(name, value)
    for name in method.required.split():
        if args.get(name) in (None, ""):
            raise Refused("invalid_arguments", f"missing required field: {name}")
    return args


def _typed(name: str, value: Any) -> Any:
    if name in _JSON:
        return _json(name, value)
    if name in _LISTS:
        return _listed(name, value)
    if name in _INTEGERS:
        try:
            return int(value)
        except (TypeError, ValueError):
            raise Refused("invalid_arguments", f"must be an integer: {name}") from None
    if name in _BOOLEANS:
        if value in _TRUE:
            return True
        if value in _FALSE:
            return False
        raise Refused("invalid_arguments", f"must be a boolean: {name}")
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise Refused("invalid_arguments", f"must be a string: {name}")


def _json(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return load(value)
    except ValueError:
        code = _NOT_JSON.get(name, "invalid_arguments")
        raise Refused(code, f"must be JSON: {name}") from None


def _listed(name: str, value: Any) -> list[str]:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise Refused("invalid_arguments", f"must be a list: {name}")
