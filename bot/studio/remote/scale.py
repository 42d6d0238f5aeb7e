"""An upscale in; a refusal out where the provider would give back less than was asked for."""

from bot.domain.catalog import Size
from bot.domain.people import Tool
from bot.errors import BadField, Refused
from bot.studio.foresight import Wish, check_ahead
from bot.studio.provider import Order


def check_scale(order: Order) -> None:
    """See that the order's picture can become so large; nothing to see where it is no upscale.

    It is looked at before anything is proposed too, but not of a picture whose size is not known
    until it is imported.

    Raises: Refused, before anything is sent.
    """
    if order.scale is None:
        return
    size = Size(
        width_px=max(order.size.width_px // order.scale, 1),
        height_px=max(order.size.height_px // order.scale, 1),
    )
    wish = Wish(prompt=order.prompt, count=order.count, scale=order.scale, size=size)
    try:
        check_ahead(order.model, wish, tool=Tool.UPSCALE)
    except BadField as error:
        raise Refused(error.words, was_billed=False) from error
