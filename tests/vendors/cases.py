"""What the shared contract suite needs to know of one provider."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.catalog import ImageModel
from bot.studio.remote.kind import Kind
from tests.vendors.vendor import Vendor


@dataclass(frozen=True)
class Refusal:
    """One shape in which a provider refuses."""

    name: str
    arm: Callable[[Vendor], None]
    """Tells the server to refuse the next order in this shape."""
    words: str
    """Part of what people are told."""
    was_billed: bool = False


@dataclass(frozen=True)
class Case:
    """One provider: its server, its models to try, and what it can do."""

    kind: Kind
    vendor: Callable[[], Vendor]
    generate: str = ""
    """The id of a model of the catalog that makes pictures from words; empty where none does."""
    edit: str = ""
    upscale: str = ""
    refusals: tuple[Refusal, ...] = ()
    base_path: str = ""
    """What the provider's own address has behind its host, such as `/v1`."""
    cancels: bool = False
    """Whether its work can be stopped with nothing billed."""
    looks_up: bool = False
    """Whether it can tell what became of an order whose answer was lost."""
    has_credit: bool = True
    """Whether it has accounts that can run dry."""
    needs_key: bool = True
    environment: dict[str, str] = field(default_factory=dict)
    """What else an operator sets."""
    models: tuple[ImageModel, ...] = ()
    """Its models, where the catalog has none because they are the operator's own."""

    @property
    def name(self) -> str:
        """The provider's name."""
        return self.kind.name
