"""Items and what somebody wants different go in; changed items, and what to say, come out."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.catalog import MAX_COUNT, Aspect, Catalog, ImageModel
from bot.domain.people import Tool
from bot.domain.requests import PlannedItem
from bot.planner.change import removal
from bot.planner.choose import choose_model
from bot.planner.compare import compared, fits
from bot.planner.courtesy import closed, sentences, softened, undecorated
from bot.planner.quotes import masked, unmasked
from bot.planner.reword import new_subject, reworded
from bot.planner.rows import rows_said
from bot.planner.single import MAX_SEED, Offer, one_image
from bot.planner.text import defused, plain, tidy, unmarked
from bot.planner.wishes import Wishes, wishes_in

YOUR_CHOICE = "your choice"
_CHOSEN_BY_PERSON = frozenset({YOUR_CHOICE, "as you asked"})


class Revision(NamedTuple):
    """What became of the items of a proposal."""

    items: tuple[PlannedItem, ...]
    """All of them, in their order, removed ones as they were."""
    removed_positions: tuple[int, ...]
    """Which are to be removed, from 1, among the items given."""
    said: tuple[str, ...]
    """What changed, a short phrase each: `now 16:9`, `image 2: 3 images`."""
    kept: tuple[str, ...]
    """What could not change, a sentence each: `It is the cheapest already.`"""

    @property
    def is_change(self) -> bool:
        """Whether anything is different at all."""
        return bool(self.said)


class _Changed(NamedTuple):
    item: PlannedItem
    said: tuple[str, ...]
    kept: tuple[str, ...]


def revised(item: PlannedItem, feedback: str, *, catalog: Catalog) -> PlannedItem:
    """The item with the feedback heeded: settings it names are set, the rest joins the prompt.

    A setting that the item's model does not have, and a feedback too long for the prompt, change
    nothing: the new card shows what stands, and can be edited. A seed that was not asked for is
    drawn anew.
    """
    tool = Tool.UPSCALE if item.scale else Tool.EDIT if item.sources else Tool.GENERATE
    fresh = item.model_copy(update={"seed": None})
    return changed([fresh], feedback, catalog=catalog, tool=tool).items[0]


def changed(
    items: Sequence[PlannedItem], text: str, *, catalog: Catalog, tool: Tool = Tool.GENERATE
) -> Revision:
    """The items of a proposal with what a person wants different.

    What names rows of a batch ("the second one", "the banner") applies to those, everything else
    to all. At least one item always stays.
    """
    hidden, quotes = masked(tidy(undecorated(unmarked(plain(text, bot_user_id="")))))
    now = list(items)
    removed: list[int] = []
    said: list[str] = []
    kept: list[str] = []
    for sentence in sentences(hidden):
        asked = closed(softened(sentence))
        for one in rows_said(asked, [item.title for item in items]):
            kept += [f"There is no image {row} in this proposal." for row in one.missing]
            gone, rest = removal(one, len(items))
            removed += gone
            positions = one.rows or tuple(range(1, len(items) + 1))
            if one.missing and not one.rows:
                continue
            for row in positions:
                if row in gone or not rest:
                    continue
                wishes = wishes_in(rest, catalog, tool=tool)
                wishes = wishes._replace(words=defused(unmasked(wishes.words, quotes)))
                changes = _with(now[row - 1], wishes, catalog=catalog, tool=tool)
                now[row - 1] = changes.item
                is_part = len(positions) < len(items)
                said += [f"image {row}: {words}" if is_part else words for words in changes.said]
                kept += changes.kept
    gone_rows = tuple(sorted(set(removed)))
    if len(gone_rows) == len(items):
        gone_rows = ()
        kept.append("At least one image has to stay. To make none, press “Deny”.")
    said += [f"image {row} removed" for row in gone_rows]
    once = (tuple(dict.fromkeys(words)) for words in (said, kept))
    return Revision(tuple(now), gone_rows, *once)


def _with(item: PlannedItem, wishes: Wishes, *, catalog: Catalog, tool: Tool) -> _Changed:
    """One item with what is wanted different, as far as it can be had."""
    said: list[str] = []
    kept: list[str] = []
    wanted = _counted(item, wishes, kept)
    if wishes.scale and tool is Tool.UPSCALE:
        wanted = wanted.model_copy(update={"scale": wishes.scale})
    is_drawn = tool in (Tool.GENERATE, Tool.GENERATE_BATCH)
    if is_drawn and wishes.aspect:
        wanted = wanted.model_copy(update={"aspect": wishes.aspect})
    if is_drawn and wishes.style_id:
        wanted = wanted.model_copy(update={"style_id": wishes.style_id})
    wanted = _modelled(item, wanted, wishes, kept, catalog=catalog, tool=tool)
    model = catalog.model(wanted.model_id)
    if wishes.seed is not None:
        takes = model is not None and model.has_seed and wishes.seed <= MAX_SEED
        wanted = wanted.model_copy(update={"seed": wishes.seed if takes else item.seed})
        kept += [] if takes else [f"Seed {wishes.seed} cannot be used here."]
    if tool is Tool.UPSCALE and (wishes.words or wishes.aspect or wishes.style_id):
        kept.append("An upscale changes the size of a picture and nothing else.")
    elif wishes.words:
        wanted = _worded(wanted, wishes.words, catalog=catalog, tool=tool)
        kept += ["The prompt says so already."] if wanted.prompt == item.prompt else []
    said = _differences(item, wanted, catalog)
    kept += [] if said or kept else _already(item, wishes, catalog)
    return _Changed(wanted, tuple(said), tuple(kept))


def _counted(item: PlannedItem, wishes: Wishes, kept: list[str]) -> PlannedItem:
    number = wishes.images if wishes.images is not None else item.count + wishes.more
    if number > MAX_COUNT:
        kept.append(f"One image has at most {MAX_COUNT} variations.")
        number = MAX_COUNT if wishes.images is None else item.count
    return item.model_copy(update={"count": max(1, number)})


def _modelled(
    item: PlannedItem,
    wanted: PlannedItem,
    wishes: Wishes,
    kept: list[str],
    *,
    catalog: Catalog,
    tool: Tool,
) -> PlannedItem:
    """The item with a model that does what is wanted; settings it lacks go back to what they were.

    A model that the person chose is not swapped; another one is, where the settings need it.
    """
    if wishes.missing_model:
        kept.append(f"{wishes.missing_model} is not available here.")
    if wishes.relative and not wishes.model:
        found = compared(wanted, wishes.relative, catalog=catalog, tool=tool)
        if isinstance(found, str):
            kept.append(found)
        else:
            wanted = _of_model(wanted, found)
    elif wishes.model:
        if not wishes.model.does(tool):
            kept.append(f"{wishes.model.name} cannot do this.")
        else:
            wanted = _of_model(wanted, wishes.model)
    model = catalog.model(wanted.model_id)
    if model is None or fits(model, wanted, tool=tool):
        return wanted
    is_free = item.model_reason not in _CHOSEN_BY_PERSON and wanted.model_id == item.model_id
    if is_free and tool in (Tool.GENERATE, Tool.GENERATE_BATCH) and model.tasks:
        other, _ = choose_model(catalog, model.tasks[0], aspect=wanted.aspect)
        if fits(other, wanted, tool=tool):
            reason = f"{model.name} makes no {wanted.aspect.value}"
            return wanted.model_copy(update={"model_id": other.id, "model_reason": reason})
    return _fitted(item, wanted, model, kept, tool=tool)


def _of_model(item: PlannedItem, model: ImageModel) -> PlannedItem:
    changes: dict[str, object] = {"model_id": model.id, "model_reason": YOUR_CHOICE}
    if not model.has_seed:
        changes["seed"] = None
    if not model.has_negative_prompt:
        changes["negative_prompt"] = ""
    return item.model_copy(update=changes if model.id != item.model_id else {})


def _fitted(
    item: PlannedItem, wanted: PlannedItem, model: ImageModel, kept: list[str], *, tool: Tool
) -> PlannedItem:
    """What a model that cannot do all of it does instead, said in a sentence."""
    changes: dict[str, object] = {}
    if tool is Tool.UPSCALE and wanted.scale not in model.scales:
        kept.append(f"{model.name} cannot make it {wanted.scale} times as large.")
        changes["scale"] = item.scale if item.scale in model.scales else model.scales[0]
    if wanted.count > model.max_count:
        kept.append(f"{model.name} makes at most {model.max_count} at a time.")
        changes["count"] = model.max_count
    if model.sizes and wanted.aspect not in model.sizes and not wanted.sources:
        aspect = item.aspect if item.aspect in model.sizes else _first(model)
        kept.append(f"{model.name} makes no {wanted.aspect.value}.")
        changes["aspect"] = aspect
    return wanted.model_copy(update=changes)


def _first(model: ImageModel) -> Aspect:
    return model.aspects[0]


def _worded(item: PlannedItem, words: str, *, catalog: Catalog, tool: Tool) -> PlannedItem:
    """The item with words worked into its prompt, or with another subject."""
    subject = new_subject(words) if tool in (Tool.GENERATE, Tool.GENERATE_BATCH) else ""
    if subject:
        hidden, quotes = masked(subject)
        other = one_image(
            hidden,
            quotes=quotes,
            original=item.original,
            offer=Offer(catalog),
            is_certain=False,
        )
        if isinstance(other, PlannedItem):
            return item.model_copy(update={"prompt": other.prompt, "title": other.title})
    return item.model_copy(update={"prompt": reworded(item.prompt, words)})


def _differences(item: PlannedItem, now: PlannedItem, catalog: Catalog) -> list[str]:
    said = []
    if now.title != item.title:
        said.append(f"now “{now.title}”")
    if now.model_id != item.model_id and (model := catalog.model(now.model_id)):
        because = f", since {now.model_reason}" if now.model_reason != YOUR_CHOICE else ""
        said.append(f"with {model.name}{because}")
    if now.style_id != item.style_id and (style := catalog.style(now.style_id)):
        said.append(f"style {style.name}")
    if now.aspect != item.aspect:
        said.append(f"now {now.aspect.value}")
    if now.scale != item.scale:
        said.append(f"now ×{now.scale}")
    if now.count != item.count:
        said.append("1 image" if now.count == 1 else f"{now.count} images")
    if now.seed != item.seed and now.seed is not None:
        said.append(f"seed {now.seed}")
    if now.prompt != item.prompt and now.title == item.title:
        said.append(_added(item.prompt, now.prompt))
    return said


def _already(item: PlannedItem, wishes: Wishes, catalog: Catalog) -> list[str]:
    """What is as it was wanted before anybody asked."""
    said = []
    if wishes.model and wishes.model.id == item.model_id:
        said.append(f"It is {wishes.model.name} already.")
    if wishes.aspect == item.aspect:
        said.append(f"It is {item.aspect.value} already.")
    if wishes.images == item.count:
        count = "one image" if item.count == 1 else f"{item.count} images"
        said.append(f"It is {count} already.")
    if wishes.style_id == item.style_id and (style := catalog.style(item.style_id)):
        said.append(f"The style is {style.name} already.")
    if wishes.scale and wishes.scale == item.scale:
        said.append(f"It is ×{item.scale} already.")
    return said


def _added(before: str, after: str) -> str:
    """What was added to a prompt, as a phrase."""
    bare = before.rstrip(" .")
    if after.startswith(bare):
        return f"prompt: “{after[len(bare) :].strip(' .')}” added"
    return "prompt changed"
