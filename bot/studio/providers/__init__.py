"""The providers there are, by name; a new one is a module here and a line below."""

from bot.studio.provider import Provider
from bot.studio.providers.sketch import SketchProvider
from bot.studio.providers.waifu2x import Waifu2xProvider


def local_providers() -> dict[str, Provider]:
    """The providers that need no key and no network, freshly made."""
    providers: tuple[Provider, ...] = (SketchProvider(), Waifu2xProvider())
    return {provider.name: provider for provider in providers}
