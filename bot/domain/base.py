"""The base of every domain value: frozen, strict about unknown fields, compared by content."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; two of them are equal when their fields are."""

    model_config = ConfigDict(frozen=True, extra="forbid")
