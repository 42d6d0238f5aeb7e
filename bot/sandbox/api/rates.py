"""Slack's rate limits as token buckets, per method and workspace (and channel, for posting)."""

from collections import OrderedDict
from enum import Enum

from ..clock import Clock

POSTING_BURST = 5


class Tier(Enum):
    """Calls allowed in a minute; a bucket holds one minute's worth.

    Posting is counted in each channel and, more widely, in the whole workspace.

    Source: https://docs.slack.dev/apis/web-api/rate-limits (2026)
    """

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100
    STATUS = 600
    SPECIAL = 1200
    POSTING = 60
    POSTING_ANYWHERE = 300
    NONE = 0


class Rates:
    """Who called how often; `enabled` switches the limits."""

    def __init__(self, *, clock: Clock, enabled: bool) -> None:
        self._clock = clock
        self.enabled = enabled
        self._buckets: OrderedDict[tuple[str, ...], tuple[float, float]] = OrderedDict()

    def take(self, tier: Tier, key: tuple[str, ...]) -> int:
        """0 when the call may run, else the whole seconds to wait."""
        if not self.enabled or tier is Tier.NONE:
            return 0
        capacity = float(POSTING_BURST if tier is Tier.POSTING else tier.value)
        per_second = tier.value / 60
        now = self._clock.now()
        left, since = self._buckets.get(key, (capacity, now))
        left = min(capacity, left + (now - since) * per_second)
        if left < 1:
            self._buckets[key] = (left, now)
            return int(max(1, round((1 - left) / per_second + 0.499)))
        self._buckets[key] = (left - 1, now)
        if len(self._buckets) > 10_000:
            self._buckets.popitem(last=False)
        return 0

    def clear(self) -> None:
        self._buckets.clear()
