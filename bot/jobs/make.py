"""From a queued item to pictures in the gallery: intent, submit, look up, poll, store."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import structlog

from bot.decisions import provider_name
from bot.domain.catalog import ImageModel
from bot.domain.ids import new_id
from bot.domain.people import Mode, Tool
from bot.domain.proposals import ItemState
from bot.errors import (
    BadKey,
    BadSeal,
    OutOfCredit,
    Refused,
    SlackError,
    SlackUnavailable,
    StorageError,
    Unavailable,
    Unknown,
    UserError,
)
from bot.jobs.keep import keep
from bot.jobs.settle import end_unposted, give_up
from bot.services import Services
from bot.slack import cards
from bot.studio.provider import Absent, Accepted, Made, Provider
from bot.tools.orders import order_for
from storage import jobs
from storage.jobs import Job, Submission, SubmissionState

MAX_ATTEMPTS = 5
"""How often an order is sent to a provider that certainly did not take it before."""

_MAX_SLACK_TRIES = 60
"""How often Slack is asked for a picture to work on: minutes, at the pauses it asks for."""

_NO_KEY = (
    "The workspace's own key cannot be opened any more, so the provider was not asked. An admin "
    "can enter it anew in the settings, under Keys."
)

_MOMENT_SECONDS = 1.0
"""What is over sooner needs no step of its own on the card."""

_log = structlog.stdlib.get_logger()


async def submit(services: Services, item_id: str, times: int) -> float:
    """Hand the item's order to its provider, once; keep the pictures if they come at once."""
    job = await services.store.read(jobs.load, item_id)
    if job.item.state not in (ItemState.QUEUED, ItemState.SUBMITTING):
        return 0
    if job.proposal.tool is Tool.INSERT_INTO_CANVAS:
        await services.store.insist(jobs.begin_insertion, item_id)
        return 0
    provider = await _provider(services, job)
    model = services.catalog.known(job.item.settings.model_id)
    if job.submission is not None:
        # It may be paid for: whatever has changed since, nothing is released before it is known.
        if provider is None or model is None:
            await mark_unknown(services, job, job.submission)
            return 0
        return await _resume(services, job, job.submission, provider=provider, model=model)
    blocked = await _blocked(services, job)
    if blocked is not None:
        await give_up(services, item_id, blocked_words(blocked))
        return 0
    rules = await services.workspace(job.proposal.team_id)
    if model is None or services.available(rules).model(model.id) is None:
        await give_up(services, item_id, "This model is no longer offered.")
        return 0
    if services.offered(rules).model(model.id) is None:
        await give_up(services, item_id, "This workspace does not allow that model any more.")
        return 0
    if provider is None:
        await give_up(services, item_id, _NO_KEY)
        return 0
    if job.attempts >= MAX_ATTEMPTS:
        await give_up(services, item_id, job.item.failure or "The provider cannot take it now.")
        return 0
    try:
        order = await order_for(services, job, new_id("sub"))
    except UserError as error:
        await give_up(services, item_id, error.words)
        return 0
    except SlackError as error:
        if isinstance(error, SlackUnavailable) and times < _MAX_SLACK_TRIES:
            return error.retry_after_seconds
        await give_up(services, item_id, "Slack did not give the picture to work on.")
        return 0
    except StorageError as error:
        await give_up(services, item_id, f"{error.reason}.")
        return 0
    if any(not source.image_id for source in job.item.sources):
        job = await services.store.read(jobs.load, item_id)  # it names what was imported
    try:
        submission = await services.store.run(
            jobs.intend, item_id, key=order.key, at=services.now()
        )
    except LookupError:
        # Stopped since it was looked at: nothing is sent.
        return 0
    try:
        async with _announced(services, job):
            answer = await provider.submit(order)
    except Unavailable as error:
        return await _put_back(services, job, submission, error)
    except Unknown as error:
        await mark_unknown(services, job, submission, words=error.reason)
        return 0
    except Refused as error:
        await _refuse(services, job, error, model=model)
        return 0
    except (BadKey, OutOfCredit) as error:
        _log.warning("provider_account", provider=provider.name, reason=error.reason)
        await give_up(services, item_id, _account_words(error))
        return 0
    except Exception:
        # A bug of an adapter after the request may have left: treat it as sent.
        _log.exception("adapter_failed", provider=provider.name)
        await mark_unknown(services, job, submission)
        return 0
    return await _take(services, job, submission, answer, model=model)


async def _provider(services: Services, job: Job) -> Provider | None:
    """Who makes an item's pictures for its workspace; None where nobody does, or no key opens."""
    name = provider_name(job.item.settings.model_id)
    try:
        return await services.provider(job.proposal.team_id, name)
    except BadSeal as error:
        _log.warning("key_not_opened", provider=name, reason=error.reason)
        return None


@contextlib.asynccontextmanager
async def _announced(services: Services, job: Job) -> AsyncIterator[None]:
    """Let the card say that the images are being made, where that takes more than a moment."""

    is_over = asyncio.Event()

    async def announce() -> None:
        try:
            await asyncio.wait_for(is_over.wait(), _MOMENT_SECONDS)
        except TimeoutError:
            with contextlib.suppress(StorageError):
                await cards.try_show(services, job.proposal.id, team_id=job.proposal.team_id)

    announcing = asyncio.create_task(announce())
    try:
        yield
    finally:
        # Waited for, never cut off: an update of the card that arrives late would stay on it.
        is_over.set()
        await announcing


