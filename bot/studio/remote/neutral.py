"""Words of people in, the same words with nothing in them that an image server takes for a command.

Servers at home read more than a prompt in a prompt: stable-diffusion.cpp takes settings out of
`<sd_cpp_extra_args>`, others load weights named in `<lora:…>`, LocalAI takes what follows a `|` for
what to avoid. What begins such a command is replaced by a character that looks like it, one for
one. Nothing is ever taken out, so nothing can come together from what is left.

Source: https://github.com/leejet/stable-diffusion.cpp examples/server/routes_openai.cpp (2026-08),
https://github.com/mudler/LocalAI core/http/endpoints/openai/image.go (2026-08)
"""

import re
from html.entities import html5

_LOOKALIKES = str.maketrans(
    {
        "<": "‹",
        ">": "›",
        "|": "/",
        # What becomes the same where a server brings text to its compatible form.
        "＜": "‹",
        "﹤": "‹",
        "＞": "›",
        "﹥": "›",
        "｜": "/",
    }
)
_NAMES = sorted(name for name, text in html5.items() if set(text) & set("&<>|"))
_ENTITY = re.compile(rf"&(?=#|{'|'.join(_NAMES)})", re.IGNORECASE)
"""What something on the way may take for one of these characters; `R&B` and `AT&T` are none."""


def neutral(text: str) -> str:
    """The text, as long as before, with nothing that opens or closes a tag or parts a prompt."""
    return _ENTITY.sub("+", text).translate(_LOOKALIKES)
