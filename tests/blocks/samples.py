"""Proposals, catalogs and balances to build cards from: one sample of every state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from blocks.proposal import CardView
from bot.domain.catalog import Aspect, Catalog, ImageModel, Size, Speed, Style, Task
from bot.domain.images import Image
from bot.domain.money import Balance
from bot.domain.proposals import Item, ItemSettings, ItemState, Outcome, Proposal, ProposalState

CREATED = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
EXPIRES = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
DECIDED = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)
NEXT_LINK = "https://northwind.slack.com/archives/C0DESIGN01/p1764000000000100"

SKETCH = ImageModel(
    id="sketch/compose",
    provider="sketch",
    name="Sketch",
    strength="Composes any subject in about a second",
    tasks=(Task.PRODUCT, Task.POSTER, Task.DRAFT),
    sizes={
        Aspect.SQUARE: Size(width_px=1024, height_px=1024),
        Aspect.STORY: Size(width_px=768, height_px=1344),
        Aspect.WIDE: Size(width_px=1344, height_px=768),
    },
    has_seed=True,
    speed=Speed.FAST,
    price_usd=Decimal("0.01"),
    price_source="https://example.com/prices",
    price_as_of=date(2026, 11, 24),
    is_ai=False,
)
PAINTER = ImageModel(
    id="acme/painter",
    provider="acme",
    name="Painter 2 pro",
    strength="Product photographs with true materials",
    tasks=(Task.PRODUCT, Task.PHOTO),
    sizes={
        Aspect.SQUARE: Size(width_px=1024, height_px=1024),
        Aspect.PORTRAIT_4_5: Size(width_px=896, height_px=1120),
    },
    has_seed=True,
    has_negative_prompt=True,
    speed=Speed.MEDIUM,
    price_usd=Decimal("0.04"),
    price_source="https://example.com/prices",
    price_as_of=date(2026, 11, 24),
)
DUO = ImageModel(
    id="acme/duo",
    provider="acme",
    name="Duo",
    strength="Two at a time, without seeds",
    tasks=(Task.ILLUSTRATION,),
    sizes={Aspect.LANDSCAPE_4_3: Size(width_px=1152, height_px=864)},
    max_count=2,
    speed=Speed.SLOW,
    price_usd=Decimal("0.125"),
    price_source="https://example.com/prices",
    price_as_of=date(2026, 11, 24),
)
RETOUCHER = ImageModel(
    id="acme/retoucher",
    provider="acme",
    name="Retoucher",
    strength="Changes what you say and nothing else",
    tasks=(Task.EDIT,),
    max_sources=3,
    max_count=4,
    has_seed=True,
    speed=Speed.MEDIUM,
    price_usd=Decimal("0.04"),
    price_source="https://example.com/prices",
    price_as_of=date(2026, 11, 24),
)
ENLARGER = ImageModel(
    id="acme/enlarger",
    provider="acme",
    name="Enlarger",
    strength="Sharp and faithful",
    tasks=(Task.UPSCALE,),
    scales=(2, 4),
    max_count=1,
    speed=Speed.MEDIUM,
    price_usd=Decimal("0.02"),
    price_source="https://example.com/prices",
    price_as_of=date(2026, 11, 24),
)
CATALOG = Catalog(
    models=(SKETCH, PAINTER, DUO),
    styles=(
        Style(id="product-photo", name="Product photo", words="product photograph"),
        Style(id="watercolor", name="Watercolor", words="watercolor painting"),
    ),
)
WORKSHOP = CATALOG.model_copy(update={"models": (*CATALOG.models, RETOUCHER, ENLARGER)})
"""The same with models that work on pictures."""
BALANCE = Balance(month="2026-11", budget_credits=1000, held_credits=0, charged_credits=16)

SETTINGS = ItemSettings(
    prompt=(
        "Product photograph of a hand-thrown ceramic coffee mug on a plain plinth, "
        "soft window light from the left, no text."
    ),
    model_id=PAINTER.id,
    style_id="product-photo",
    aspect=Aspect.SQUARE,
    count=4,
)
ITEM = Item(
    id="itm_01k",
    position=1,
    title="ceramic coffee mug, product hero",
    original="Create a square product hero for a ceramic coffee mug",
    proposed_prompt=SETTINGS.prompt,
    model_reason="chosen for product photos",
    settings=SETTINGS,
    price_credits=16,
)
PROPOSAL = Proposal(
    id="prp_01k",
    team_id="T0SANDBOX1",
    request_id="req_01k",
    requester_id="U0ANA00001",
    channel_id="C0DESIGN01",
    thread_ts="1764000000.000100",
    card_ts="1764000001.000200",
    state=ProposalState.AWAITING,
    revision=3,
    items=(ITEM,),
    created_at=CREATED,
    expires_at=EXPIRES,
)
APPROVAL = Outcome(by="U0ANA00001", at=DECIDED)
DENIAL = Outcome(by="U0BEN00001", at=DECIDED, feedback="too dark, and *lighter* wood please")
MADE: Mapping[str, Any] = {"made_count": 4, "used_seed": 4711, "seconds": 12.3}
DELIVERED: Mapping[str, Any] = {
    **MADE,
    "state": ItemState.DELIVERED,
    "charged_credits": 16,
    "is_posted": True,
}


def proposal(
    state: ProposalState, *, item: Mapping[str, Any] | None = None, **fields: Any
) -> Proposal:
    """The sample proposal in another state, with its item changed."""
    changed = ITEM.model_copy(update=dict(item or {}))
    return PROPOSAL.model_copy(update={"state": state, "items": (changed,), **fields})


def awaiting(**item: Any) -> CardView:
    """The card of a proposal that waits, its item changed."""
    return view(proposal(ProposalState.AWAITING, item=item))


def approved(end: ProposalState = ProposalState.APPROVED, /, **item: Any) -> CardView:
    """The card of a proposal that was approved, its item somewhere on its way."""
    return view(proposal(end, item=item, outcome=APPROVAL, revision=4))


def view(shown: Proposal, **fields: Any) -> CardView:
    """What the card of a proposal reads."""
    return CardView(**{"proposal": shown, "catalog": CATALOG, "balance": BALANCE, **fields})


def settings(**fields: Any) -> ItemSettings:
    """The sample's settings, changed."""
    return SETTINGS.model_copy(update=fields)


