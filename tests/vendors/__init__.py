"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import (
    bfl,
    google,
    ideogram,
    openai,
    recraft,
    server,
)
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (
    openai.CASE,
    google.CASE,
    bfl.CASE,
    ideogram.CASE,
    recraft.CASE,
    *server.CASES,
)
