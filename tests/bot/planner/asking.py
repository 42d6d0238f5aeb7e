"""Says something to the planner as a person would, and hands back what it planned."""

from datetime import UTC, datetime
from typing import TypeVar

from bot.domain.catalog import Aspect, Catalog
from bot.domain.context import NOTHING, Context, ShownPicture
from bot.domain.people import Tool
from bot.domain.proposals import Item, ItemSettings, ItemSource, Proposal, ProposalState
from bot.domain.requests import (
    Attachment,
    Plan,
    PlannedItem,
    ProposePlan,
    QuestionPlan,
    ReplyPlan,
    Request,
    Source,
)
from bot.planner.rules import plan
from bot.studio.catalog import catalog

US = "U0BOT"
ME, ANA, BEN = "U1", "U0ANA", "U0BEN"
_NAMES = {ME: "Cem Kaya", ANA: "Ana Lopez", BEN: "Ben"}
OFFERED: Catalog = catalog(["sketch"])
ALL: Catalog = catalog(["sketch", "waifu2x"])
NOW = datetime(2026, 11, 24, tzinfo=UTC)

P = TypeVar("P")


def request(
    text: str,
    *,
    source: Source = Source.DM,
    channel_id: str = "D1",
    thread_ts: str | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Request:
    return Request(
        id="req_1",
        team_id="T1",
        user_id=ME,
        channel_id=channel_id,
        ts="1.1",
        thread_ts=thread_ts,
        text=text,
        source=source,
        attachments=attachments,
        created_at=NOW,
    )


def planned(text: str, context: Context = NOTHING, *, offered: Catalog = ALL) -> Plan:
    return plan(request(text), context, catalog=offered, bot_user_id=US)


def item(text: str, context: Context = NOTHING) -> PlannedItem:
    return proposed(text, context).items[0]


def proposed(text: str, context: Context = NOTHING) -> ProposePlan:
    return _as(planned(text, context), ProposePlan)


def reply(text: str, context: Context = NOTHING) -> ReplyPlan:
    return _as(planned(text, context), ReplyPlan)


def question(text: str, context: Context = NOTHING) -> QuestionPlan:
    return _as(planned(text, context), QuestionPlan)


def sheet(title: str, *ids: str, by: str = ME) -> tuple[ShownPicture, ...]:
    """Images of ours, numbered from 1, as they stand on one sheet."""
    return tuple(
        ShownPicture(
            source=ItemSource(image_id=image_id, slack_file_id=f"F{image_id}", title=title),
            by_id=by,
            by_name=_NAMES[by],
            number=number,
            is_result=True,
        )
        for number, image_id in enumerate(ids, start=1)
    )


def posted(*file_ids: str, by: str = ME) -> tuple[ShownPicture, ...]:
    """Pictures that somebody posted in one message."""
    return tuple(
        ShownPicture(
            source=ItemSource(slack_file_id=file_id, title=f"{file_id}.jpg"),
            by_id=by,
            by_name=_NAMES[by],
            number=number,
        )
        for number, file_id in enumerate(file_ids, start=1)
    )


def ids(pictures: tuple[ItemSource, ...]) -> list[str]:
    """The ids of pictures: of the image where it is one of ours, else of the file."""
    return [source.image_id or source.slack_file_id for source in pictures]


def pending(*items: PlannedItem, tool: Tool | None = None) -> Proposal:
    """A proposal of these items that awaits a decision."""
    usual = Tool.GENERATE_BATCH if len(items) > 1 else Tool.GENERATE
    return Proposal(
        id="prp_1",
        team_id="T1",
        tool=tool or usual,
        request_id="req_0",
        requester_id=ME,
        channel_id="D1",
        thread_ts="1.0",
        card_ts="1.05",
        state=ProposalState.AWAITING,
        revision=1,
        items=tuple(
            Item(
                id=f"itm_{position}",
                position=position,
                title=one.title,
                original=one.original,
                proposed_prompt=one.prompt,
                model_reason=one.model_reason,
                settings=ItemSettings(
                    **one.model_dump(include=set(ItemSettings.model_fields)),
                ),
                price_credits=1,
                sources=one.sources,
            )
            for position, one in enumerate(items, start=1)
        ),
        created_at=NOW,
        expires_at=NOW,
    )


def planned_item(title: str = "mug", **changes: object) -> PlannedItem:
    """An item as it could stand on a card."""
    plain: dict[str, object] = {
        "title": title,
        "prompt": f"Product photograph of a {title}, no text.",
        "original": f"a {title}",
        "model_id": "sketch/compose",
        "model_reason": "chosen for product photos",
        "style_id": "product-photo",
        "aspect": Aspect.SQUARE,
        "count": 1,
    }
    return PlannedItem.model_validate({**plain, **changes})


def _as(understood: Plan, kind: type[P]) -> P:
    assert isinstance(understood, kind), understood
    return understood
