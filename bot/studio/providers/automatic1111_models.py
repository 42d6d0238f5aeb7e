"""An operator's environment in, the models of their AUTOMATIC1111 or Forge server out.

AUTOMATIC1111_MODEL names the checkpoints to offer, with commas between them; without any there is
one model, which draws with whatever the server has loaded.
"""

import re
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath

from bot.domain.catalog import ImageModel
from bot.errors import SetupError
from bot.studio.catalog import read_models

URL_VARIABLE = "AUTOMATIC1111_URL"
MODEL_VARIABLE = "AUTOMATIC1111_MODEL"

_MODELS = Path(__file__).parents[1] / "models" / "automatic1111.toml"
_ENDING = re.compile(r"(?:\.(?:safetensors|ckpt|pt|gguf))?(?:\s*\[\w+\])?$", re.IGNORECASE)


def automatic1111_models(environment: Mapping[str, str]) -> tuple[ImageModel, ...]:
    """The models of the operator's server: one a checkpoint that is named, and an upscaler.

    None where the environment names no server.

    Raises: SetupError for two checkpoints that nobody could tell apart.
    """
    if not environment.get(URL_VARIABLE, "").strip():
        return ()
    drawing, enlarging = read_models(_MODELS.read_text(), where=_MODELS.name)
    given = (name.strip() for name in environment.get(MODEL_VARIABLE, "").split(","))
    drawn = [_of_checkpoint(drawing, name) for name in dict.fromkeys(filter(None, given))]
    models = (*(drawn or [drawing]), enlarging)
    ids = [model.id for model in models]
    if twice := next((one for one in ids if ids.count(one) > 1), ""):
        raise SetupError(f"{MODEL_VARIABLE}: there is more than one {twice.partition('/')[2]}.")
    return models


def _of_checkpoint(model: ImageModel, checkpoint: str) -> ImageModel:
    name = _ENDING.sub("", PureWindowsPath(checkpoint).name)
    slug = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")
    model_id = f"{model.provider}/{slug or 'checkpoint'}"
    return model.model_copy(update={"id": model_id, "api_model": checkpoint, "name": name})
