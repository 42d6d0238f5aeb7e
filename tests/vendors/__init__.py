"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import google, openai, recraft
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (openai.CASE, google.CASE, recraft.CASE)
