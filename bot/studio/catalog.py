"""The models as data, one entry each in the files of `bot/studio/models` and of the operator."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.domain.catalog import Aspect, Catalog, ImageModel, Size
from bot.errors import SetupError
from bot.studio.styles import STYLES

_FOLDER = Path(__file__).parent / "models"

FILES = (
    "openai",
    "google",
    "bfl",
    "ideogram",
    "recraft",
    "stability",
    "replicate",
    "fal",
    "sketch",
    "waifu2x",
)
"""The files of models, in the order to show them; each is of one provider."""


Check = Callable[[ImageModel], object]
"""Looks at an entry; raises SetupError."""


@cache
def models() -> tuple[ImageModel, ...]:
    """Every model we know, in the order to show them; each lists its tasks from its best on."""
    return tuple(
        model
        for name in FILES
        for model in read_models((_FOLDER / f"{name}.toml").read_text(), where=f"{name}.toml")
    )


def read_models(
    text: str,
    *,
    where: str,
    known: Sequence[ImageModel] = (),
    check: Check | None = None,
) -> tuple[ImageModel, ...]:
    """The models of a file in TOML, those `known` among them with the fields that it changes.

    An entry is a table `[[models]]` with the fields of ImageModel; `[defaults]` holds for all
    entries of the file. `sizes` is a table of pixels ("1024x1024") by aspect, or the name of one
    of `_sizes.toml` or of the file's own `[sizes.NAME]`. An entry whose id is known need only hold
    what is different, such as another price. `check` looks at what only an adapter knows of.

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
            if fields["sizes"] not in tables:
                raise SetupError(f"{where}: {name}: sizes: there is no table `{fields['sizes']}`.")
            fields["sizes"] = tables[fields["sizes"]]
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
        if check is not None:
            try:
                check(found[model_id])
            except SetupError as error:
                raise SetupError(f"{where}: {name}: {error}") from error
    return tuple(found.values())


def all_models(
    path: Path | None, *, of_servers: Sequence[ImageModel] = (), check: Check | None = None
) -> tuple[ImageModel, ...]:
    """Our models and those of the operator's servers, as the operator's own file changes them.

    Raises: SetupError, which says what is wrong in the file.
    """
    known = (*of_servers, *models())
    if path is None:
        return known
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"STUDIO_MODELS_FILE: {path} cannot be read: {error}.") from error
    return read_models(text, where=path.name, known=known, check=check)


def catalog(providers: Iterable[str], *, among: Sequence[ImageModel] | None = None) -> Catalog:
    """The models whose provider is among the named ones, with every style."""
    names = frozenset(providers)
    known = models() if among is None else among
    return Catalog(models=tuple(model for model in known if model.provider in names), styles=STYLES)


def shared_sizes(name: str) -> Mapping[Aspect, Size]:
    """The pixels by aspect that stand under a name in `_sizes.toml`."""
    return {
        Aspect(aspect): Size.model_validate(_size(px))
        for aspect, px in _shared_sizes()[name].items()
    }


@cache
def _shared_sizes() -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / "_sizes.toml").read_text())


def _size(text: Any) -> Any:
    """`1024x1024` as the fields of a Size; anything else as it is, to be refused there."""
    width, _, height = str(text).partition("x")
    return {"width_px": width, "height_px": height} if height else text
