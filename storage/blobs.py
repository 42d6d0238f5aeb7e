"""Keeps bytes under the SHA-256 of their content; the same bytes are kept once."""

import hashlib
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import ObjectStore, from_url

from bot.errors import NotFound, StorageError


class Blobs:
    """A folder, or a bucket, of content-addressed bytes, apart for each workspace."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put(self, data: bytes, *, team_id: str) -> str:
        """Keep the bytes; their SHA-256 in hex.

        Raises: StorageError where they cannot be written.
        """
        digest = hashlib.sha256(data).hexdigest()
        try:
            await obstore.put_async(self._store, _path(team_id, digest), data, mode="create")
        except AlreadyExistsError:
            pass
        except (BaseError, OSError) as error:
            raise StorageError("The studio's image store cannot be written") from error
        return digest

    async def get(self, digest: str, *, team_id: str) -> bytes:
        """The bytes kept under a digest.

        Raises: NotFound where there are none; StorageError where they cannot be read or are not
            the ones that were kept.
        """
        try:
            answer = await obstore.get_async(self._store, _path(team_id, digest))
            data = bytes(await answer.bytes_async())
        except FileNotFoundError as error:
            raise NotFound("That image is not in the gallery any more.") from error
        except (BaseError, OSError) as error:
            raise StorageError("The studio's image store cannot be read") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise StorageError("An image in the studio's store is damaged")
        return data

    async def delete(self, digest: str, *, team_id: str) -> None:
        """Delete the bytes kept under a digest; nothing where there are none.

        Raises: StorageError where they cannot be deleted.
        """
        try:
            await obstore.delete_async(self._store, _path(team_id, digest))
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise StorageError("The studio's image store cannot be written") from error


def open_blobs(url: str) -> Blobs:
    """The blob store at a `file://` URL (made where missing) or an object store's URL."""
    if url.startswith("file://"):
        Path(url.removeprefix("file://")).mkdir(parents=True, exist_ok=True)
    return Blobs(from_url(url))


def _path(team_id: str, digest: str) -> str:
    return f"{team_id}/{digest[:2]}/{digest}"
