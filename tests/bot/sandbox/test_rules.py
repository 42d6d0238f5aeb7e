"""Every refusal can say which rule was broken and where it is written."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

import bot.sandbox
from bot.sandbox import Sandbox
from bot.sandbox.rules import rule_for, rules
from tests.bot.sandbox.answering import Answering

SOURCES = Path(bot.sandbox.__file__).parent
COMPOSED = {
    "missing_{}": ("missing_channel", "missing_ts"),
    "invalid_{}": ("invalid_blocks", "invalid_message", "invalid_view"),
    "invalid_ts_{}": ("invalid_ts_latest", "invalid_ts_oldest"),
}
"""What a code put together in the source can become."""
NAMED = {"code", "error", "self", "missing", "refusal"}
"""Variables whose codes stand as texts elsewhere in the source, or come from who plants a fault."""
RAISERS = {"Missing": 0, "Refused": 0, "_app_answered_badly": 1}
"""Who takes a code, and as which argument."""
FAILURES = {"Outcome", "_failed"}
"""Who takes the code of a failed delivery by its name."""


def written(node: ast.expr) -> Iterator[str]:
    """The codes that an expression can have."""
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.JoinedStr(values=parts):
            texts = [p.value if isinstance(p, ast.Constant) else "{}" for p in parts]
            yield from COMPOSED["".join(map(str, texts))]
        case ast.BoolOp(values=values):
            for value in values:
                yield from written(value)
        case ast.IfExp(body=body, orelse=orelse):
            yield from written(body)
            yield from written(orelse)
        case ast.Name(id=name):
            assert name in NAMED, f"which codes can {name} be?"
        case ast.Attribute() | ast.Subscript():
            return
        case _:
            raise AssertionError(ast.dump(node))


def codes() -> dict[str, str]:
    """Every code in the sandbox's source, with the file in which it stands."""
    found: dict[str, str] = {}
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in RAISERS and len(node.args) > RAISERS[name]:
                    found |= dict.fromkeys(written(node.args[RAISERS[name]]), path.name)
                for keyword in node.keywords if name in FAILURES else ():
                    if keyword.arg == "code":
                        found |= dict.fromkeys(written(keyword.value), path.name)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.IfExp):
                if getattr(node.targets[0], "id", "") == "code":
                    found |= dict.fromkeys(written(node.value), path.name)
            elif isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    named = isinstance(key, ast.Constant) and key.value == "error"
                    if named and isinstance(value, ast.Constant):
                        found[str(value.value)] = path.name
    return found


def test_every_code_that_can_be_raised_has_its_rule() -> None:
    raised = codes()
    assert len(raised) > 90
    assert {code: where for code, where in raised.items() if code not in rules()} == {}


@pytest.mark.parametrize("code", sorted(rules()))
def test_a_rule_is_a_sentence_with_a_page(code: str) -> None:
    rule = rules()[code]
    assert rule.why.endswith(".")
    assert 15 < len(rule.why) < 160
    assert not rule.source or rule.source.startswith("https://docs.slack.dev/")


@pytest.mark.parametrize(
    ("reason", "words", "page"),
    [
        ("channel_not_found", "names do not count", "conversations.info"),
        (
            "invalid_blocks: must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
            "too long",
            "block-kit/blocks",
        ),
        (
            "invalid_arguments: [ERROR] missing required field: submit [json-pointer:/view]",
            "needs a submit button",
            "surfaces/modals",
        ),
        ("invalid_arguments: [ERROR] missing required field: channel", "argument", "web-api"),
        ("operation_timeout", "three seconds", "handling-user-interaction"),
    ],
)
def test_the_words_beside_a_code_choose_the_rule(reason: str, words: str, page: str) -> None:
    rule = rule_for(reason)
    assert rule is not None
    assert words in rule.why
    assert page in rule.source


def test_a_planted_code_of_ones_own_has_no_rule() -> None:
    assert rule_for("made_up_by_a_test") is None


async def test_a_refused_call_carries_its_rule_in_the_log(
    slack: Sandbox, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0NOWHERE1", text="x")
    shown = slack.refusals[-1].shown()
    assert shown["rule"]["code"] == "channel_not_found"
    assert shown["rule"]["source"].startswith("https://docs.slack.dev/")


async def test_who_watches_the_log_hears_of_the_answer_too(slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, Answering(slack) as app:
        watching = await session.ws_connect(f"{slack.url}/control/stream?user=U0ANA00001")
        await slack.person("ana").say("hello")
        await app.frame("events_api")
        heard: list[dict[str, Any]] = []
        while not heard or heard[-1]["status"] != 200:
            frame = await watching.receive_json(timeout=5)
            if frame["type"] == "log" and frame["entry"]["name"] == "message.im":
                heard.append(frame["entry"])
        assert [entry["status"] for entry in heard] == [0, 200]
        assert heard[0]["n"] == heard[1]["n"]
        await watching.close()
