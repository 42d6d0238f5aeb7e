"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import (
    bfl,
    ideogram,
    openai,
    server,
)
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (
    openai.CASE,
    bfl.CASE,
    ideogram.CASE,
    *server.CASES,
)
