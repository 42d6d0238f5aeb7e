"""What a ComfyUI server answers in, values, pictures to fetch, and words for what went wrong out.

Source: ComfyUI's `server.py` and `execution.py` (2026-11)
"""

import re
from typing import Any

from pydantic import RootModel, ValidationError

from bot.errors import ProviderError, Refused, Unknown
from bot.studio.remote.api import Answer, Read, plain

_FOLDERS = re.compile(r"(?:[A-Za-z]:)?[/\\](?:[^\s/\\'\"]+[/\\])+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Queued(Read):
    """A job was taken."""

    prompt_id: str


class Uploaded(Read):
    """A picture was kept."""

    name: str
    subfolder: str = ""


class Queue(Read):
    """Each job is a list: its number, its id, and what does not concern us."""

    queue_running: list[list[Any]]
    queue_pending: list[list[Any]]


class Image(Read):
    """A file that a node wrote."""

    filename: str
    subfolder: str = ""
    type: str


class Output(Read):
    """What a node gave."""

    images: tuple[Image, ...] = ()


class Status(Read):
    """How a job went, with what happened to it in its order."""

    status_str: str
    messages: tuple[tuple[str, dict[str, Any]], ...] = ()


class Done(Read):
    """A job that came to an end."""

    outputs: dict[str, Any]
    status: Status | None = None


class History(RootModel[dict[str, Done]]):
    """Jobs that came to an end, by their ids."""


class System(Read):
    """The server."""

    comfyui_version: str = ""


class Device(Read):
    """What it computes on."""

    name: str


class Stats(Read):
    """What the server says of itself."""

    system: System
    devices: tuple[Device, ...] = ()


def judge(answer: Answer) -> ProviderError | None:
    """What the server finds wrong with a workflow, in words for whoever wrote it."""
    if answer.status != 400:
        return None
    nodes = answer.at("node_errors")
    for node, found in nodes.items() if isinstance(nodes, dict) else ():
        errors = found.get("errors") if isinstance(found, dict) else None
        first = errors[0] if isinstance(errors, list) and errors else None
        if isinstance(first, dict):
            where = f"{plain(found.get('class_type'))} (node {plain(node)})"
            return _not_taken(where, first.get("message"), first.get("details"))
    said = answer.at("error", "message")
    return _not_taken(said, answer.at("error", "details")) if plain(said) else None


def failure(status: Status | None) -> Refused | None:
    """Why a job gave nothing; None where it ended well."""
    if status is None or status.status_str == "success":
        return None
    said = dict(status.messages)
    if "execution_interrupted" in said:
        return Refused("It was stopped on the ComfyUI server.", was_billed=False)
    error = said.get("execution_error", {})
    where = f"{plain(error.get('node_type')) or 'a node'} (node {plain(error.get('node_id'))})"
    if "OutOfMemory" in str(error.get("exception_type")):
        words = "the server ran out of memory"
    else:
        # Where files lie on the server is nobody's business.
        words = plain(_FOLDERS.sub("", str(error.get("exception_message", ""))))
    return Refused(f"The workflow failed at {where}: {words}", was_billed=False)


def is_file_name(name: str) -> bool:
    """Whether a name that the server gave is that of one file, and asks for nothing else.

    A name that ends in `[input]` means a file of another folder, one with `blake3:` any file.
    """
    return (
        bool(name.strip())
        and not name.startswith("blake3:")
        and not name.rstrip().endswith("]")
        and not any(part in name for part in ("/", "\\", ".."))
        and not _CONTROL.search(name)
    )


def is_folder(name: str) -> bool:
    """Whether a name is that of a folder below where the server keeps its files, or of none."""
    parts = re.split(r"[/\\]", name)
    return name == "" or all(is_file_name(part) and ":" not in part for part in parts)


def _not_taken(*words: object) -> Refused:
    said = ": ".join(filter(None, (plain(part).rstrip(".:") for part in words)))
    return Refused(plain(f"ComfyUI does not take the workflow: {said}."), was_billed=False)


def saved(done: Done, node: str) -> list[Image]:
    """The pictures that a node saved; what lies in the folder of previews is not the result.

    Raises: Refused where there is none, Unknown for names that are none.
    """
    try:
        listed = Output.model_validate(done.outputs.get(node) or {}).images
    except ValidationError as error:
        raise Unknown("ComfyUI's answer could not be read.") from error
    images = [image for image in listed if image.type == "output"]
    if not images:
        raise Refused(
            f"The workflow saved no picture at node {node}; it must be a node that saves.",
            was_billed=False,
        )
    if not all(is_file_name(image.filename) and is_folder(image.subfolder) for image in images):
        raise Unknown("ComfyUI named a file that is none of its pictures.")
    return images


def seconds(status: Status | None) -> float:
    """From the start of a job to its end, by the server's clock in milliseconds."""
    said = dict(status.messages) if status else {}
    ends = [said.get(f"execution_{name}", {}).get("timestamp") for name in ("start", "success")]
    start, end = ends
    if not isinstance(start, int | float) or not isinstance(end, int | float):
        return 0.0
    return max(end - start, 0) / 1000
