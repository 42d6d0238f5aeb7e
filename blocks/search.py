"""The form that searches the Gallery: ids, modal(), parse(), and a search packed for a view."""

import json
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    InputBlock,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import MAX_GROUP_OPTIONS, context, literal, option
from blocks.text import mention, quoted
from blocks.words import SEPARATOR, honest_name
from bot.domain.catalog import Catalog
from bot.domain.search import Search

MODAL = "search_modal"
MAX_WORDS_CHARS = 150
MAX_PAGE = 500


def modal(search: Search, catalog: Catalog) -> View:
    """The form, filled in with what is looked for now."""
    models = [option(m.id, m.label) for m in catalog.models[:MAX_GROUP_OPTIONS]]
    starred = option("starred", "Only images I starred")
    blocks: list[Block] = [
        _field(
            "words",
            "Words",
            PlainTextInputElement(
                action_id="search_words",
                placeholder="fox logo",
                max_length=MAX_WORDS_CHARS,
                initial_value=search.words or None,
            ),
            hint="In the title or the prompt; the beginning of a word is enough.",
        ),
        _field(
            "by_id",
            "Asked for by",
            UserSelectElement(
                action_id="search_by",
                placeholder="Anybody",
                initial_user=search.by_id or None,
            ),
        ),
        _field(
            "channel_id",
            "In the channel",
            ConversationSelectElement(
                action_id="search_channel",
                placeholder="Any channel",
                initial_conversation=search.channel_id or None,
                filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
            ),
        ),
        _field(
            "model_id",
            "Made with",
            StaticSelectElement(
                action_id="search_model",
                placeholder="Any model",
                options=models,
                initial_option=next((m for m in models if m.value == search.model_id), None),
            ),
        ),
        _field("since", "From", _day("search_since", search.since)),
        _field("until", "To", _day("search_until", search.until)),
        _field(
            "starred",
            "Stars",
            CheckboxesElement(
                action_id="search_starred",
                options=[starred],
                initial_options=[starred] if search.is_starred else None,
            ),
        ),
        context("You find your own images, and those made in public channels."),
    ]
    return View(
        type="modal",
        callback_id=MODAL,
        title="Search images",
        submit="Search",
        close="Cancel",
        blocks=blocks,
    )


def parse(values: state.Values) -> Search | dict[str, str]:
    """What is looked for; or a sentence for each block that holds something wrong."""
    since, until = (_date(state.entered(values, name)) for name in ("since", "until"))
    if since is not None and until is not None and until < since:
        return {state.find_block(values, "until") or "until": "This day is before the first one."}
    return Search(
        words=(state.entered(values, "words") or "").strip()[:MAX_WORDS_CHARS],
        by_id=state.entered(values, "by_id") or "",
        channel_id=state.entered(values, "channel_id") or "",
        model_id=state.entered(values, "model_id") or "",
        is_starred="starred" in state.chosen(values, "starred"),
        since=since,
        until=until,
    )


def words(search: Search, catalog: Catalog) -> str:
    """What is looked for, in a line of mrkdwn; empty where everything is."""
    parts = [f"“{quoted(search.words)}”"] if search.words else []
    if search.by_id:
        parts.append(f"asked for by {mention(search.by_id)}")
    if search.channel_id:
        parts.append(f"in <#{search.channel_id}>")
    if search.model_id:
        parts.append(f"made with {honest_name(catalog.known(search.model_id), search.model_id)}")
    if search.since is not None:
        parts.append(f"from {search.since.isoformat()}")
    if search.until is not None:
        parts.append(f"to {search.until.isoformat()}")
    if search.is_starred:
        parts.append("with my star")
    return SEPARATOR.join(parts)


def pack(search: Search, page: int) -> str:
    """A search and a page as a view carries them: what it shows, and nothing that is true."""
    return json.dumps([page, search.model_dump(mode="json", exclude_defaults=True)])


def unpack(packed: str) -> tuple[Search, int]:
    """The search and the page; everything from the start for what `pack` does not make."""
    try:
        page, given = json.loads(packed)
        search = Search.model_validate(given)
    except (ValueError, TypeError):
        return Search(), 0
    is_page = isinstance(page, int) and not isinstance(page, bool) and 0 <= page <= MAX_PAGE
    return search, page if is_page else 0


def _field(
    name: str, label: str, element: InputInteractiveElement, *, hint: str = ""
) -> InputBlock:
    return InputBlock(
        block_id=state.block_id(name),
        label=label,
        element=element,
        hint=literal(hint) if hint else None,
        optional=True,
    )


def _day(action_id: str, day: date | None) -> DatePickerElement:
    return DatePickerElement(
        action_id=action_id,
        placeholder="Any day",
        initial_date=None if day is None else day.isoformat(),
    )


def _date(text: str | None) -> date | None:
    try:
        return None if not text else date.fromisoformat(text)
    except ValueError:
        return None
