"""Makes the ids of our rows: a kind, and 26 characters that sort by the time they were made."""

import os
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_BITS = 48
_RANDOM_BITS = 80


def new_id(kind: str) -> str:
    """A fresh id such as `prp_01jd…`: 48 bits of milliseconds, then 80 random bits, in base 32.

    The same layout as a ULID (https://github.com/ulid/spec), in lower case.
    """
    milliseconds = time.time_ns() // 1_000_000 & ((1 << _TIME_BITS) - 1)
    number = (milliseconds << _RANDOM_BITS) | int.from_bytes(os.urandom(_RANDOM_BITS // 8))
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return f"{kind}_{''.join(reversed(digits))}"
