"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import (
    automatic1111,
    bfl,
    google,
    ideogram,
    openai,
    recraft,
    server,
    stability,
)
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (
    openai.CASE,
    google.CASE,
    bfl.CASE,
    ideogram.CASE,
    recraft.CASE,
    stability.CASE,
    *server.CASES,
    automatic1111.CASE,
)
