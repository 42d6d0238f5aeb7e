"""What a provider can say before it is paid: the essentials in, a sentence out where it fails.

A provider that can tell has a function in the table below; of all others nothing is known ahead.
"""

from collections.abc import Callable, Mapping

from bot.domain.catalog import ImageModel, Size
from bot.domain.people import Tool
from bot.errors import BadField
from bot.studio.retouch import can_retouch

Foresight = Callable[[str, int | None, Size | None], None]
"""The prompt or instruction, the scale and the first source's size. Raises: BadField."""


def _retouching(prompt: str, _scale: int | None, _size: Size | None) -> None:
    verdict = can_retouch(prompt)
    if not verdict:
        raise BadField("prompt", verdict.reason)


_FORESIGHTS: Mapping[tuple[str, Tool], Foresight] = {("sketch", Tool.EDIT): _retouching}
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
