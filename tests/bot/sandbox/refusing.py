"""What a call that must fail is refused with."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError


async def refused(call: Awaitable[Any]) -> str:
    """Slack's code; the test fails where the call succeeds."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])
