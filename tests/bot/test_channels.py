"""What a message means to us, by the channel's mode and by how it was said, as a table."""

import pytest

from bot.channels import Hearing, hears
from bot.domain.people import ChannelMode, Workspace
from bot.domain.requests import Source

ANSWER, CLEAR = Hearing.ANSWER, Hearing.ANSWER_CLEAR
SAY_OFF, IGNORE = Hearing.SAY_OFF, Hearing.IGNORE


@pytest.mark.parametrize(
    ("mode", "mention", "command", "thread", "overheard"),
    [
        (ChannelMode.MENTIONS, ANSWER, ANSWER, ANSWER, IGNORE),
        (ChannelMode.REQUESTS, ANSWER, ANSWER, ANSWER, CLEAR),
        (ChannelMode.OFF, SAY_OFF, SAY_OFF, IGNORE, IGNORE),
    ],
)
def test_a_mode_says_what_is_heard(
    mode: ChannelMode, mention: Hearing, command: Hearing, thread: Hearing, overheard: Hearing
) -> None:
    rules = Workspace(id="T0", budget_credits=1, channel_modes={"C0": mode})
    sources = (Source.MENTION, Source.COMMAND, Source.THREAD, Source.OVERHEARD)
    heard = [hears(rules, channel_id="C0", source=source) for source in sources]
    assert heard == [mention, command, thread, overheard]


def test_direct_messages_are_always_heard() -> None:
    rules = Workspace(id="T0", budget_credits=1, channel_modes={"D0": ChannelMode.OFF})
    assert hears(rules, channel_id="D0", source=Source.DM) is ANSWER
