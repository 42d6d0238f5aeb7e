"""ComfyUI's server, with a handful of its nodes.

Source: ComfyUI's `server.py`, `execution.py`, `nodes.py` and `comfy/sd1_clip.py` (2026-11)
"""

import io
import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from PIL import Image

from bot.studio.catalog import read_models
from bot.studio.providers.comfyui import KIND
from bot.studio.providers.comfyui_workflow import prepared
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Vendor, form_of, is_picture, picture

EXAMPLES = Path(__file__).parents[2] / "docs" / "comfyui"
CHECKPOINTS = ("sd_xl_base_1.0.safetensors",)
EMBEDDINGS = ("house-style",)

NODES: dict[str, dict[str, str]] = {
    "CheckpointLoaderSimple": {"ckpt_name": "CHECKPOINT"},
    "CLIPTextEncode": {"text": "STRING", "clip": "LINK"},
    "EmptyLatentImage": {"width": "INT", "height": "INT", "batch_size": "INT"},
    "KSampler": {
        "seed": "INT",
        "steps": "INT",
        "cfg": "FLOAT",
        "sampler_name": "STRING",
        "scheduler": "STRING",
        "denoise": "FLOAT",
        "model": "LINK",
        "positive": "LINK",
        "negative": "LINK",
        "latent_image": "LINK",
    },
    "VAEDecode": {"samples": "LINK", "vae": "LINK"},
    "VAEEncode": {"pixels": "LINK", "vae": "LINK"},
    "LoadImage": {"image": "FILE"},
    "ImageScaleBy": {"image": "LINK", "upscale_method": "STRING", "scale_by": "FLOAT"},
    "SaveImage": {"images": "LINK", "filename_prefix": "STRING"},
    "PreviewImage": {"images": "LINK"},
}
OUTPUTS = {"SaveImage": "output", "PreviewImage": "temp"}


@dataclass
class Job:
    """One run of a graph; the same id may have several."""

    number: int
    id: str
    graph: dict[str, Any]
    targets: list[str]
    extra: dict[str, Any]


@dataclass
class Text:
    """What the text encoder made of one text."""

    words: str
    weights: list[float] = field(default_factory=list)
    embeddings: list[str] = field(default_factory=list)


