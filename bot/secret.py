"""A folder in, the secret of a studio on one machine out."""

import contextlib
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet


def secret_in(folder: Path) -> str:
    """The secret of a studio on one machine: a file that only its user may read, made once.

    It guards copies of the database, not the machine that holds both.
    """
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _make(path)
    return path.read_text().strip()


def _make(path: Path) -> None:
    """Put the file there whole, or leave the one that another process put there first."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # 0600, as it stays
    try:
        with os.fdopen(handle, "w") as file:
            file.write(Fernet.generate_key().decode())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)  # unlike a rename, it never takes the place of another's
    finally:
        Path(name).unlink()
