"""ComfyUI: an order in, an operator's workflow queued under our own id, its saved pictures out.

ComfyUI takes the id of a job from whoever queues it, so an order whose answer was lost is found
again. It does not notice that it has an id already: sent twice, a job runs twice.

Source: ComfyUI's `server.py` and `execution.py`, and its pull request 9607 (2026-11)
"""

import asyncio
import hashlib
import uuid
from functools import partial
from urllib.parse import urlencode

from bot.errors import Refused, Unavailable
from bot.studio.check import MAX_SEED
from bot.studio.picture import MAX_BYTES, MAX_PIXELS
from bot.studio.provider import Absent, Accepted, KeyReport, Made, Order, Picture, Provider
from bot.studio.providers.comfyui_answers import (
    Done,
    History,
    Image,
    Queue,
    Queued,
    Stats,
    Uploaded,
    failure,
    is_file_name,
    is_folder,
    judge,
    saved,
    seconds,
)
from bot.studio.providers.comfyui_workflow import filled, options_of, prepared
from bot.studio.remote.api import Api, plain
from bot.studio.remote.download import download
from bot.studio.remote.kind import Access, Kind
from bot.studio.remote.sources import Limits, fitted
from bot.studio.remote.tickets import Ticket, cancel_all, collect, order_all
from bot.studio.remote.variations import split

AT_ONCE = 4
PATIENCE_SECONDS = 3600
"""How long a job may wait and run: one graphics card works off the orders of everybody."""

_OUR_IDS = uuid.UUID("6f1de2a4-7a0c-5c57-9b7b-0c7f0a4f7d11")
_LIMITS = Limits(max_pixels=MAX_PIXELS, max_bytes=MAX_BYTES)


