"""What the studio can draw with: models with their capabilities as data, styles, aspects."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from pydantic import Field, JsonValue

from bot.domain.base import Value
from bot.domain.people import Tool

MAX_COUNT = 4
"""The most variations that one item may ask for (the promise: a count of 1-4)."""

MAX_PROMPT_CHARS = 3000
"""The longest prompt an item keeps: what Slack's text input can hold and give back."""

CREDIT_USD = Decimal("0.01")
"""One credit, in US dollars, unless a workspace decides otherwise."""


def in_credits(usd: Decimal, *, credit_usd: Decimal = CREDIT_USD) -> int:
    """An amount in whole credits, rounded up."""
    return int((usd / credit_usd).to_integral_value(rounding=ROUND_CEILING))


class Task(StrEnum):
    """What a model is good for; the groups of the model search."""

    PRODUCT = "product photos"
    PHOTO = "photoreal"
    ILLUSTRATION = "illustration"
    TYPOGRAPHY = "typography"
    LOGO = "logos"
    POSTER = "posters"
    PATTERN = "patterns"
    VECTOR = "vector"
    DRAFT = "fast drafts"
    EDIT = "edits"
    CUT_OUT = "background removal"
    UPSCALE = "upscaling"


class Speed(StrEnum):
    """About how long one image takes."""

    FAST = "about 1 s"
    MEDIUM = "about 10 s"
    SLOW = "about a minute"


class Aspect(StrEnum):
    """Width to height."""

    SQUARE = "1:1"
    PORTRAIT_4_5 = "4:5"
    PORTRAIT_3_4 = "3:4"
    PORTRAIT_2_3 = "2:3"
    STORY = "9:16"
    LANDSCAPE_5_4 = "5:4"
    LANDSCAPE_4_3 = "4:3"
    LANDSCAPE_3_2 = "3:2"
    WIDE = "16:9"
    BANNER = "21:9"

    @property
    def label(self) -> str:
        """The ratio with its everyday name, such as `9:16 story`."""
        return f"{self.value} {_ASPECT_NAMES[self]}"


_ASPECT_NAMES: Mapping[Aspect, str] = {
    Aspect.SQUARE: "square",
    Aspect.PORTRAIT_4_5: "portrait post",
    Aspect.PORTRAIT_3_4: "portrait",
    Aspect.PORTRAIT_2_3: "tall portrait",
    Aspect.STORY: "story",
    Aspect.LANDSCAPE_5_4: "landscape print",
    Aspect.LANDSCAPE_4_3: "landscape",
    Aspect.LANDSCAPE_3_2: "photo",
    Aspect.WIDE: "wide",
    Aspect.BANNER: "banner",
}


class Size(Value):
    """The pixels of one picture."""

    width_px: int
    height_px: int


class Style(Value):
    """A look that can be asked for by name; `words` go into the prompt of models without styles."""

    id: str
    name: str
    words: str


