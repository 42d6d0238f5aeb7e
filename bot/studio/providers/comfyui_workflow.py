"""An operator's ComfyUI workflow: a file and its declared inputs in, the graph to run out.

A graph is the operator's. What people write is only ever put in as the plain value of an input
that the models file declares: a string or a whole number, never a list, which would be a link to
another node, and never a node.

Source: ComfyUI's `comfy/sd1_clip.py` and `execution.py` (2026-11)
"""

import copy
import json
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from bot.domain.catalog import ImageModel, Task
from bot.errors import Refused, SetupError
from bot.studio.provider import Order
from bot.studio.remote.words import prompt_words


class Input(StrEnum):
    """What a workflow may be given; the names in `options.inputs`."""

    PROMPT = "prompt"
    NEGATIVE_PROMPT = "negative_prompt"
    SEED = "seed"
    WIDTH = "width"
    HEIGHT = "height"
    COUNT = "count"
    IMAGE = "image"
    SCALE = "scale"


_TEXTS = frozenset({Input.PROMPT, Input.NEGATIVE_PROMPT, Input.IMAGE})
"""Those whose value is a string; the others are numbers."""

_EMBEDDING = re.compile(r"(embedding):", re.IGNORECASE)


class Options(BaseModel):
    """What an entry of the models file says of its workflow."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    workflow: str
    """The file, saved with "Export (API)"; relative to the models file."""
    inputs: Mapping[Input, str]
    """Where each of them goes: the node's id and the input's name, such as `6.text`."""
    output: str
    """The id of the node whose saved pictures are the result."""
    weights: bool = False
    """Whether `(word:1.2)` and `embedding:name` in what people write mean what they mean to
    ComfyUI; otherwise they are only words."""
    graph: dict[str, dict[str, JsonValue]] = {}
    """The file's contents; put in when the models file is read."""


def prepared(model: ImageModel, folder: Path) -> ImageModel:
    """The model with its workflow read; `folder` is that of the models file.

    Raises: SetupError, which names the model, the file, and what to mend.
    """
    try:
        options = Options.model_validate(model.options)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(["options", *map(str, first["loc"])])
        raise SetupError(f"{model.id}: {place}: {first['msg']}.") from error
    graph = _read(model, folder / options.workflow)
    wrong = _wrong_in_entry(model, options) or _wrong_in_graph(options, graph)
    if wrong:
        raise SetupError(f"{model.id}: {options.workflow}: {wrong}")
    return model.model_copy(update={"options": {**model.options, "graph": graph}})


def options_of(model: ImageModel) -> Options:
    """The options of a model whose workflow was read.

    Raises: Refused where it was not.
    """
    try:
        options = Options.model_validate(model.options)
    except ValidationError as error:
        raise Refused(f"{model.name} is not set up.", was_billed=False) from error
    if not options.graph:
        raise Refused(f"The workflow of {model.name} was not read.", was_billed=False)
    return options


def filled(order: Order, *, image: str, seed: int) -> dict[str, Any]:
    """The graph with an order's values in the declared inputs, everything else as in the file.

    `image` is the name of the uploaded source; `seed` is what an order without one is made with.
    """
    options = options_of(order.model)
    put = str if options.weights else only_words
    values: dict[Input, str | int | None] = {
        Input.PROMPT: put(prompt_words(order)),
        # Where nothing is to be avoided, what the operator wrote into the file holds.
        Input.NEGATIVE_PROMPT: put(order.negative_prompt) or None,
        Input.SEED: seed if order.seed is None else order.seed,
        Input.WIDTH: order.size.width_px,
        Input.HEIGHT: order.size.height_px,
        Input.COUNT: order.count,
        Input.IMAGE: image or None,
        Input.SCALE: order.scale,
    }
    graph: dict[str, Any] = copy.deepcopy(options.graph)
    for name, target in options.inputs.items():
        value = values[name]
        if value is not None:
            node, field = _place(target)
            graph[node]["inputs"][field] = value
    return graph