CARDS: Mapping[str, CardView] = {
    "awaiting": awaiting(),
    "awaiting_one_sketch": awaiting(
        settings=settings(model_id=SKETCH.id, count=1, seed=4711, aspect=Aspect.STORY),
        price_credits=1,
    ),
    "awaiting_edited": awaiting(
        settings=settings(prompt="A mug in a forest.", negative_prompt="hands, text")
    ),
    "awaiting_over_budget": view(
        PROPOSAL, balance=BALANCE.model_copy(update={"charged_credits": 990})
    ),
    "awaiting_model_gone": awaiting(settings=settings(model_id="old/gone", style_id="old-style")),
    "approved_waiting": approved(),
    "approved_queued": replace(approved(state=ItemState.QUEUED), queue_position=3),
    "approved_next": replace(approved(state=ItemState.QUEUED), queue_position=1),
    "approved_submitting": approved(state=ItemState.SUBMITTING),
    "approved_making": approved(state=ItemState.SUBMITTED, made_count=1),
    "approved_made": approved(**{**MADE, "state": ItemState.MADE}),
    "approved_unknown": approved(state=ItemState.UNKNOWN),
    "approved_not_kept": approved(
        state=ItemState.UNKNOWN, failure="The studio's image store cannot be written."
    ),
    "done": approved(ProposalState.DONE, **DELIVERED),
    "done_one": approved(
        ProposalState.DONE,
        **{**DELIVERED, "made_count": 1, "charged_credits": 1, "seconds": 0.84},
        settings=settings(model_id=SKETCH.id, count=1),
    ),
    "done_not_posted": approved(ProposalState.DONE, **{**DELIVERED, "is_posted": False}),
    "done_not_posted_why": approved(
        ProposalState.DONE,
        **{**DELIVERED, "is_posted": False, "failure": "Aethera is not in this channel any more"},
    ),
    "partly_done": approved(
        ProposalState.PARTLY_DONE,
        **{
            **DELIVERED,
            "made_count": 3,
            "charged_credits": 12,
            "failure": "The provider timed out",
        },
    ),
    "failed": approved(
        ProposalState.FAILED, state=ItemState.FAILED, failure="The provider is closed for today."
    ),
    "refused": approved(
        ProposalState.FAILED, state=ItemState.REFUSED, failure="a public figure is shown"
    ),
    "refused_and_billed": approved(
        ProposalState.FAILED,
        state=ItemState.REFUSED,
        failure="a public figure is shown",
        was_billed=True,
        charged_credits=4,
    ),
    "stopped": approved(ProposalState.STOPPED, state=ItemState.STOPPED),
    "denied": view(
        proposal(ProposalState.DENIED, outcome=DENIAL.model_copy(update={"feedback": ""}))
    ),
    "denied_with_feedback": view(proposal(ProposalState.DENIED, outcome=DENIAL)),
    "denied_and_revised": view(
        proposal(ProposalState.SUPERSEDED, outcome=DENIAL, superseded_by="prp_01m"),
        next_link=NEXT_LINK,
    ),
    "expired": view(proposal(ProposalState.EXPIRED)),
    "expired_and_proposed_again": view(
        proposal(ProposalState.SUPERSEDED, superseded_by="prp_01m"), next_link=NEXT_LINK
    ),
}

IMAGE = Image(
    id="img_01k",
    team_id="T0SANDBOX1",
    item_id=ITEM.id,
    index=1,
    sha256="00" * 32,
    mime="image/png",
    width_px=1024,
    height_px=1024,
    size_bytes=90_000,
    title=ITEM.title,
    alt_text="AI-generated image: ceramic coffee mug.",
    prompt=SETTINGS.prompt,
    negative_prompt="",
    model_id=PAINTER.id,
    style_id="product-photo",
    aspect=Aspect.SQUARE,
    seed=4711,
    charged_credits=4,
    requester_id="U0ANA00001",
    approver_id="U0ANA00001",
    channel_id="C0DESIGN01",
    created_at=DECIDED,
)