class ComfyUI(Vendor):
    """A server whose graphics card takes no time unless it is held."""

    paid = r"^/prompt$"
    results = r"^/view$"

    def __init__(self) -> None:
        super().__init__()
        self.holds = ""
        """`pending` or `running`: as far as jobs come; empty for to the end."""
        self.is_old = False
        """Whether it is from before it took ids from others, and interrupted by id."""
        self.proxy_key = ""
        """What a proxy in front of it wants as a bearer, if there is one."""
        self.fails_with: dict[str, Any] = {}
        """The error that the next job ends with."""
        self.texts: list[Text] = []
        self.interrupted: list[str] = []
        self.ran: list[str] = []
        """The ids of the jobs that ran, each as often as it did."""
        self.pending: list[Job] = []
        self.running: list[Job] = []
        self.history: dict[str, Any] = {}
        self.files: dict[tuple[str, str, str], bytes] = {}
        """What lies in its folders, by kind of folder, subfolder and name."""
        self._count = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/system_stats", self._stats),
            web.post("/prompt", self._prompt),
            web.get("/queue", self._queue),
            web.post("/queue", self._change_queue),
            web.post("/interrupt", self._interrupt),
            web.get("/history/{id}", self._history),
            web.post("/upload/image", self._upload),
            web.get("/view", self._view),
        ]

    def seeds(self) -> list[int]:
        graphs = [seen.json["prompt"] for seen in self.orders]
        nodes = [node for graph in graphs for node in graph.values()]
        return [node["inputs"]["seed"] for node in nodes if node["class_type"] == "KSampler"]

    def _locked(self, request: web.Request) -> web.Response | None:
        if self.proxy_key and request.headers.get("Authorization") != f"Bearer {self.proxy_key}":
            return web.Response(status=401, text="Unauthorized")
        return None

    async def _stats(self, request: web.Request) -> web.Response:
        return self._locked(request) or web.json_response(
            {
                "system": {"os": "linux", "comfyui_version": "0.28.0", "argv": ["main.py"]},
                "devices": [{"name": "cuda:0 NVIDIA RTX 6000", "type": "cuda", "index": 0}],
            }
        )

    async def _prompt(self, request: web.Request) -> web.Response:
        if locked := self._locked(request):
            return locked
        said = await request.json()
        graph = said.get("prompt")
        if graph is None:
            return _bad("no_prompt", "No prompt provided", "No prompt provided")
        given = said.get("prompt_id")
        if given is None or self.is_old:
            job_id = str(uuid.uuid4())
        elif isinstance(given, str) and re.fullmatch(
            r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", given
        ):
            job_id = given
        else:
            return _bad("invalid_prompt_id", "prompt_id must be a valid UUID", "canonical")
        if error := _missing_nodes(graph):
            return error
        targets = [
            node
            for node, what in graph.items()
            if what["class_type"] in OUTPUTS
            and node in said.get("partial_execution_targets", list(graph))
        ]
        if not targets:
            return _bad("prompt_no_outputs", "Prompt has no outputs", "")
        wrong = {
            node: {"errors": errors, "dependent_outputs": targets, "class_type": what["class_type"]}
            for node, what in graph.items()
            if (errors := self._wrong(what, graph))
        }
        if wrong:
            return _bad(
                "prompt_outputs_failed_validation",
                "Prompt outputs failed validation",
                "",
                node_errors=wrong,
            )
        self._count += 1
        self.pending.append(Job(self._count, job_id, graph, targets, said.get("extra_data", {})))
        return web.json_response({"prompt_id": job_id, "number": self._count, "node_errors": {}})

    def _wrong(self, node: dict[str, Any], graph: dict[str, Any]) -> list[dict[str, Any]]:
        errors = []
        for name, kind in NODES[node["class_type"]].items():
            value = node["inputs"].get(name)
            is_link = isinstance(value, list)
            if value is None:
                errors.append(_error("required_input_missing", "Required input is missing", name))
            elif is_link and (len(value) != 2 or value[0] not in graph):
                errors.append(_error("bad_linked_input", "Bad linked input", name))
            elif is_link is not (kind == "LINK"):
                errors.append(_error("return_type_mismatch", "Return type mismatch", name))
            elif kind == "INT" and (not isinstance(value, int) or value < 0):
                errors.append(_error("invalid_input_type", "Failed to convert an input", name))
            elif kind == "CHECKPOINT" and value not in CHECKPOINTS:
                words = f"{name}: {value!r} not in {list(CHECKPOINTS)}"
                errors.append(_error("value_not_in_list", "Value not in list", words))
            elif kind == "FILE" and self._source(value) is None:
                words = f"{name} - Invalid image file: {value}"
                errors.append(
                    _error("custom_validation_failed", "Custom validation failed for node", words)
                )
        return errors

    def _source(self, name: str) -> bytes | None:
        folder, _, file = name.rpartition("/")
        return self.files.get(("input", folder, file))

    async def _queue(self, request: web.Request) -> web.Response:
        if locked := self._locked(request):
            return locked
        answer = web.json_response(
            {
                "queue_running": list(map(_listed, self.running)),
                "queue_pending": list(map(_listed, self.pending)),
            }
        )
        self._work()
        return answer

    async def _change_queue(self, request: web.Request) -> web.Response:
        if locked := self._locked(request):
            return locked
        said = await request.json()
        if said.get("clear"):
            self.pending = []
        gone = set(said.get("delete", []))
        self.pending = [job for job in self.pending if job.id not in gone]
        return web.Response()

    async def _interrupt(self, request: web.Request) -> web.Response:
        if locked := self._locked(request):
            return locked
        said = await request.json() if request.can_read_body else {}
        wanted = None if self.is_old else said.get("prompt_id")
        for job in [job for job in self.running if wanted in (None, job.id)]:
            self.running.remove(job)
            self.interrupted.append(job.id)
            self._end(job, {}, "execution_interrupted", {"node_id": "3", "node_type": "KSampler"})
        return web.Response()

    async def _history(self, request: web.Request) -> web.Response:
        if locked := self._locked(request):
            return locked
        self._work()
        found = request.match_info["id"]
        return web.json_response({found: self.history[found]} if found in self.history else {})

    async def _upload(self, request: web.Request) -> web.Response:
        if locked := self._locked(request):
            return locked
        fields = await form_of(request)
        given = dict(fields)
        data = given.get("image")
        name = re.search(rb'filename="([^"]+)"', await request.read())
        if not isinstance(data, bytes) or name is None or not is_picture(data):
            return web.Response(status=400)
        kind, folder = str(given.get("type", "input")), str(given.get("subfolder", ""))
        wanted = name[1].decode()
        stem, _, ending = wanted.rpartition(".")
        number = 1
        while self.files.get((kind, folder, wanted), data) != data and not given.get("overwrite"):
            wanted = f"{stem} ({number}).{ending}"
            number += 1
        self.files[kind, folder, wanted] = data
        return web.json_response({"name": wanted, "subfolder": folder, "type": kind})

    async def _view(self, request: web.Request) -> web.Response:
        if locked := self._locked(request):
            return locked
        query = request.query
        found = self.files.get(
            (query.get("type", "output"), query.get("subfolder", ""), query["filename"])
        )
        if found is None:
            return web.Response(status=404)
        return web.Response(body=found, content_type="image/png")

    def _work(self) -> None:
        """Let every job go as far as it is let."""
        if self.holds == "pending":
            return
        self.running += self.pending
        self.pending = []
        if self.holds == "running":
            return
        done, self.running = self.running, []
        for job in done:
            if self.fails_with:
                failed, self.fails_with = self.fails_with, {}
                self._end(job, {}, "execution_error", failed)
            else:
                self._end(job, self._run(job), "execution_success", {})

    def _run(self, job: Job) -> dict[str, Any]:
        for node in job.graph.values():
            if node["class_type"] == "CLIPTextEncode":
                self.texts.append(encoded(node["inputs"]["text"]))
        outputs: dict[str, Any] = {}
        for target in job.targets:
            node = job.graph[target]
            kind = OUTPUTS[node["class_type"]]
            images = []
            for data in self._pictures(job.graph):
                name = f"{node['inputs'].get('filename_prefix', 'temp')}_{len(self.files):05}_.png"
                self.files[kind, "", name] = data
                images.append({"filename": name, "subfolder": "", "type": kind})
            outputs[target] = {"images": images}
        return outputs

    def _pictures(self, graph: dict[str, Any]) -> list[bytes]:
        nodes = {node["class_type"]: node["inputs"] for node in graph.values()}
        if "EmptyLatentImage" in nodes:
            latent = nodes["EmptyLatentImage"]
            size = latent["width"] // 8 * 8, latent["height"] // 8 * 8
            return [picture(*size, number=n) for n in range(latent["batch_size"])]
        with Image.open(io.BytesIO(self._source(nodes["LoadImage"]["image"]) or b"")) as source:
            by = float(nodes.get("ImageScaleBy", {}).get("scale_by", 1))
            return [picture(int(source.width * by), int(source.height * by))]

    def _end(self, job: Job, outputs: dict[str, Any], event: str, said: dict[str, Any]) -> None:
        self.ran.append(job.id)
        is_well = event == "execution_success"
        self.history[job.id] = {
            "prompt": _listed(job),
            "outputs": outputs,
            "status": {
                "status_str": "success" if is_well else "error",
                "completed": is_well,
                "messages": [
                    ["execution_start", {"prompt_id": job.id, "timestamp": 1_795_000_000_000}],
                    ["execution_cached", {"nodes": [], "prompt_id": job.id}],
                    [event, {"prompt_id": job.id, "timestamp": 1_795_000_002_500, **said}],
                ],
            },
            "meta": {},
        }


