"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import automatic1111, openai, stability
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (openai.CASE, stability.CASE, automatic1111.CASE)
