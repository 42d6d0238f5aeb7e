"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import fal, openai, replicate
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (openai.CASE, replicate.CASE, fal.CASE)