class ComfyUIProvider(Provider):
    """Runs an operator's workflows on an operator's ComfyUI."""

    name = "comfyui"
    poll_seconds = 2.0

    def __init__(self, access: Access) -> None:
        # ComfyUI itself has no keys; a proxy in front of it may want one.
        self._headers = {"Authorization": f"Bearer {access.key}"} if access.key else {}
        self._client = access.client
        self._url = access.url
        self._api = Api(
            client=access.client,
            title=KIND.title,
            url=access.url,
            headers=self._headers,
            judge=judge,
        )
        self._silence_seconds = access.silence_seconds
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def submit(self, order: Order) -> Accepted:
        """Upload the source, if there is one, and queue the workflow once a picture or batch."""
        options_of(order.model)
        image = await self._upload(order) if order.sources else ""
        return await order_all(order, partial(self._start, image=image), gate=self._gate)

    async def poll(self, order: Order, reference: str) -> Made | None:
        """The pictures, once every job of the order is in the history."""
        return await collect(order, reference, self._look, patience_seconds=PATIENCE_SECONDS)

    async def look_up(self, order: Order) -> Accepted | Absent:
        """Find the order's jobs by their ids, in the queue or in the history."""
        ids = [job_id(call.key) for call in split(order)]
        # The queue first: a job that ends meanwhile is in the history by the time we look there.
        queued = await self._queued()
        found = {each for each in ids if each in queued or await self._done(each) is not None}
        if not found:
            return Absent()

        async def again(call: Order) -> Ticket:
            if job_id(call.key) not in found:
                raise Unavailable("ComfyUI did not get all of it.", retry_after_seconds=0)
            return Ticket(id=job_id(call.key))

        return await order_all(order, again, gate=self._gate)

    async def cancel(self, order: Order, reference: str) -> bool:
        """Take the jobs out of the queue; one that runs is interrupted, which `poll` then says."""
        return await cancel_all(reference, self._cancel)

    async def check_key(self) -> KeyReport:
        """Ask the server what it is."""
        answer = await self._api.call("GET", "/system_stats", is_order=False)
        stats = self._api.read(answer, Stats, is_order=False)
        words = [f"ComfyUI {stats.system.comfyui_version}".strip()]
        words += [plain(device.name) for device in stats.devices[:1]]
        return KeyReport(", ".join(words))

    async def _upload(self, order: Order) -> str:
        """The name under which a workflow finds the source."""
        source = await fitted(order.sources[0], _LIMITS, title=KIND.title)
        digest = hashlib.sha256(source.data).hexdigest()
        # Nothing is overwritten: the server gives a file of other bytes and the same name another.
        name = f"studio-{digest[:40]}.{source.mime.partition('/')[2]}"
        answer = await self._api.call(
            "POST",
            "/upload/image",
            is_order=False,
            form={"type": "input"},
            files=[("image", (name, source.data, source.mime))],
        )
        uploaded = self._api.read(answer, Uploaded, is_order=False)
        if not is_file_name(uploaded.name) or not is_folder(uploaded.subfolder):
            raise Refused("ComfyUI kept the picture under a strange name.", was_billed=False)
        return "/".join(filter(None, [uploaded.subfolder, uploaded.name]))

    async def _start(self, call: Order, *, image: str) -> Ticket:
        ours = job_id(call.key)
        # The same order gives the same graph, also where the workflow's seed is ours to choose.
        seed = uuid.UUID(ours).int % (MAX_SEED + 1)
        answer = await self._api.call(
            "POST",
            "/prompt",
            is_order=True,
            timeout_seconds=self._silence_seconds,
            json={
                "prompt": filled(call, image=image, seed=seed),
                "prompt_id": ours,
                # Previews and whatever else the workflow saves are not made.
                "partial_execution_targets": [options_of(call.model).output],
            },
        )
        queued = self._api.read(answer, Queued, is_order=True)
        if queued.prompt_id != ours:
            await self._delete(queued.prompt_id)
            raise Refused(
                "This ComfyUI is too old: it does not take the ids of jobs. Update it.",
                was_billed=False,
            )
        return Ticket(id=ours)

    async def _look(self, call: Order, ticket: Ticket) -> Made | None:
        done = await self._done(ticket.id)
        if done is None:
            if ticket.id in await self._queued():
                return None
            done = await self._done(ticket.id)
        if done is None:
            raise Refused(
                "ComfyUI does not know the order any more; it was probably restarted.",
                was_billed=False,
            )
        failed = failure(done.status)
        if failed is not None:
            raise failed
        images = saved(done, options_of(call.model).output)
        pictures = [await self._fetch(image) for image in images[: call.count]]
        return Made(
            pictures=tuple(
                Picture(data=data, description="", index=index)
                for index, data in enumerate(pictures, start=1)
            ),
            seconds=seconds(done.status),
            shortfall="The workflow made fewer." if len(pictures) < call.count else "",
            request_id=ticket.id,
        )

    async def _fetch(self, image: Image) -> bytes:
        asked = {"filename": image.filename, "subfolder": image.subfolder, "type": image.type}
        return await download(
            self._client,
            f"{self._url}/view?{urlencode(asked)}",
            title=KIND.title,
            hosts=(),
            own_url=self._url,
            own_headers=self._headers,
        )

    async def _cancel(self, ticket: Ticket) -> bool:
        await self._delete(ticket.id)
        if ticket.id in await self._queued():
            # Old servers interrupt whatever runs; we have just seen that it is this one.
            await self._api.call(
                "POST", "/interrupt", is_order=False, json={"prompt_id": ticket.id}
            )
            return False
        return await self._done(ticket.id) is None

    async def _delete(self, ticket_id: str) -> None:
        """Take a job out of the queue, if it waits there."""
        await self._api.call("POST", "/queue", is_order=False, json={"delete": [ticket_id]})

    async def _queued(self) -> frozenset[str]:
        """The ids of all jobs that wait or run."""
        answer = await self._api.call("GET", "/queue", is_order=False)
        queue = self._api.read(answer, Queue, is_order=False)
        jobs = [*queue.queue_running, *queue.queue_pending]
        return frozenset(str(job[1]) for job in jobs if len(job) > 1)

    async def _done(self, ticket_id: str) -> Done | None:
        """What the history says of a job; None where it does not know it, or not yet."""
        answer = await self._api.call("GET", f"/history/{ticket_id}", is_order=False)
        return self._api.read(answer, History, is_order=False).root.get(ticket_id)


def job_id(key: str) -> str:
    """ComfyUI's id of the job for one call of an order: always the same for the same key."""
    return str(uuid.uuid5(_OUR_IDS, key))


KIND = Kind(
    name="comfyui",
    title="ComfyUI",
    make=ComfyUIProvider,
    key_variable="COMFYUI_KEY",
    url_variable="COMFYUI_URL",
    needs_key=False,
    prepare=prepared,
)
