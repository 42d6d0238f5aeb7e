"""An order in, the prompt as models without styles of their own read it; bytes to text and back."""

import base64
import binascii

from bot.domain.catalog import Aspect
from bot.errors import Unknown
from bot.studio.provider import Order, SourcePicture


def prompt_words(order: Order) -> str:
    """The order's prompt with the words of its style; of an edit or upscale, the prompt alone."""
    if order.sources or not order.style.words:
        return order.prompt
    return f"{order.prompt.rstrip()}\n\nStyle: {order.style.words}."


def asked_aspect(order: Order) -> Aspect | None:
    """The aspect of an order of pictures from words, by its size where it says none."""
    if order.aspect is not None or order.sources:
        return order.aspect
    return next((a for a, size in order.model.sizes.items() if size == order.size), None)


def to_base64(data: bytes) -> str:
    """Bytes as base64."""
    return base64.b64encode(data).decode("ascii")


def data_url(source: SourcePicture) -> str:
    """A picture as a `data:` address."""
    return f"data:{source.mime};base64,{to_base64(source.data)}"


def from_base64(text: object) -> bytes:
    """What base64 holds; a `data:` address may stand before it.

    Raises: Unknown where it is damaged: it was made, and may have been billed.
    """
    if not isinstance(text, str) or not text:
        raise Unknown("The provider's answer holds no picture.")
    try:
        return base64.b64decode(text.rpartition(",")[2], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unknown("The provider's answer is damaged.") from error
