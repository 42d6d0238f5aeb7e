"""A model's entry in, its options out as the adapter knows them: nothing unknown, nothing wrong."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.catalog import ImageModel
from bot.errors import Refused, SetupError


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
        words = f"The options of {model.name} are wrong: {_first(error)}"
        raise Refused(words, was_billed=False) from error


def checker(kind: type[Options]) -> Callable[[ImageModel], object]:
    """What looks at the options of an entry when it is read, so that a mistake is said at once."""

    def check(model: ImageModel) -> None:
        try:
            kind.model_validate(model.options)
        except ValidationError as error:
            raise SetupError(f"options: {_first(error)}") from error

    return check


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}."
