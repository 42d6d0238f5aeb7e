"""The workspace's own keys: how providers stand, a key tested, then kept; or one taken away."""

import asyncio

from blocks.settings.keys import KeysView, ProviderKey
from bot import settings
from bot.domain.people import Person, Workspace
from bot.errors import BadField, BadKey, OutOfCredit, ProviderError, Unavailable
from bot.keyring import hint_of
from bot.services import Services
from storage import keys

_TEST_SECONDS = 30.0
"""The longest a person waits for a provider to say whether it knows a key."""


async def key_view(services: Services, workspace: Workspace) -> KeysView:
    """Which providers work in a workspace, and by whose key."""
    sealed = await services.store.read(keys.of_team, workspace.id) if workspace.own_keys else {}
    keyring = services.keyring
    takers = [
        ProviderKey(
            name=kind.name,
            title=kind.title,
            keys_at=kind.keys_at,
            hint=workspace.own_keys.get(kind.name),
            opens=keyring.opens(sealed.get(kind.name), team_id=workspace.id, provider=kind.name),
            has_operators=kind.name in services.providers,
        )
        for kind in keyring.takers()
    ]
    names = {each.name for each in takers}
    keyless = [
        keyring.kinds[name].title if name in keyring.kinds else name
        for name in services.providers
        if name not in names
    ]
    return KeysView(revision=workspace.revision, takers=takers, keyless=keyless)


async def tested(services: Services, provider: ProviderKey, key: str) -> str:
    """What a provider says of a key that it accepts, in a few words; nothing is kept by this.

    Raises: BadField with the whole sentence where the key is not one to keep.
    """
    title = provider.title
    made = services.keyring.with_key(provider.name, key)
    if made is None:
        raise _bad(f"{title} takes no key here. Nothing was saved.")
    try:
        async with asyncio.timeout(_TEST_SECONDS):
            report = await made.check_key()
    except BadKey as error:
        raise _bad(
            f"{_without(key, error.reason)} It was not saved. Copy the key anew, all of it, and "
            "enter it again."
        ) from None
    except OutOfCredit:
        # A key that pays for nothing would take the place of one that may.
        raise _bad(
            f"{title} knows this key, but the account behind it is out of credit, so nothing could "
            "be made with it. It was not saved. Add credit there, then enter the key again."
        ) from None
    except TimeoutError:
        raise _untested(f"{title} did not answer within {_TEST_SECONDS:.0f} seconds.") from None
    except Unavailable as error:
        raise _untested(_without(key, error.reason)) from None
    except ProviderError:
        raise _untested(f"{title} gave an answer that says nothing about the key.") from None
    finally:
        await made.close()
    models = [model for model in services.catalog.models if model.provider == provider.name]
    is_useful, words = report.of_models(models)
    if not is_useful:
        raise _bad(
            f"{title} knows this key, but it may use none of the models here. It was not saved. "
            "Allow it image models there, or enter another one."
        )
    return _without(key, words)


async def keep(
    services: Services, person: Person, provider: ProviderKey, key: str | None, *, revision: int
) -> Workspace | settings.Conflict:
    """Keep a key, or with None take the own one away, if the rules still have that revision.

    In the name of an admin just looked up; logged in the same transaction.
    """
    team_id = person.team_id
    before = await services.workspace(team_id)
    if before.revision == revision:
        sealed = None
        if key is not None:
            sealed = services.keyring.seal(key, team_id=team_id, provider=provider.name)
            # Before anything can be offered with it: no job waits in a queue that nobody reads.
            await services.engine.listen(provider.name)
        is_saved = await services.store.run(
            keys.replace,
            before,
            provider.name,
            sealed=sealed,
            hint="" if key is None else hint_of(key),
            by=person.id,
            at=services.now(),
        )
        services.forget_rules(team_id)
        if is_saved:
            return await services.workspace(team_id)
    return await settings.conflict(services, team_id)


def _bad(words: str) -> BadField:
    return BadField("key", words)


def _untested(reason: str) -> BadField:
    return _bad(
        f"{reason} So the key could not be tested, and it was not saved. Please enter it again in "
        "a minute."
    )


def _without(key: str, words: str) -> str:
    """A provider's words, in which it may repeat what it was sent."""
    return words.replace(key, "…")
