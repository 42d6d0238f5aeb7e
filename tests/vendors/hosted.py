"""What the servers of hosts share: the work they took, and the pictures that come of it."""

import base64
import io
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

from tests.vendors.vendor import is_picture, picture


class Strict(BaseModel):
    """Inputs by the names and types that a model's page gives; no others are taken."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Size(Strict):
    width: int = Field(gt=0, le=14142)
    height: int = Field(gt=0, le=14142)


@dataclass
class Work:
    """One piece of work that was taken."""

    id: str
    model: str
    input: dict[str, Any]
    looks: int = 0
    status: str = ""
    error: str = ""
    files: list[str] = field(default_factory=list)


class Files:
    """Pictures by name."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self._numbers = itertools.count(1)

    def keep(self, data: bytes) -> str:
        """The name under which bytes are kept."""
        name = f"file{next(self._numbers)}.png"
        self.kept[name] = data
        return name

    def make(self, width: int, height: int) -> str:
        """The name of a fresh picture of that size."""
        number = len(self.kept) + 1
        return self.keep(picture(width, height, number=number))


def bytes_of(address: str) -> bytes | None:
    """The picture in a `data:` address; None for anything else."""
    found = re.fullmatch(r"data:image/(png|jpeg|webp);base64,([A-Za-z0-9+/=]+)", address)
    data = base64.b64decode(found[2]) if found else b""
    return data if is_picture(data) else None


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        return image.size
