"""A model's entry in, its options out as the adapter knows them: nothing unknown, nothing wrong."""

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.catalog import ImageModel
from bot.errors import Refused


class Options(BaseModel):
    """The base of an adapter's options."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_OptionsT = TypeVar("_OptionsT", bound=Options)


def options_of(model: ImageModel, kind: type[_OptionsT]) -> _OptionsT:
    """The options of a model's entry.

    Raises: Refused, before anything is sent, for one that an operator wrote wrongly.
    """
    try:
        return kind.model_validate(model.options)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        words = f"The options of {model.name} are wrong: {where}: {first['msg']}."
        raise Refused(words, was_billed=False) from error
