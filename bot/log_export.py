"""The audit log for a spreadsheet: a month in, a CSV file in the admin's direct messages out."""

from blocks.audit import to_csv
from bot.domain.people import Person
from bot.errors import SlackError
from bot.services import Services
from storage import audit

_MAX_NAMES = 50
"""How many people are looked up by name; the ids of the others stand for themselves."""


async def send(services: Services, person: Person, *, month: str) -> int:
    """Upload a month's entries, or all, to a person's conversation with us; how many they are.

    Raises: SlackError.
    """
    found = await services.store.read(audit.newest, team_id=person.team_id, limit=None, month=month)
    entries = [entry for _, entry in found]
    names = {}
    for user_id in list(dict.fromkeys(e.actor_id for e in entries if e.actor_id))[:_MAX_NAMES]:
        try:
            names[user_id] = (await services.slack.person(user_id, team_id=person.team_id)).name
        except SlackError:
            continue
    data = to_csv(entries, names=names)
    channel_id = await services.slack.open_dm(person.id)
    file_id, address = await services.slack.begin_upload(
        filename=f"audit-{month or 'all'}.csv", size_bytes=len(data), alt_text=""
    )
    await services.slack.send_bytes(address, data)
    await services.slack.share_many(
        [(file_id, f"Audit log {month or '(all months)'}")],
        channel_id=channel_id,
        thread_ts=None,
        comment="The audit log you asked for.",
    )
    return len(entries)