class ImageModel(Value):
    """One model of the catalog: what it can do, what it costs, and where that was read."""

    id: str = Field(pattern=r"^[\w.-]+/[\w./-]+$")
    """`provider/model`, our id; never taken from anybody's text."""
    provider: str
    api_model: str = ""
    """What the provider itself calls it; adapters send this, people never see it."""
    name: str
    strength: str
    """One thing it is good at, in a few words, for lists."""
    tasks: tuple[Task, ...]
    sizes: Mapping[Aspect, Size] = Field(default_factory=dict)
    """The aspects it offers, in the order to show them, each with the pixels it makes.

    Empty for a model that makes no image from words alone.
    """
    max_sources: int = 0
    """How many pictures an edit may start from; 0 for a model that does not edit."""
    scales: tuple[int, ...] = ()
    """How many times larger it can make a picture's sides; empty for one that does not upscale."""
    max_count: int = Field(MAX_COUNT, ge=1, le=MAX_COUNT)
    max_batch: int = Field(1, ge=1)
    """How many images one call to the provider makes; more are several calls."""
    has_seed: bool = False
    has_negative_prompt: bool = False
    has_transparency: bool = False
    """Whether it can leave the ground see-through when asked to."""
    speed: Speed
    price_usd: Decimal = Field(ge=0)
    """For one image: the most it costs at the sizes above."""
    edit_price_usd: Decimal | None = Field(None, ge=0)
    """For one edited image, where that is another price."""
    price_source: str
    price_as_of: date
    retires_on: date | None = None
    """The first day on which the provider does not offer it any more; said wherever it is shown."""
    options: Mapping[str, JsonValue] = Field(default_factory=dict)
    """What else its adapter needs to know of it; each adapter says which there are."""
    is_ai: bool = True
    """False for engines that compose pictures without a generative model; said wherever shown."""

    @property
    def generates(self) -> bool:
        """Whether it makes images from words alone."""
        return bool(self.sizes)

    @property
    def edits(self) -> bool:
        """Whether it changes a given picture."""
        return self.max_sources > 0

    @property
    def upscales(self) -> bool:
        """Whether it enlarges a given picture."""
        return bool(self.scales)

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """The aspects it offers, in the order to show them."""
        return tuple(self.sizes)

    def does(self, tool: Tool) -> bool:
        """Whether it can be asked for what a tool makes."""
        match tool:
            case Tool.GENERATE | Tool.GENERATE_BATCH:
                return self.generates
            case Tool.EDIT:
                return self.edits
            case Tool.UPSCALE:
                return self.upscales
            case _:
                return False

    @property
    def label(self) -> str:
        """Its name, with the plain truth where it is not an AI model."""
        return self.name if self.is_ai else f"{self.name} (sketch engine, not an AI model)"

    @property
    def only_cuts_out(self) -> bool:
        """Whether the one edit it does is taking the background away."""
        return Task.CUT_OUT in self.tasks and Task.EDIT not in self.tasks

    def is_offered(self, on: date) -> bool:
        """Whether its provider still has it on a day."""
        return self.retires_on is None or on < self.retires_on

    def price_credits(
        self, count: int, *, tool: Tool = Tool.GENERATE, credit_usd: Decimal = CREDIT_USD
    ) -> int:
        """What `count` images cost in whole credits, rounded up once for all of them."""
        price = self.price_usd
        if tool is Tool.EDIT and self.edit_price_usd is not None:
            price = self.edit_price_usd
        return in_credits(price * count, credit_usd=credit_usd)


class Catalog(Value):
    """The models and styles a workspace may use, in the order to show them."""

    models: tuple[ImageModel, ...]
    styles: tuple[Style, ...]
    others: tuple[ImageModel, ...] = ()
    """Models that may not be used (any more), but have a name where they once were."""

    def model(self, model_id: str) -> ImageModel | None:
        """The model with that id, if it is offered."""
        return next((model for model in self.models if model.id == model_id), None)

    def known(self, model_id: str) -> ImageModel | None:
        """The model with that id, offered or not."""
        return self.model(model_id) or next((m for m in self.others if m.id == model_id), None)

    def style(self, style_id: str) -> Style | None:
        """The style with that id, if there is one."""
        return next((style for style in self.styles if style.id == style_id), None)

    def for_tool(self, tool: Tool) -> tuple[ImageModel, ...]:
        """The models that can do what a tool makes, in the catalog's order."""
        return tuple(model for model in self.models if model.does(tool))

    def upscalers(self) -> Mapping[int, ImageModel]:
        """The cheapest model for each scale that there is."""
        found: dict[int, ImageModel] = {}
        for model in sorted(self.for_tool(Tool.UPSCALE), key=lambda model: model.price_usd):
            for scale in model.scales:
                found.setdefault(scale, model)
        return found

    def narrowed(self, model_ids: Collection[str] | None) -> "Catalog":
        """The catalog with these models alone offered; all of it for None."""
        if model_ids is None:
            return self
        return self.where(lambda model: model.id in model_ids)

    def where(self, is_offered: Callable[[ImageModel], bool]) -> "Catalog":
        """The catalog with those of its models offered that pass; the rest is still known."""
        kept = tuple(model for model in self.models if is_offered(model))
        gone = tuple(model for model in self.models if not is_offered(model))
        return Catalog(models=kept, styles=self.styles, others=(*self.others, *gone))

    def by_task(self) -> Sequence[tuple[Task, Sequence[ImageModel]]]:
        """The models grouped by each task they are good for; tasks without a model are left out."""
        groups = [(task, [m for m in self.models if task in m.tasks]) for task in Task]
        return [(task, models) for task, models in groups if models]
