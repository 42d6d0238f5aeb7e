"""Providers on localhost, one module each, and the list that the contract suite runs over."""

from tests.vendors import (
    automatic1111,
    bfl,
    comfyui,
    fal,
    google,
    ideogram,
    openai,
    paintbox,
    recraft,
    replicate,
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
    replicate.CASE,
    fal.CASE,
    *server.CASES,
    comfyui.CASE,
    automatic1111.CASE,
    paintbox.CASE,
)
