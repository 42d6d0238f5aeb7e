"""The handshake by which an app's address for events proves to be its own."""

from ..errors import Refused
from ..wire import Json, secret
from .attempt import HANDSHAKE, SSL_CHECK
from .delivery import Delivery
from .http import HttpRequests


async def verify(delivery: Delivery, http: HttpRequests | None) -> Json:
    """Challenge the address for events and check those of the commands; what became of each.

    Raises: Refused `socket_mode_enabled` where there is nothing to verify.
    Source: https://docs.slack.dev/apis/events-api/using-http-request-urls (2026)
    """
    if http is None:
        words = "the app uses Socket Mode, so it has no address to verify"
        raise Refused("socket_mode_enabled", words, status=400)
    await challenge(delivery, http)
    checked: Json = {}
    for command, url in http.urls.commands.items():
        checked[command] = {"url": url, "problem": await _check(delivery, http, command)}
    return shown(http) | {"commands": checked}


def shown(http: HttpRequests | None) -> Json:
    """How payloads reach the app, and whether its address for events is verified."""
    if http is None:
        return {"transport": "socket"}
    answer: Json = {"transport": "http", "request_url": http.urls.events}
    if http.urls.events:
        answer |= {"verified": not http.unverified, "problem": http.unverified}
    return answer


async def challenge(delivery: Delivery, http: HttpRequests) -> None:
    """Ask the address for events, if there is one, to prove that it is the app's."""
    if http.urls.events:
        http.verified(await _why_not(delivery, http))


async def _why_not(delivery: Delivery, http: HttpRequests) -> str:
    word = secret("challenge")
    payload: Json = {
        "token": "sandbox-verification",
        "challenge": word,
        "type": "url_verification",
    }
    missing = http.missing(HANDSHAKE, payload)
    if missing is not None:
        return missing.words
    outcome = await delivery.once(HANDSHAKE, payload, name=HANDSHAKE, entry_kind="event")
    if outcome.failure:
        return f"{outcome.failure}: {outcome.words}"
    if outcome.answer.get("challenge") != word:
        return "the address did not answer with the value of the challenge"
    return ""


async def _check(delivery: Delivery, http: HttpRequests, command: str) -> str:
    payload: Json = {"token": "sandbox-verification", "command": command}
    missing = http.missing(SSL_CHECK, payload)
    if missing is not None:
        return missing.words
    outcome = await delivery.once(SSL_CHECK, payload, name=SSL_CHECK, entry_kind="event")
    return outcome.words
