"""A model's options out of the catalog in, checked and typed for its adapter out."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.catalog import ImageModel
from bot.errors import Refused


class Options(BaseModel):
    """The base of what entries may say of an adapter's models; anything else is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


OptionsT = TypeVar("OptionsT", bound=Options)


def read_options(model: ImageModel, kind: type[OptionsT]) -> OptionsT:
    """The options of a model's entry, before anything is sent.

    Raises: Refused, which names the field that is wrong.
    """
    try:
        return kind.model_validate(model.options)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Refused(
            f"The catalog's entry of {model.name} is wrong at {field}.", was_billed=False
        ) from error
