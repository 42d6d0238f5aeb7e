"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import comfyui, openai, paintbox
from tests.vendors.cases import Case

CASES: tuple[Case, ...] = (openai.CASE, comfyui.CASE, paintbox.CASE)