async def wait(services: Services, item_id: str, _times: int) -> float:
    """Ask the provider whether the pictures are ready, and keep them when they are."""
    job = await services.store.read(jobs.load, item_id)
    submission = job.submission
    if job.item.state is not ItemState.SUBMITTED or submission is None:
        return 0
    provider = await _provider(services, job)
    model = services.catalog.known(job.item.settings.model_id)
    if provider is None or model is None or submission.reference is None:
        await mark_unknown(services, job, submission)
        return 0
    try:
        order = await order_for(services, job, submission.key)
        made = await provider.poll(order, submission.reference)
    except (UserError, StorageError):
        await mark_unknown(services, job, submission)
        return 0
    except Unavailable as error:
        return max(error.retry_after_seconds, provider.poll_seconds)
    except Refused as error:
        await _refuse(services, job, error, model=model)
        return 0
    except (Unknown, BadKey, OutOfCredit) as error:
        # The order was taken: what goes wrong from here on releases nothing.
        await mark_unknown(services, job, submission, words=error.reason)
        return 0
    if made is None:
        return provider.poll_seconds
    await keep(services, job, submission, made, model=model)
    return 0


async def look_up(services: Services, item_id: str) -> None:
    """Ask the provider once more about an item of which nobody knows; it stays so if it can't say.

    Where it can say, the item goes on, and the caller sees that it has a run.
    """
    job = await services.store.read(jobs.load, item_id)
    provider = await _provider(services, job)
    model = services.catalog.known(job.item.settings.model_id)
    if job.item.state is not ItemState.UNKNOWN or job.submission is None:
        return
    if provider is not None and model is not None:
        await _resume(services, job, job.submission, provider=provider, model=model)


async def mark_unknown(
    services: Services, job: Job, submission: Submission, *, words: str = ""
) -> None:
    """Leave the item to a person: nothing is resent, the credits stay held, the card asks."""
    await services.store.insist(jobs.unknown, job.item.id, key=submission.key, words=words)


def _account_words(error: BadKey | OutOfCredit) -> str:
    return f"{error.reason} An admin or whoever runs the studio can mend that."


async def abandon(services: Services, item_id: str) -> None:
    """End an item whose runs all broke off, by what is known of it."""
    job = await services.store.read(jobs.load, item_id)
    if job.item.state is ItemState.MADE:
        await end_unposted(services, job, "The posting broke off again and again.")
    elif job.submission is not None:
        await mark_unknown(services, job, job.submission)
    else:
        await give_up(services, item_id, "It could not be started.")


async def _resume(
    services: Services,
    job: Job,
    submission: Submission,
    *,
    provider: Provider,
    model: ImageModel,
) -> float:
    """An intent without an answer was found: look the order up, never send it blindly."""
    try:
        answer = await _found(services, job, submission, provider)
    except Unavailable as error:
        return error.retry_after_seconds
    except Refused as error:
        await _refuse(services, job, error, model=model)
        return 0
    except (UserError, StorageError, Unknown, BadKey, OutOfCredit) as error:
        # Nobody can tell, or what was ordered cannot be put together any more: a person decides.
        if submission.state is not SubmissionState.UNKNOWN:
            await mark_unknown(services, job, submission, words=getattr(error, "reason", ""))
        return 0
    return await _take(services, job, submission, answer, model=model)


async def _found(
    services: Services, job: Job, submission: Submission, provider: Provider
) -> Accepted | Made | Absent:
    """What became of an order: asked for by its reference where it was accepted, else by its key.

    Raises: UserError, StorageError, ProviderError.
    """
    order = await order_for(services, job, submission.key)
    if submission.reference is None:
        return await provider.look_up(order)
    made = await provider.poll(order, submission.reference)
    return Accepted(submission.reference) if made is None else made


async def _take(
    services: Services,
    job: Job,
    submission: Submission,
    answer: Accepted | Made | Absent,
    *,
    model: ImageModel,
) -> float:
    """Write down what became of a submission; a second to wait where it is to be sent anew."""
    match answer:
        case Accepted(reference=reference):
            await services.store.insist(
                jobs.accepted, job.item.id, key=submission.key, reference=reference
            )
            await cards.try_show(services, job.proposal.id, team_id=job.proposal.team_id)
        case Made():
            await keep(services, job, submission, answer, model=model)
        case Absent():
            await services.store.insist(jobs.put_back, job.item.id, key=submission.key)
            return 0.01
    return 0


async def _put_back(
    services: Services, job: Job, submission: Submission, error: Unavailable
) -> float:
    await services.store.insist(jobs.put_back, job.item.id, key=submission.key)
    if job.attempts + 1 >= MAX_ATTEMPTS:
        await give_up(services, job.item.id, error.reason)
        return 0
    return max(error.retry_after_seconds, 0.01)


async def _refuse(services: Services, job: Job, error: Refused, *, model: ImageModel) -> None:
    charged = 0
    if error.was_billed:
        price = model.price_credits(job.item.settings.count, tool=job.proposal.tool)
        charged = min(price, job.item.price_credits)
    await services.store.insist(
        jobs.finish,
        job.item.id,
        state=ItemState.REFUSED,
        charged_credits=charged,
        failure=error.reason,
        was_billed=error.was_billed,
        at=services.now(),
    )
    await cards.try_show(services, job.proposal.id, team_id=job.proposal.team_id)


async def _blocked(services: Services, job: Job) -> Tool | None:
    """The tool that the workspace has blocked since it was approved: its own, or importing."""
    workspace = await services.workspace(job.proposal.team_id)
    is_importing = any(source.slack_file_id and not source.image_id for source in job.item.sources)
    needed = (job.proposal.tool, *([Tool.IMPORT_ATTACHMENT] if is_importing else []))
    return next((tool for tool in needed if workspace.mode(tool) is Mode.BLOCKED), None)


def blocked_words(tool: Tool) -> str:
    """Why an approved item is not made after all."""
    return f"{tool.label} is blocked in this workspace."
