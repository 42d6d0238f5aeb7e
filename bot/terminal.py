"""What an operator does from the terminal about models: list them, try one, look at the keys."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import httpx2

from bot.config import Settings
from bot.domain.catalog import Aspect, Catalog, ImageModel
from bot.domain.ids import new_id
from bot.domain.people import Tool
from bot.domain.proposals import ItemSettings
from bot.errors import BadField, ProviderError, SetupError
from bot.studio.check import order
from bot.studio.model_search import search_models
from bot.studio.picture import mime_type, open_picture
from bot.studio.provider import Made, Order, Picture, Provider
from bot.studio.providers import REMOTE, known_models, local_providers, remote_providers
from bot.studio.remote.api import open_client
from bot.studio.remote.kind import Kind
from bot.studio.styles import STYLES

_SEED = 1
_FIRST_STYLE = STYLES[0].id


def table(
    settings: Settings,
    *,
    words: str = "",
    environment: Mapping[str, str] = os.environ,
    today: date | None = None,
) -> list[str]:
    """The models as lines of a table, those without a key marked; `words` search as in Slack.

    Raises: SetupError for a models file that cannot be used.
    """
    known = Catalog(models=known_models(environment, settings.models_file), styles=STYLES)
    today = today or date.today()
    missing = {kind.name: _missing(kind, environment) for kind in REMOTE}
    rows = [("MODEL", "NAME", "PRICE", "SPEED", "GOOD FOR", "")]
    for model in search_models(known, words) if words else known.models:
        rows.append(
            (
                model.id,
                model.name,
                f"${model.price_usd.normalize():f}" if model.price_usd else "free",
                model.speed.value.removeprefix("about "),
                ", ".join(task.value for task in model.tasks[:3]),
                _remark(model, missing.get(model.provider, ""), today),
            )
        )
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _remark(model: ImageModel, missing: str, today: date) -> str:
    if not model.is_offered(today):
        return f"retired on {model.retires_on}"
    if model.retires_on is not None:
        return f"retires on {model.retires_on}" + (f"; {missing}" if missing else "")
    return missing


def _missing(kind: Kind, environment: Mapping[str, str]) -> str:
    """What has to be set for a provider to be there; empty where all is."""
    wanted = [kind.key_variable] if kind.needs_key else []
    wanted += [] if kind.url else [kind.url_variable]
    lacking = [name for name in wanted if not environment.get(name, "").strip()]
    return f"needs {' and '.join(lacking)}" if lacking else ""


async def make(
    settings: Settings,
    prompt: str,
    *,
    model_id: str,
    aspect: str = "1:1",
    folder: Path,
    environment: Mapping[str, str] = os.environ,
) -> AsyncIterator[str]:
    """Make one image with one model; lines that say what happens, the last where the image is.

    The provider bills for it: whoever types this has approved it.

    Raises: SetupError for what cannot be ordered, or did not come out.
    """
    known = Catalog(models=known_models(environment, settings.models_file), styles=STYLES)
    model = known.model(model_id)
    if model is None:
        near = ", ".join(found.id for found in search_models(known, model_id)[:3])
        raise SetupError(
            f"There is no model {model_id}." + (f" Did you mean {near}?" if near else "")
        )
    async with open_client() as client:
        provider = _provider(model, client, environment)
        wanted = _order(prompt, model, known, aspect)
        size = f"{wanted.size.width_px} x {wanted.size.height_px}"
        yield f"Ordering one image of {model.name}, {size}"
        try:
            made = await _made(provider, wanted)
        except ProviderError as error:
            reason = getattr(error, "reason", "") or "The provider did not answer."
            raise SetupError(f"{type(error).__name__}: {reason}") from error
        finally:
            await provider.close()
    cost = "" if made.cost_usd is None else f", ${made.cost_usd:f}"
    for picture in made.pictures:
        path, shown = _saved(picture, folder, name=f"{model.id.replace('/', '-')}-{wanted.key}")
        yield f"{path}: {shown}, {made.seconds:.1f} s{cost}"


def _saved(picture: Picture, folder: Path, *, name: str) -> tuple[Path, str]:
    """Write a picture as it came, and its drawing beside it; where it is, and its size."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = open_picture(picture.data)
    path = folder / f"{name}.{mime_type(picture.data).partition('/')[2]}"
    path.write_bytes(picture.data)
    if picture.vector is not None:
        path.with_suffix(".svg").write_bytes(picture.vector)
    return path, f"{shown.width} x {shown.height}"


def _provider(
    model: ImageModel, client: httpx2.AsyncClient, environment: Mapping[str, str]
) -> Provider:
    found = {**remote_providers(environment, client), **local_providers()}.get(model.provider)
    if found is not None:
        return found
    kind = next((kind for kind in REMOTE if kind.name == model.provider), None)
    if kind is None:
        raise SetupError(f"There is no provider {model.provider}.")
    raise SetupError(f"{model.name} {_missing(kind, environment)}. {_where(kind)}".rstrip())


def _where(kind: Kind) -> str:
    return f"Keys are at {kind.keys_at}" if kind.keys_at else ""


def _order(prompt: str, model: ImageModel, known: Catalog, aspect: str) -> Order:
    try:
        settings = ItemSettings(
            prompt=prompt,
            model_id=model.id,
            style_id=_FIRST_STYLE,
            aspect=Aspect(aspect),
            count=1,
        )
    except ValueError as error:
        offered = ", ".join(found.value for found in model.aspects)
        raise SetupError(f"{aspect} is no aspect; {model.name} makes {offered}.") from error
    seed = _SEED if model.has_seed else None
    try:
        return order(
            settings,
            tool=Tool.GENERATE,
            title=prompt[:60],
            seed=seed,
            key=new_id("try"),
            catalog=known,
        )
    except BadField as error:
        raise SetupError(error.words) from error


async def _made(provider: Provider, wanted: Order) -> Made:
    answer = await provider.submit(wanted)
    while not isinstance(answer, Made):
        await asyncio.sleep(provider.poll_seconds)
        answer = await provider.poll(wanted, answer.reference) or answer
    return answer


async def look_at_keys(
    settings: Settings, *, environment: Mapping[str, str] = os.environ
) -> AsyncIterator[tuple[str, bool | None, str]]:
    """Every remote provider with whether its key works (None where it has none), and what it may.

    Each key is tried by the cheapest call that its provider has; nothing is made.
    """
    known = known_models(environment, settings.models_file)
    async with open_client() as client:
        providers = remote_providers(environment, client)
        for kind in REMOTE:
            provider = providers.get(kind.name)
            if provider is None:
                yield kind.title, None, f"{_missing(kind, environment)}. {_where(kind)}".strip()
                continue
            yield (
                kind.title,
                *await _looked_at(provider, [m for m in known if m.provider == kind.name]),
            )


async def _looked_at(provider: Provider, models: Sequence[ImageModel]) -> tuple[bool, str]:
    try:
        report = await provider.check_key()
    except ProviderError as error:
        return False, getattr(error, "reason", "") or "did not answer"
    return report.of_models(models)
