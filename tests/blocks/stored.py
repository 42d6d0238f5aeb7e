"""Compares with stored JSON; STUDIO_UPDATE_SNAPSHOTS=1 writes it anew."""

import json
import os
from pathlib import Path

_FOLDER = Path(__file__).parent / "snapshots"


def assert_snapshot(name: str, shown: object) -> None:
    """Fails with a readable difference where `shown` is not what is stored under `name`."""
    path = _FOLDER / f"{name}.json"
    if os.environ.get("STUDIO_UPDATE_SNAPSHOTS") == "1":
        path.write_text(json.dumps(shown, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    assert shown == json.loads(path.read_text(encoding="utf-8"))
