"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import (
    automatic1111,
    bfl,
    ideogram,
    openai,
    server,
    stability,
)
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (
    openai.CASE,
    bfl.CASE,
    ideogram.CASE,
    stability.CASE,
    *server.CASES,
    automatic1111.CASE,
)
