"""The local upscaler as a provider: an order with one picture in, the picture enlarged out."""

from bot.errors import BadPicture, Refused
from bot.studio.provider import Absent, Accepted, Made, Order, Picture, Provider
from bot.studio.upscale.limits import SCALES
from bot.studio.upscale.process import Upscaler

_DESCRIPTIONS = {2: "upscaled to twice its size", 4: "upscaled to four times its size"}


class Waifu2xProvider(Provider):
    """Enlarges pictures with waifu2x's network for photos; needs no key and no network."""

    name = "waifu2x"
    poll_seconds = 1.0

    def __init__(self, upscaler: Upscaler | None = None) -> None:
        self._upscaler = upscaler or Upscaler()

    async def submit(self, order: Order) -> Made:
        """Enlarge the order's only source."""
        if order.scale not in SCALES or len(order.sources) != 1:
            raise Refused("It makes one picture two or four times as large.", was_billed=False)
        try:
            made = await self._upscaler.upscale(order.sources[0].data, scale=order.scale)
        except BadPicture as error:
            raise Refused(error.words, was_billed=False) from error
        picture = Picture(data=made.data, description=_DESCRIPTIONS[order.scale], index=1)
        return Made(pictures=(picture,), seconds=made.seconds)

    async def poll(self, order: Order, reference: str) -> None:
        """Nothing: an order is done when it is submitted, so there is never one to wait for."""

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """Always absent: the process that was enlarging a picture ended with ours."""
        return Absent()

    async def close(self) -> None:
        """End the process that is enlarging a picture."""
        await self._upscaler.close()
