"""An order in, where Ideogram's request goes and what it holds out.

Options of a model in the catalog:
    fields        what is sent with words alone, beside the prompt, the size and the seed
    size          how the size is said: `size` or `resolution` in pixels, or `aspect_ratio`
    edit          the path of edits behind `/v2/image/`, such as `precise-edit/ideogram-4-5`
    edit_fields   what is sent with edits and upscales
    quotes        whether the price is asked for first, which costs nothing: an order is refused
                  before it is sent where Ideogram asks more than the catalog says

Prompts are sent with `magic_prompt` off, and so as they were approved; a precise edit has no such
switch, its prompt is turned into Ideogram's own description of an edit. A prompt that is JSON is
read as one of Ideogram's structured prompts.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bot.errors import Refused
from bot.studio.provider import Order
from bot.studio.remote.options import Options
from bot.studio.remote.words import asked_aspect, prompt_words

Value = bool | int | str


class IdeogramOptions(Options):
    """What an entry of the catalog says; described above."""

    fields: Mapping[str, Value] = Field(default_factory=dict)
    size: Literal["size", "resolution", "aspect_ratio"] = "size"
    edit: str = Field("", pattern=r"^([a-z-]+/[a-z0-9-]+)?$")
    edit_fields: Mapping[str, Value] = Field(default_factory=dict)
    quotes: bool = False


def path_of(call: Order, options: IdeogramOptions) -> str:
    """Where a call goes, behind `/v2/image/`.

    Raises: Refused for an edit by a model that has none.
    """
    if call.scale is not None:
        return f"upscale/{call.model.api_model}"
    if not call.sources:
        return f"generate/{call.model.api_model}"
    if not options.edit:
        raise Refused(f"{call.model.name} does not edit pictures.", was_billed=False)
    return options.edit


def fields_of(call: Order, options: IdeogramOptions) -> dict[str, Value]:
    """What a call sends, beside its files."""
    fields: dict[str, Value] = {"async": True}
    if call.scale is not None:
        return {**options.edit_fields, **fields, "upscale_factor": f"x{call.scale}"}
    if call.model.only_cuts_out:
        return {**options.edit_fields, **fields}
    fields |= {"prompt": prompt_words(call), "num_images": call.count}
    if call.seed is not None:
        fields["seed"] = call.seed
    if call.sources:
        return {**options.edit_fields, **fields}
    fields["magic_prompt"] = "off"
    aspect = asked_aspect(call)
    if options.size != "aspect_ratio":
        fields[options.size] = f"{call.size.width_px}x{call.size.height_px}"
    elif aspect is not None:
        fields["aspect_ratio"] = aspect.value.replace(":", "x")
    if call.negative_prompt.strip():
        fields["negative_prompt"] = call.negative_prompt
    return {**options.fields, **fields}


def form_of(fields: Mapping[str, Value]) -> dict[str, str]:
    """The fields as a form holds them."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in fields.items()
    }
