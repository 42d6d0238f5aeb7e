"""Makes the ids of our rows: a kind, and 26 characters that sort by the time they were made."""

import base64
import os
import time

_RANDOM_BYTES = 10


def new_id(kind: str) -> str:
    """A fresh id such as `prp_069k…`: 48 bits of milliseconds, then 80 random bits, in base 32.

    The alphabet is that of RFC 4648's extended hex, in lower case, which keeps the order.
    """
    milliseconds = (time.time_ns() // 1_000_000).to_bytes(6)
    encoded = base64.b32hexencode(milliseconds + os.urandom(_RANDOM_BYTES))
    return f"{kind}_{encoded.decode().rstrip('=').lower()}"
