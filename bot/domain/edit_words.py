"""An instruction in, whether it asks for nothing but taking the background away out."""

import re

_FLAGS = re.IGNORECASE
_COURTESY = re.compile(
    r"^(?:please|can you|could you|just|and)\s+|\s*(?:,?\s*please|,?\s*thanks?(?: you)?)?[.!?]*$",
    _FLAGS,
)
_GROUND = r"(?:the\s+|its\s+|this\s+|that\s+|white\s+)*(?:background|backdrop|bg)"
_CUTTING = re.compile(
    rf"(?:remove|delete|erase|drop|clear|take\s+(?:away|out|off)|get\s+rid\s+of|cut\s+(?:out|away))"
    rf"\s+{_GROUND}(?:\s+(?:from|of|in|behind)\s+(?:(?!\b(?:and|then|but)\b|[,;.]).){{1,60}})?"
    rf"|make\s+{_GROUND}\s+(?:transparent|see-?through)"
    r"|cut\s+out\s+(?:the\s+)?(?:subject|product|person|object|figure)"
    r"|cut\s+(?:it|them|him|her)\s+out"
    r"|isolate\s+(?:the\s+)?(?:subject|product|person|object|figure)"
    r"|(?:(?:on|with|give\s+it)\s+)?(?:a\s+)?transparent\s+(?:background|bg)"
    r"|(?:no|without(?:\s+an?)?)\s+background",
    _FLAGS,
)


def asks_to_cut_out(instruction: str) -> bool:
    """Whether taking the background away is all that an edit is asked for."""
    text = " ".join(instruction.split())
    while (bare := _COURTESY.sub("", text)) != text:
        text = bare
    return _CUTTING.fullmatch(text) is not None
