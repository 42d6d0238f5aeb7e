"""blocks.validate: blocks, a message or a view looked at without being sent."""

import re
from typing import Any

from ..blockkit.blocks import check_blocks
from ..blockkit.views import check_view
from ..errors import Refused
from ..wire import Json
from .call import Call

_LINE = re.compile(r"(?P<message>.*) \[json-pointer:(?P<pointer>.*)\]", re.DOTALL)


def validate(call: Call) -> Json:
    """Raises: Refused `invalid_blocks`, `invalid_message` or `invalid_view` with every finding."""
    given = [name for name in ("blocks", "message", "view") if call.args.get(name) is not None]
    if len(given) != 1:
        raise Refused("invalid_arguments", "provide exactly one of blocks, message, view")
    name = given[0]
    findings = _findings(name, call.args[name])
    if findings:
        raise Refused(f"invalid_{name}", details={"errors": [_finding(f) for f in findings]})
    return {}


def _findings(name: str, value: Any) -> list[str]:
    if name == "view":
        surface = "home" if isinstance(value, dict) and value.get("type") == "home" else "modal"
        return check_view(value, surface=surface, usable_file=_any_file)
    blocks = value.get("blocks", []) if isinstance(value, dict) else value
    prefix = "blocks" if name == "blocks" else "message/blocks"
    return check_blocks(blocks, surface="message", usable_file=_any_file, prefix=prefix).errors


def _any_file(reference: str) -> bool:
    return True


def _finding(line: str) -> Json:
    match = _LINE.fullmatch(line)
    if match is None:
        return {"message": line, "pointer": ""}
    return {"message": match["message"], "pointer": match["pointer"], "code": "invalid"}
