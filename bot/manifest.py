"""The app's manifest, as Slack is given it."""

from pathlib import Path
from typing import Any

import yaml

from bot.errors import SetupError

_PLACES = (
    Path(__file__).parents[1] / "manifest.yml",
    Path(__file__).with_name("manifest.yml"),
)
"""In a checkout; in an installed wheel."""


def load_manifest(path: Path | None = None) -> dict[str, Any]:
    """The manifest at `path`, or the app's own.

    Raises: SetupError where there is none that can be read.
    """
    found = path or next((place for place in _PLACES if place.exists()), _PLACES[0])
    try:
        manifest = yaml.safe_load(found.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SetupError(f"The manifest {found} cannot be read: {error}") from error
    if not isinstance(manifest, dict):
        raise SetupError(f"The manifest {found} is not a mapping of settings.")
    return manifest


def bot_scopes(manifest: dict[str, Any]) -> frozenset[str]:
    """The bot scopes a manifest asks for."""
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])
