"""The sandbox's one error: a refusal with Slack's code, its words and its HTTP status."""

from collections.abc import Sequence

from .wire import Json


class Refused(Exception):
    """Slack says no.

    `code` is Slack's error code, `messages` the lines of `response_metadata`, `details` further
    fields of the answer.
    """

    def __init__(
        self,
        code: str,
        *messages: str,
        status: int = 200,
        errors: Sequence[str] = (),
        details: Json | None = None,
    ) -> None:
        super().__init__(": ".join((code, *messages[:1])))
        self.code = code
        self.messages = messages
        self.errors = tuple(errors)
        self.status = status
        self.details: Json = details or {}

    def body(self) -> Json:
        """The answer in Slack's shape."""
        answer: Json = {"ok": False, "error": self.code, **self.details}
        if self.errors:
            answer["errors"] = list(self.errors)
        if self.messages:
            answer["response_metadata"] = {
                "messages": [f"[ERROR] {line}" for line in self.messages]
            }
        return answer
