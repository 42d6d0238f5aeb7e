"""What a process of ours that handles bytes of others is told of our own: as little as it needs."""

import os
from pathlib import Path

_ROOT = Path(__file__).parents[2]
"""Where the package `bot` lies that is running now."""
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL", "TZ")


def bare_environment() -> dict[str, str]:
    """An environment to run our modules in, without our tokens and keys."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, "PYTHONPATH": str(_ROOT)}
