"""What differs between two states of a workspace's rules, in words for the audit log."""

from collections.abc import Iterable

from bot.domain.base import Value
from bot.domain.people import ChannelMode, Tool, Workspace


class Difference(Value):
    """One setting that changed."""

    subject: str
    """The setting's name."""
    old: str
    new: str


def differences(before: Workspace, after: Workspace) -> list[Difference]:
    """The settings that are not the same, in the order of the forms."""
    pairs = [
        *(
            (f"mode: {tool.label}", before.mode(tool).value, after.mode(tool).value)
            for tool in Tool
        ),
        ("models allowed", _ids(before.model_ids), _ids(after.model_ids)),
        (
            "default model",
            before.default_model_id or "by task",
            after.default_model_id or "by task",
        ),
        ("approvers", _ids(before.approvers), _ids(after.approvers)),
        ("credits a month", str(before.budget_credits), str(after.budget_credits)),
        (
            "credits a person and day",
            _limit(before.person_day_credits),
            _limit(after.person_day_credits),
        ),
        (
            "credits a channel and month",
            _limit(before.channel_month_credits),
            _limit(after.channel_month_credits),
        ),
        ("guests may spend", _yes(before.guests_may_spend), _yes(after.guests_may_spend)),
        (
            "other organisations may spend",
            _yes(before.externals_may_spend),
            _yes(after.externals_may_spend),
        ),
        *(
            (f"channel {channel_id}", _channel(before, channel_id), _channel(after, channel_id))
            for channel_id in sorted({*before.channel_modes, *after.channel_modes})
        ),
        ("hours a card waits", _hours(before.lifetime_hours), _hours(after.lifetime_hours)),
        ("days images are kept", _days(before.retention_days), _days(after.retention_days)),
        *(
            (_key_subject(provider), _key(before, provider), _key(after, provider))
            for provider in sorted({*before.own_keys, *after.own_keys})
        ),
    ]
    return [
        Difference(subject=subject, old=old, new=new) for subject, old, new in pairs if old != new
    ]


def with_channel_mode(workspace: Workspace, channel_id: str, mode: ChannelMode) -> Workspace:
    """The rules with one channel's mode; the usual one needs no entry."""
    modes = {**workspace.channel_modes, channel_id: mode}
    if mode is ChannelMode.MENTIONS:
        del modes[channel_id]
    return workspace.model_copy(update={"channel_modes": modes})


def entered_anew(workspace: Workspace, provider: str) -> Difference:
    """That another key took the place of one with the same last characters, or the same key."""
    old = _key(workspace, provider)
    return Difference(subject=_key_subject(provider), old=old, new=f"{old}, entered anew")


def _ids(ids: Iterable[str] | None) -> str:
    if ids is None:
        return "all"
    return ", ".join(sorted(ids)) or "none"


def _limit(credits: int | None) -> str:
    return "no limit" if credits is None else str(credits)


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _channel(workspace: Workspace, channel_id: str) -> str:
    return workspace.channel_mode(channel_id).value


def _hours(hours: float | None) -> str:
    return "as installed" if hours is None else f"{hours:g}"


def _days(days: int | None) -> str:
    return "for good" if days is None else str(days)


def _key(workspace: Workspace, provider: str) -> str:
    hint = workspace.own_keys.get(provider)
    return "none of its own" if hint is None else f"ends in {hint}"


def _key_subject(provider: str) -> str:
    return f"key: {provider}"
