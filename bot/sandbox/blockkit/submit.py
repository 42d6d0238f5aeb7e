"""What Slack's client checks itself before it sends a modal to the app."""

import re
from decimal import Decimal, InvalidOperation

from ..links import host_of
from ..wire import Json

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def client_errors(blocks: list[Json], values: Json) -> dict[str, str]:
    """By block_id, what is missing or out of bounds in the inputs of a view."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = values.get(block["block_id"], {}).get(element["action_id"], {})
        given = next((v for k, v in state.items() if k != "type"), None)
        if given in (None, "", []):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
            continue
        problem = _problem(element, given) if isinstance(given, str) else None
        if problem:
            errors[block["block_id"]] = problem
    return errors


def _problem(element: Json, given: str) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        least, most = element.get("min_length") or 0, element.get("max_length") or 3000
        if len(given) < least:
            return f"Must be at least {least} characters."
        if len(given) > most:
            return f"Must be at most {most} characters."
    if kind == "number_input":
        return _number_problem(element, given)
    if kind == "email_text_input" and not _EMAIL.fullmatch(given):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not host_of(given):
        return "Please enter a valid URL."
    return None


def _number_problem(element: Json, given: str) -> str | None:
    try:
        number = Decimal(given)
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(least):
        return f"Must be at least {least}."
    if most is not None and number > Decimal(most):
        return f"Must be at most {most}."
    return None
