"""An answer in, its body out: never more bytes than asked for, however small it was packed.

Answers are asked for unpacked. A server that packs all the same is unpacked here step by step: a
decoder that unpacks a whole chunk at once makes gigabytes of a few kilobytes before anybody looks.
"""

import zlib

import httpx2

UNPACKED = {"Accept-Encoding": "identity"}
"""The header that asks for an answer as it is."""

_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


class TooLongError(Exception):
    """The body is longer than it may be; the rest of it was not read."""


async def read_body(response: httpx2.Response, *, most_bytes: int) -> bytes:
    """The body of an answer that was begun as a stream.

    Raises: TooLongError; httpx2.TransportError where it breaks off; httpx2.DecodingError where it
        is packed in a way we do not take.
    """
    if response.is_stream_consumed:
        # A transport that answers from memory, as in tests.
        if len(response.content) > most_bytes:
            raise TooLongError
        return response.content
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise httpx2.DecodingError(f"It is packed as {packing}.")
    unpacker = None if packing in ("", "identity") else zlib.decompressobj(_GZIP_OR_ZLIB)
    body = bytearray()
    async for chunk in response.aiter_raw():
        # One byte more than may be shows that there is more.
        body += (
            chunk if unpacker is None else _unpacked(unpacker, chunk, most_bytes + 1 - len(body))
        )
        if len(body) > most_bytes:
            raise TooLongError
    if unpacker is not None and body and not unpacker.eof:
        raise httpx2.DecodingError("It breaks off.")
    return bytes(body)


def _unpacked(unpacker: "zlib._Decompress", chunk: bytes, most_bytes: int) -> bytes:
    try:
        found = unpacker.decompress(chunk, most_bytes)
    except zlib.error as error:
        raise httpx2.DecodingError("It cannot be unpacked.") from error
    if unpacker.unused_data:
        raise httpx2.DecodingError("Something follows its end.")
    return found
