"""What is done to all rows of a batch at once."""

from collections.abc import Sequence

from blocks.set_all import Wanted
from bot import decisions
from bot.domain.catalog import Catalog
from bot.domain.people import Person
from bot.domain.proposals import Item, Proposal
from bot.errors import BadField
from bot.services import Services
from bot.studio.check import checked


async def set_all(
    services: Services, proposal_id: str, wanted: Wanted, *, person: Person
) -> Proposal:
    """Give every row that is not removed what is wanted, in one move, or none of them.

    Raises: NotFound, NotAllowed, Stale; BadField naming the rows that cannot have it.
    """
    proposal = await decisions.find(services, proposal_id, team_id=person.team_id)
    workspace = await decisions.check_decider(services, proposal, person)
    check_rows(proposal, wanted, services.offered(workspace))
    settings = {item.id: wanted.of(item.settings) for item in proposal.live}
    return await decisions.edit(services, proposal_id, settings, person=person)


def check_rows(proposal: Proposal, wanted: Wanted, catalog: Catalog) -> None:
    """See that every row can have what is wanted.

    Raises: BadField, with the sentence about the first row that cannot, and which others cannot.
    """
    refused: list[tuple[Item, BadField]] = []
    for item in proposal.live:
        try:
            checked(
                wanted.of(item.settings), catalog, tool=proposal.tool, sources=len(item.sources)
            )
        except BadField as error:
            refused.append((item, error))
    if refused:
        first = refused[0][1]
        rows = [item for item, error in refused if error.field == first.field]
        raise BadField(first.field, f"{_named(rows, of=len(proposal.live))}: {first.words}")


def _named(rows: Sequence[Item], *, of: int) -> str:
    """`Images 2 and 3`, or `All images`."""
    if len(rows) == of:
        return "All images"
    numbers = [str(item.position) for item in rows]
    if len(numbers) == 1:
        return f"Image {numbers[0]}"
    return f"Images {', '.join(numbers[:-1])} and {numbers[-1]}"