def only_words(text: str) -> str:
    """Text so that ComfyUI's text encoders read it as it stands.

    They take `(word:1.2)` for a weight and `embedding:name` for a file to load. A bracket after a
    backslash is one to be read; an embedding has no such form, so its name is set apart.
    """
    apart = _EMBEDDING.sub(r"\1 :", text)
    return apart.replace("(", r"\(").replace(")", r"\)")


def _read(model: ImageModel, path: Path) -> dict[str, Any]:
    try:
        graph = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SetupError(f"{model.id}: the workflow {path} cannot be read.") from error
    except ValueError as error:
        raise SetupError(f"{model.id}: the workflow {path} is not JSON.") from error
    if isinstance(graph, dict) and isinstance(graph.get("nodes"), list):
        raise SetupError(
            f"{model.id}: the workflow {path} is saved for the editor. "
            'Save it with "Export (API)" instead.'
        )
    if not isinstance(graph, dict) or not graph or not all(map(_is_node, graph.values())):
        raise SetupError(f"{model.id}: the workflow {path} is no graph of nodes.")
    return graph


def _is_node(node: object) -> bool:
    return (
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
    )


def _wrong_in_entry(model: ImageModel, options: Options) -> str:
    """What of the entry no workflow with these inputs can do; "" for nothing."""
    given = options.inputs
    is_of_picture = model.edits or model.upscales
    rules = (
        (
            not model.generates and not is_of_picture,
            "it has neither sizes nor max_sources nor scales, so it makes nothing.",
        ),
        (
            model.generates and is_of_picture,
            "a workflow either makes pictures from words or works on one; make two entries.",
        ),
        (model.max_sources > 1, "max_sources is at most 1."),
        (
            (model.generates or Task.EDIT in model.tasks) and Input.PROMPT not in given,
            "declare inputs.prompt.",
        ),
        (
            model.generates and not {Input.WIDTH, Input.HEIGHT} <= given.keys(),
            "declare inputs.width and inputs.height.",
        ),
        (
            model.generates and Input.SEED not in given,
            "declare inputs.seed; without it every order would give the same picture.",
        ),
        (
            is_of_picture is not (Input.IMAGE in given),
            "inputs.image is for a workflow that edits or upscales, and only for one.",
        ),
        (
            len(model.scales) > 1 and Input.SCALE not in given,
            "declare inputs.scale, or offer one scale only.",
        ),
        (model.has_seed and Input.SEED not in given, "has_seed needs inputs.seed."),
        (
            # The pictures of one batch come from one seed; none can be made again by itself.
            model.has_seed and model.max_batch > 1,
            "with has_seed, max_batch stays 1: a batch has one seed for all its pictures.",
        ),
        (model.max_batch > 1 and Input.COUNT not in given, "max_batch needs inputs.count."),
        (
            model.has_negative_prompt is not (Input.NEGATIVE_PROMPT in given),
            "has_negative_prompt and inputs.negative_prompt go together.",
        ),
        (model.has_transparency, "has_transparency cannot be told to a workflow; leave it out."),
    )
    return next((words for is_wrong, words in rules if is_wrong), "")


def _wrong_in_graph(options: Options, graph: Mapping[str, Mapping[str, Any]]) -> str:
    """What of the entry does not fit its graph; "" for nothing."""
    if options.output not in graph:
        return f'output = "{options.output}" is no node of it.'
    if len(set(options.inputs.values())) < len(options.inputs):
        return "two inputs go to the same place."
    for name, target in options.inputs.items():
        node, field = _place(target)
        said = f'inputs.{name} = "{target}"'
        if node not in graph:
            return f"{said}: it has no node {node}."
        if field not in graph[node]["inputs"]:
            return f"{said}: its node {node} ({graph[node]['class_type']}) has no {field}."
        value = graph[node]["inputs"][field]
        if isinstance(value, list):
            return f"{said} is fed by node {value[0] if value else '?'}; name that node's input."
        kind, wanted = (str, "text") if name in _TEXTS else (int | float, "a number")
        if not isinstance(value, kind) or isinstance(value, bool):
            return f"{said} does not hold {wanted}."
    return ""


def _place(target: str) -> tuple[str, str]:
    node, _, field = target.partition(".")
    return node, field
