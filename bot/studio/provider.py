"""The seam to whoever makes pictures: an order goes in, pictures or a ticket come out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from bot.domain.base import Value
from bot.domain.catalog import Aspect, ImageModel, Size, Style


@dataclass(frozen=True)
class SourcePicture:
    """One encoded picture to work on, as it is kept in the gallery."""

    data: bytes
    mime: str


class Order(Value):
    """What a provider is asked to make; complete, so that the same order can be made again."""

    key: str
    """Ours, unique to one submission; providers that can look work up find it under this."""
    model: ImageModel
    prompt: str
    title: str
    style: Style
    size: Size
    """Of each picture; of an edit, the source's own, unless the edit changes it."""
    aspect: Aspect | None = None
    """What was asked for, for providers that take a ratio; None for an edit or an upscale."""
    count: int
    seed: int | None
    """Of the first picture; the others follow by one. None where the model takes no seed."""
    negative_prompt: str
    is_transparent: bool = False
    """Whether the ground is to be see-through; only of models that can."""
    sources: tuple[SourcePicture, ...] = ()
    """What to edit or upscale, the most important first; empty for an image from words alone."""
    scale: int | None = None
    """How many times larger to make each side of the only source; None where it is no upscale."""
    end_user: str = ""
    """A lasting pseudonym of the person, for providers that ask for one; empty where unknown."""


@dataclass(frozen=True)
class Picture:
    """One encoded picture as the provider delivered it; kept byte for byte."""

    data: bytes
    description: str
    """What it shows, in a few words, for the alt text; empty where only the title says it."""
    index: int
    """Which of the order's pictures it is, from 1."""
    seed: int | None = None
    """The seed it was made with, where the provider says one other than the order's."""
    vector: bytes | None = None
    """The drawing as clean SVG, where `data` is made from one."""


@dataclass(frozen=True)
class Accepted:
    """The provider took the order and works on it; `reference` finds it again."""

    reference: str


@dataclass(frozen=True)
class Made:
    """The pictures; fewer than ordered where some did not come out, with the reason."""

    pictures: tuple[Picture, ...]
    seconds: float
    """What the provider itself took."""
    shortfall: str = ""
    cost_usd: Decimal | None = None
    """What the provider says all of it cost; None where it does not say."""
    request_id: str = ""
    """The provider's own id of the work, for its support; several are separated by a space."""


@dataclass(frozen=True)
class Absent:
    """The provider is certain that it never took an order under that key."""


@dataclass(frozen=True)
class KeyReport:
    """What a provider says of a key, or a server of itself."""

    words: str
    """What it may do, in a few words: `works; 3 of 4 models of the catalog`."""
    model_ids: frozenset[str] | None = None
    """The provider's own names of the models it may use; None where it does not say."""

    def of_models(self, models: Sequence[ImageModel]) -> tuple[bool, str]:
        """Whether it may use any of these, and what it may do, in a few words."""
        if self.model_ids is None:
            return True, self.words
        may = [model for model in models if model.api_model in self.model_ids]
        lacking = sorted({model.name for model in models if model not in may})
        words = f"{self.words}; {len(may)} of {len(models)} models of the catalog"
        return bool(may), f"{words}; not {', '.join(lacking)}" if lacking else words


class Provider(Protocol):
    """Makes pictures. Raises: the subclasses of ProviderError in `bot.errors`, nothing else."""

    @property
    def name(self) -> str:
        """The part of a model's id before the slash."""
        ...

    @property
    def poll_seconds(self) -> float:
        """How long to wait between two polls."""
        ...

    async def submit(self, order: Order) -> Accepted | Made:
        """Hand the order over, once; a provider without a queue answers with the pictures."""
        ...

    async def poll(self, order: Order, reference: str) -> Made | None:
        """The pictures of an accepted order, or None while it is being worked on."""
        ...

    async def look_up(self, order: Order) -> Accepted | Made | Absent:
        """What became of an order whose answer was lost.

        Raises: Unknown where the provider has no way to tell.
        """
        ...

    async def cancel(self, order: Order, reference: str) -> bool:
        """Stop the work on an accepted order; True where it is certain that nothing is billed."""
        return False

    async def check_key(self) -> KeyReport:
        """Whether the key works and what it may do, by the cheapest call there is.

        Raises: BadKey, OutOfCredit, Unavailable.
        """
        return KeyReport("needs no key")

    async def close(self) -> None:
        """Give up what it holds, when the studio stops; most hold nothing."""
        return
