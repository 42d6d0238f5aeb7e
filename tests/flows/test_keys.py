"""Keys of a workspace's own: an admin enters one, it is tested, and the provider is there."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from blocks.settings.keys import PROVIDER
from bot.studio.provider import KeyReport
from bot.studio.providers.openai import OpenAIProvider
from tests.conftest import Studio, studio_in
from tests.flows.keys import (
    FLARE,
    KEY,
    OPERATORS,
    asked,
    enter,
    entered,
    environment,
    field,
    keyless_studio,
    keys_sent,
    logged,
    offered,
    open_keys,
    openai,
    refused,
    sealed,
)
from tests.flows.reading import credits, newest
from tests.flows.rules import rules
from tests.providers import FakeProvider
from tests.vendors.openai import OpenAI
from tests.vendors.vendor import Fault


@pytest.fixture
async def vendor() -> AsyncIterator[OpenAI]:
    async with openai() as server:
        yield server


@pytest.fixture
async def studio(tmp_path: Path, vendor: OpenAI) -> AsyncIterator[Studio]:
    async with keyless_studio(tmp_path, vendor) as started:
        yield started


async def test_an_admin_enters_a_key_and_its_models_make_images(
    tmp_path: Path, vendor: OpenAI
) -> None:
    given = environment(vendor, key=OPERATORS)
    async with studio_in(tmp_path, environment=given) as studio:
        await studio.ana.home()
        await studio.ana.see_home("With the operator's key: OpenAI")
        form = await open_keys(studio)
        assert "https://platform.openai.com/api-keys" in str(form["blocks"])
        answer = await enter(studio, form=form)
        assert answer["response_action"] == "update"
        said = await studio.ana.see_modal("OpenAI: the key works; 6 of 6 models of the catalog.")
        assert "submit" not in said or said["submit"] is None
        await studio.ana.see_home("OpenAI: own key, ends in 4f2a")
        assert await logged(studio) == [("key: openai", "none of its own", "ends in 4f2a")]
        card = await asked(studio)
        assert (await newest(studio)).items[0].settings.model_id == FLARE
        await studio.ben.click(card, "Approve")
        await studio.ben.see("charged*", timeout_seconds=20)
        assert len(vendor.orders) == 1
        assert keys_sent(vendor) == {KEY}
        # 50 tokens of text at $5 and 1756 of picture at $30 a million: 5.29 cents.
        assert await credits(studio) == (6, 0)
        assert refused(studio) == []


async def test_a_provider_without_a_key_is_offered_from_the_moment_one_is_kept(
    studio: Studio, vendor: OpenAI
) -> None:
    await studio.ana.home()
    await studio.ana.see_home("No key yet: OpenAI")
    assert FLARE not in await offered(studio)
    await entered(studio)
    assert FLARE in await offered(studio)
    assert vendor.orders == []
    card = await asked(studio)
    await studio.ben.click(card, "Approve")
    await studio.ben.see("charged*", timeout_seconds=20)
    assert refused(studio) == []


@pytest.mark.parametrize("key", ["short", "x" * 401, "sk-own with spaces", "sk-öwn-öööööööö"])
async def test_what_cannot_be_a_key_is_said_under_its_field_and_asked_of_nobody(
    studio: Studio, vendor: OpenAI, key: str
) -> None:
    form = await open_keys(studio)
    answer = await enter(studio, key, form=form)
    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {field(form)}
    assert key not in str(answer)
    assert vendor.seen == []
    assert await sealed(studio) == {}


async def test_a_wrong_key_is_said_to_be_and_typed_anew(studio: Studio, vendor: OpenAI) -> None:
    wrong = "sk-own-mistyped-000000000-9999"
    await enter(studio, wrong)
    form = await studio.ana.see_modal("OpenAI does not accept the key. It was not saved.")
    assert wrong not in str(form)
    assert await sealed(studio) == {} and await logged(studio) == []
    await enter(studio, form=form)
    await studio.ana.see_modal("Saved, and used from now on.")
    assert keys_sent(vendor) == {wrong, KEY}
    assert refused(studio) == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(status=500, body={"error": {}}), "OpenAI is busy. So the key could not be tested"),
        (Fault(drops=True), "OpenAI did not answer. So the key could not be tested"),
        (Fault(status=200, body="a web page"), "So the key could not be tested"),
        (Fault(status=404, body={}), "gave an answer that says nothing about the key"),
        (Fault(status=200, body={"data": [{"id": "text-1"}]}), "none of the models here"),
        (Fault(status=401, body={"error": {"message": f"{KEY}?"}}), "does not accept the key"),
        (Fault(status=403, body={}), "does not let this key use the model"),
    ],
)
async def test_a_test_that_fails_saves_nothing_and_says_why(
    studio: Studio, vendor: OpenAI, fault: Fault, words: str
) -> None:
    vendor.fail("/models", fault)
    await enter(studio)
    form = await studio.ana.see_modal(words)
    assert "not saved" in str(form)
    assert KEY not in str(form)
    assert await sealed(studio) == {} and FLARE not in await offered(studio)
    await enter(studio, form=form)
    await studio.ana.see_modal("Saved, and used from now on.")


async def test_a_key_of_an_empty_account_takes_no_place(studio: Studio, vendor: OpenAI) -> None:
    vendor.is_out_of_credit = True
    await enter(studio)
    await studio.ana.see_modal("OpenAI knows this key, but the account behind it is out of credit")
    assert await sealed(studio) == {}


async def test_a_provider_out_of_reach_is_said(studio: Studio, vendor: OpenAI) -> None:
    form = await open_keys(studio)
    await vendor.__aexit__(None, None, None)
    await enter(studio, form=form)
    await studio.ana.see_modal("OpenAI cannot be reached. So the key could not be tested")
    assert await sealed(studio) == {}


async def test_a_slow_provider_is_waited_for_where_slack_would_not(
    studio: Studio, vendor: OpenAI
) -> None:
    gate = asyncio.Event()
    vendor.fail("/models", Fault(gate=gate))
    answer = await enter(studio)
    assert answer["response_action"] == "update"
    testing = await studio.ana.see_modal("Testing the key for OpenAI")
    assert KEY not in str(testing)
    assert await sealed(studio) == {}
    gate.set()
    await studio.ana.see_modal("Saved, and used from now on.")
    assert FLARE in await offered(studio)
    assert refused(studio) == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (KEY, "About the key for OpenAI: OpenAI: the key works"),
        ("sk-own-mistyped-000000000-9999", "OpenAI does not accept the key. It was not saved."),
    ],
)
async def test_who_closed_the_form_is_told_in_direct_messages(
    studio: Studio, vendor: OpenAI, key: str, words: str
) -> None:
    gate = asyncio.Event()
    vendor.fail("/models", Fault(gate=gate))
    await enter(studio, key)
    await studio.ana.close(await studio.ana.see_modal("Testing the key"))
    gate.set()
    await studio.ana.see(words, timeout_seconds=10)
    assert set(await sealed(studio)) == ({"openai"} if key == KEY else set())
    await studio.slack.quiet()


async def test_another_provider_begins_with_an_empty_field(studio: Studio, vendor: OpenAI) -> None:
    keyring = studio.services.keyring
    other = replace(
        keyring.kinds["openai"], name="acme", title="Acme", keys_at="https://acme.test/keys"
    )
    keyring.kinds = {**keyring.kinds, "acme": other}
    await entered(studio)
    form = await open_keys(studio)
    await studio.ana.fill(form, {field(form): OPERATORS})
    await studio.ana.choose(form, PROVIDER, "acme")
    form = await studio.ana.see_modal("https://acme.test/keys")
    assert OPERATORS not in str(form) and "Remove our own key" not in str(form)
    await studio.ana.choose(form, PROVIDER, "openai")
    form = await studio.ana.see_modal("Remove our own key")
    assert OPERATORS not in str(form)
    studio.ana.user.is_admin = studio.ana.user.is_owner = False
    await studio.ana.choose(form, PROVIDER, "acme")
    await studio.ana.see("Only admins of this workspace can change its settings")
    assert "acme.test" not in str(studio.ana.views())
    assert refused(studio) == []


class Broken(FakeProvider):
    """An adapter with a bug, which knows the key."""

    async def check_key(self) -> KeyReport:
        raise RuntimeError("a bug")


async def test_after_a_bug_the_form_is_there_again_and_the_reference_in_direct_messages(
    studio: Studio, vendor: OpenAI
) -> None:
    keyring = studio.services.keyring
    broken = replace(keyring.kinds["openai"], make=lambda _: Broken())
    keyring.kinds = {"openai": broken}
    await enter(studio)
    form = await studio.ana.see_modal("Something went wrong, and the key was not saved.")
    await studio.ana.see("reference")
    keyring.kinds = {"openai": replace(broken, make=OpenAIProvider)}
    await enter(studio, form=form)
    await studio.ana.see_modal("Saved, and used from now on.")


async def test_who_is_no_admin_sees_opens_and_sends_nothing_of_keys(
    studio: Studio, vendor: OpenAI
) -> None:
    await entered(studio)
    for person in (studio.ben, studio.cem):
        await person.command("/studio", "settings")
        page = await person.see_modal("can change that.")
        assert "4f2a" not in str(page) and "Keys" not in str(page["blocks"])
    form = await open_keys(studio)
    calls = len(vendor.seen)
    studio.ana.user.is_admin = studio.ana.user.is_owner = False
    answer = await enter(studio, OPERATORS, form=form)
    assert answer["response_action"] == "errors"
    assert "Only admins of this workspace" in str(answer["errors"])
    answer = await studio.ana.submit(form, {"settings_key_deed": "remove", field(form): None})
    assert answer["response_action"] == "errors"
    assert len(vendor.seen) == calls
    assert set(await sealed(studio)) == {"openai"}


async def test_an_admin_who_is_none_any_more_cannot_open_it(studio: Studio) -> None:
    await studio.ana.home()
    home = await studio.ana.see_home("*Keys*")
    row = next(b for b in home["blocks"] if (b.get("accessory") or {}).get("value") == "keys")
    studio.ana.user.is_admin = studio.ana.user.is_owner = False
    await studio.ana.click(home, row["block_id"])
    await studio.ana.see("Only admins of this workspace can change its settings")
    assert studio.ana.views() == []


async def test_of_two_admins_at_once_the_second_is_told(studio: Studio, vendor: OpenAI) -> None:
    gate = asyncio.Event()
    vendor.fail("/models", Fault(gate=gate))
    await enter(studio)
    await rules(studio, person_day_credits=5)
    gate.set()
    again = await studio.ana.see_modal("changed the settings while you had this open")
    assert await sealed(studio) == {} and KEY not in str(again)
    await rules(studio, person_day_credits=6)
    calls = len(vendor.seen)
    await enter(studio, form=again)
    again = await studio.ana.see_modal("A key that you entered was not kept")
    assert len(vendor.seen) == calls
    await enter(studio, form=again)
    await studio.ana.see_modal("Saved, and used from now on.")
    assert refused(studio) == []


async def test_another_key_takes_the_place_of_one_and_is_logged_even_if_it_looks_the_same(
    studio: Studio, vendor: OpenAI
) -> None:
    await entered(studio)
    before = await sealed(studio)
    vendor.key = KEY.replace("Northwind", "Southwind")
    await entered(studio, vendor.key)
    assert await sealed(studio) != before
    assert await logged(studio) == [
        ("key: openai", "ends in 4f2a", "ends in 4f2a, entered anew"),
        ("key: openai", "none of its own", "ends in 4f2a"),
    ]
    card = await asked(studio)
    await studio.ben.click(card, "Approve")
    await studio.ben.see("charged*", timeout_seconds=20)
    assert vendor.orders[0].headers["Authorization"] == f"Bearer {vendor.key}"
