"""What a provider can say before it is paid: the essentials in, a sentence out where it fails.

A provider that can tell has a function in the table below; of all others nothing is known ahead.
"""

from collections.abc import Callable, Mapping

from bot.domain.catalog import ImageModel, Size
from bot.domain.people import Tool
from bot.errors import BadField, BadPicture
from bot.studio.retouch import can_retouch
from bot.studio.upscale.limits import enlarged_size

Foresight = Callable[[str, int | None, Size | None], None]
"""The prompt or instruction, the scale and the first source's size. Raises: BadField."""


def _retouching(prompt: str, _scale: int | None, _size: Size | None) -> None:
    verdict = can_retouch(prompt)
    if not verdict:
        raise BadField("prompt", verdict.reason)


def _enlarging(_prompt: str, scale: int | None, size: Size | None) -> None:
    if scale is None or size is None:
        return
    try:
        enlarged_size(size.width_px, size.height_px, scale=scale)
    except BadPicture as error:
        raise BadField("scale", error.words) from error


_FORESIGHTS: Mapping[tuple[str, Tool], Foresight] = {
    ("sketch", Tool.EDIT): _retouching,
    ("waifu2x", Tool.UPSCALE): _enlarging,
}
"""By the provider's name and the tool."""


def check_ahead(
    model: ImageModel,
    *,
    tool: Tool,
    prompt: str,
    scale: int | None = None,
    size: Size | None = None,
) -> None:
    """See that a model's provider does not know already that it cannot do this.

    Without the `size` of the picture to work on, what depends on it is not looked at.

    Raises: BadField.
    """
    foresight = _FORESIGHTS.get((model.provider, tool))
    if foresight is not None:
        foresight(prompt, scale, size)
