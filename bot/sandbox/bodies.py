"""The body of a request as text or a form, or a refusal where it is neither."""

from aiohttp import web
from multidict import MultiDictProxy

from .errors import Refused

Form = MultiDictProxy[str | bytes | bytearray | web.FileField]


async def text_of(request: web.Request) -> str:
    """Raises: Refused `invalid_charset` for one that does not exist, `invalid_json` for bytes
    that are not in it.
    """
    try:
        return await request.text()
    except LookupError:
        raise _unknown(request) from None
    except ValueError:
        raise Refused("invalid_json", "the body is not UTF-8 text") from None


async def form_of(request: web.Request) -> Form:
    """Raises: Refused `invalid_charset`, or `invalid_form_data` where the form is broken."""
    try:
        return await request.post()
    except LookupError:
        raise _unknown(request) from None
    except (ValueError, web.RequestPayloadError):
        raise Refused("invalid_form_data", "the form cannot be read") from None


def _unknown(request: web.Request) -> Refused:
    return Refused("invalid_charset", f"no charset is called {request.charset}")
