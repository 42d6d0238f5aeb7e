"""The models as data, one entry each in the files of `bot/studio/models` and of the operator."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.domain.catalog import Catalog, ImageModel
from bot.errors import SetupError
from bot.studio.providers import check_entry
from bot.studio.styles import STYLES

_FOLDER = Path(__file__).parent / "models"

FILES = ("openai", "replicate", "fal", "sketch", "waifu2x")
"""The files of models, in the order to show them; each is of one provider."""


@cache
def models() -> tuple[ImageModel, ...]:
    """Every model we know, in the order to show them; each lists its tasks from its best on."""
    return tuple(
        model
        for name in FILES
        for model in read_models((_FOLDER / f"{name}.toml").read_text(), where=f"{name}.toml")
    )


def read_models(
    text: str, *, where: str, known: Sequence[ImageModel] = ()
) -> tuple[ImageModel, ...]:
    """The models of a file in TOML, those `known` among them with the fields that it changes.

    An entry is a table `[[models]]` with the fields of ImageModel; `[defaults]` holds for all
    entries of the file. `sizes` is a table of pixels ("1024x1024") by aspect, or the name of one
    of `_sizes.toml` or of the file's own `[sizes.NAME]`. An entry whose id is known need only hold
    what is different, such as another price.

    Raises: SetupError, which names the entry and the field.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SetupError(f"{where} is not TOML: {error}.") from error
    tables = {**_shared_sizes(), **data.get("sizes", {})}
    found = {model.id: model for model in known}
    for number, entry in enumerate(data.get("models", []), start=1):
        model_id = str(entry.get("id", ""))
        name = model_id or f"entry {number}"
        old = found.get(model_id)
        fields = {**({} if old else data.get("defaults", {})), **entry}
        if isinstance(fields.get("sizes"), str):
            fields["sizes"] = tables.get(fields["sizes"], {})
        if "sizes" in fields:
            fields["sizes"] = {aspect: _size(px) for aspect, px in fields["sizes"].items()}
        if old is None:
            fields["provider"] = model_id.partition("/")[0]
        else:
            fields = {**old.model_dump(), **fields}
        try:
            found[model_id] = ImageModel.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise SetupError(f"{where}: {name}: {field}: {first['msg']}.") from error
        try:
            check_entry(found[model_id])
        except SetupError as error:
            raise SetupError(f"{where}: {name}: {error}") from error
    return tuple(found.values())


def catalog(providers: Iterable[str], *, among: Sequence[ImageModel] | None = None) -> Catalog:
    """The models whose provider is among the named ones, with every style."""
    names = frozenset(providers)
    known = models() if among is None else among
    return Catalog(models=tuple(model for model in known if model.provider in names), styles=STYLES)


@cache
def _shared_sizes() -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / "_sizes.toml").read_text())


def _size(text: Any) -> Any:
    """`1024x1024` as the fields of a Size; anything else as it is, to be refused there."""
    width, _, height = str(text).partition("x")
    return {"width_px": width, "height_px": height} if height else text
