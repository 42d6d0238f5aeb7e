"""The lunch app's manifest, as it lies beside the app, with what a test adds."""

from pathlib import Path
from typing import Any

import yaml

Json = dict[str, Any]


def lunch_manifest(*, more_scopes: str = "") -> Json:
    path = Path(__file__).with_name("manifest.yml")
    manifest: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    manifest["oauth_config"]["scopes"]["bot"] += more_scopes.split()
    return manifest
