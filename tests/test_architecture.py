"""Who may import whom, and what every listener may ask for."""

import ast
import inspect
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.listener.async_listener import AsyncCustomListener
from slack_bolt.middleware.async_custom_middleware import AsyncCustomMiddleware

from bot.listeners import register
from bot.services import Services

ROOT = Path(__file__).parents[1]
OURS = ("bot", "blocks", "storage")

ALLOWED: dict[str, tuple[str, ...]] = {
    "bot/domain": ("bot.domain",),
    "bot/errors.py": (),
    "bot/permissions.py": ("bot.domain", "bot.errors"),
    "bot/planner": ("bot.planner", "bot.domain", "bot.errors"),
    "bot/studio": ("bot.studio", "bot.domain", "bot.errors"),
    "bot/sandbox": ("bot.sandbox",),
    "blocks": ("blocks", "bot.domain"),
    "storage": ("storage", "bot.domain", "bot.errors"),
}
"""A package or module, and the only ones of ours that it may import."""

MAY_USE_SANDBOX = {"bot/demo.py", "bot/__main__.py"}
MAY_USE_DBOS = {"bot/engine.py"}


def modules(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.suffix else sorted(path.rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *((node.module,) if node.module else ())])
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def within(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in allowed)


@pytest.mark.parametrize("place", ALLOWED)
def test_a_package_imports_only_what_it_may(place: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in modules(place)
        for name in imports(path)
        if within(name, OURS) and not within(name, ALLOWED[place])
    }
    assert wrong == set()


def test_only_the_demo_uses_the_sandbox_and_only_the_engine_uses_dbos() -> None:
    wrong = set()
    for path in modules("bot"):
        name = path.relative_to(ROOT).as_posix()
        for imported in imports(path):
            if within(imported, ("bot.sandbox",)) and not (
                name in MAY_USE_SANDBOX or name.startswith("bot/sandbox/")
            ):
                wrong.add(f"{name}: {imported}")
            if within(imported, ("dbos",)) and name not in MAY_USE_DBOS:
                wrong.add(f"{name}: {imported}")
    assert wrong == set()


def test_importing_the_domain_starts_nothing() -> None:
    assert (ROOT / "bot" / "__init__.py").read_text(encoding="utf-8").strip() == ""


def test_every_parameter_of_a_listener_is_one_that_bolt_or_the_studio_gives() -> None:
    app = AsyncApp(token="xoxb-nobody", signing_secret="nothing")
    register(app, cast("Services", None))
    bound: list[Callable[..., object]] = []
    for listener in app._async_listeners:
        assert isinstance(listener, AsyncCustomListener)
        bound.append(listener.ack_function)
        bound += [
            each.func for each in listener.middleware if isinstance(each, AsyncCustomMiddleware)
        ]
    given = set(inspect.signature(AsyncArgs.__init__).parameters) | {"next_", "services", "asked"}
    wrong = {
        f"{function.__module__}.{function.__name__}({parameter})"
        for function in bound
        for parameter in inspect.signature(function).parameters
        if parameter not in given
    }
    assert len(bound) > 50
    assert wrong == set()


def test_no_name_of_a_package_index_or_of_this_machine_is_kept() -> None:
    paths = [f"{ROOT}/", f"{ROOT.parent}/shared/"] if len(ROOT.parts) > 2 else []
    hosts = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    kept = [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    wrong = {
        f"{path.relative_to(ROOT)}: {host}"
        for path in kept
        for host in (*hosts, *paths)
        if host in path.read_text(encoding="utf-8", errors="replace")
    }
    assert len(kept) > 50
    assert wrong == set()
