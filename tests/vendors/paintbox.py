"""Paintbox, which there is only in the document on adding a provider.

Source: docs/providers.md, "Add a provider in one file".
"""

import base64
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.studio.catalog import read_models
from tests.documented import blocks, module
from tests.vendors.cases import Case, Refusal
from tests.vendors.vendor import Fault, Vendor, picture


class Asked(BaseModel):
    """The body of an order; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)
    model: str = Field(pattern="^oil-2$")
    prompt: str = Field(min_length=1)
    width: int = Field(ge=64, le=2048, multiple_of=8)
    height: int = Field(ge=64, le=2048, multiple_of=8)
    seed: int | None = Field(None, ge=0)


class Paintbox(Vendor):
    """Paintbox's interface."""

    paid = r"^/v1/paint$"

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/v1/paint", self._paint), web.get("/v1/account", self._account)]

    def seeds(self) -> list[int]:
        return [seen.json["seed"] for seen in self.orders]

    async def _account(self, request: web.Request) -> web.Response:
        return self._closed(request) or web.json_response({"credit_usd": "12.50"})

    async def _paint(self, request: web.Request) -> web.Response:
        if closed := self._closed(request):
            return closed
        try:
            asked = Asked.model_validate(await request.json())
        except ValidationError as error:
            return _error(400, "bad_request", str(error.errors()[0]["msg"]))
        painted = picture(asked.width, asked.height)
        return web.json_response(
            {"id": "pnt_1", "picture": base64.b64encode(painted).decode(), "usd": "0.02"}
        )

    def _closed(self, request: web.Request) -> web.Response | None:
        if request.headers.get("X-Paintbox-Key") != self.key:
            return _error(401, "bad_key", "That key is not known.")
        return _error(402, "no_credit", "Top up.") if self.is_out_of_credit else None


def _said(code: str, message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, **more}}


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response(_said(code, message), status=status)


def _refuses(vendor: Vendor, *, charged: bool) -> None:
    body = _said("refused", "No brands, please.", charged=charged)
    vendor.fail(Paintbox.paid, Fault(status=422, body=body))


CASE = Case(
    kind=module("providers.md", "paintbox").KIND,
    vendor=Paintbox,
    base_path="/v1",
    generate="paintbox/oil-2",
    refusals=(
        Refusal("free", lambda vendor: _refuses(vendor, charged=False), "No brands"),
        Refusal("charged", lambda vendor: _refuses(vendor, charged=True), "No brands", True),
    ),
    models=read_models(blocks("providers.md", "toml")[-1], where="docs/providers.md"),
)
