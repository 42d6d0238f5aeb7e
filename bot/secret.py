"""A folder in, the secret of a studio on one machine out."""

import os
from pathlib import Path

from cryptography.fernet import Fernet


def secret_in(folder: Path) -> str:
    """The secret of a studio on one machine: a file that only its user may read, made once.

    It guards copies of the database, not the machine that holds both.
    """
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(Fernet.generate_key().decode())
    return path.read_text().strip()
