"""What somebody looks for in the Gallery."""

from datetime import date

from bot.domain.base import Value


class Search(Value):
    """Every part narrows what is found; one without parts finds all that a person may see."""

    words: str = ""
    """Each is found at the beginning of a word of the title or the prompt."""
    by_id: str = ""
    """Who asked for it."""
    channel_id: str = ""
    """Where it was asked for."""
    model_id: str = ""
    is_starred: bool = False
    """Only what the searcher starred."""
    since: date | None = None
    """The first day (UTC)."""
    until: date | None = None
    """The last day (UTC)."""

    @property
    def is_any(self) -> bool:
        """Whether anything is looked for at all."""
        return self != Search()