def encoded(text: str) -> Text:
    """What ComfyUI's text encoders read: weights in brackets, embeddings by name, words."""
    marked = text.replace("\\)", "\0").replace("\\(", "\1")
    weights = [float(w) for w in re.findall(r"\([^()]*:([\d.]+)\)", marked)]
    weights += [1.1] * (len(re.findall(r"\([^()]*\)", marked)) - len(weights))
    words = marked.replace("\0", ")").replace("\1", "(")
    embeddings = re.findall(r"(?:^|(?<=\s))embedding:\s*([^\s,<\[]*)", words)
    return Text(words=words, weights=weights, embeddings=embeddings)


def _listed(job: Job) -> list[Any]:
    return [job.number, job.id, job.graph, job.extra, job.targets]


def _missing_nodes(graph: dict[str, Any]) -> web.Response | None:
    for node, what in graph.items():
        if what.get("class_type") not in NODES:
            words = (
                f"Node '{what.get('class_type')}' not found. The custom node may not be installed."
            )
            return _bad("missing_node_type", words, f"Node ID '#{node}'")
    return None


def _error(kind: str, message: str, details: str) -> dict[str, Any]:
    return {"type": kind, "message": message, "details": details, "extra_info": {}}


def _bad(
    kind: str, message: str, details: str, *, node_errors: dict[str, Any] | None = None
) -> web.Response:
    error = _error(kind, message, details)
    return web.json_response({"error": error, "node_errors": node_errors or {}}, status=400)


def _out_of_memory(vendor: Vendor) -> None:
    assert isinstance(vendor, ComfyUI)
    vendor.fails_with = {
        "node_id": "3",
        "node_type": "KSampler",
        "exception_type": "torch.OutOfMemoryError",
        "exception_message": "Allocation on device 0 would exceed allowed memory.",
        "traceback": ["..."],
    }


def _broken(vendor: Vendor) -> None:
    assert isinstance(vendor, ComfyUI)
    vendor.fails_with = {
        "node_id": "8",
        "node_type": "VAEDecode",
        "exception_type": "RuntimeError",
        "exception_message": "cannot read /srv/comfy/models/vae/house.pt\nsee the log",
        "traceback": ["..."],
    }


def _examples() -> str:
    return (EXAMPLES / "models.toml").read_text(encoding="utf-8")


CASE = Case(
    kind=KIND,
    vendor=ComfyUI,
    generate="comfyui/portrait",
    edit="comfyui/restyle",
    upscale="comfyui/enlarge",
    refusals=(
        Refusal("out of memory", _out_of_memory, "at KSampler (node 3): the server ran out of"),
        Refusal("broken", _broken, "at VAEDecode (node 8): cannot read house.pt see the log"),
    ),
    cancels=True,
    looks_up=True,
    has_credit=False,
    needs_key=False,
    models=tuple(
        prepared(model, EXAMPLES) for model in read_models(_examples(), where="models.toml")
    ),
)
