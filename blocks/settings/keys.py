"""The form with a provider's key, what follows while it is tested, and the words for both.

A key goes in here and never comes out again: no view made here is given one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from blocks import state
from blocks.parts import context, literal, option, section
from blocks.settings.form import Errors, by_block, frame
from blocks.text import mention, quoted

MODAL = "settings_keys"
RESULT = "settings_keys_result"
PROVIDER = "settings_key_provider"
LEAST_CHARS, MOST_CHARS = 12, 400
"""Of a key; what is shorter cannot show four of its characters, and no provider's is longer."""

_USE, _REMOVE = "use", "remove"
_MAX_PROBLEM = 800


@dataclass(frozen=True)
class ProviderKey:
    """How a provider that takes a key stands in a workspace."""

    name: str
    title: str
    keys_at: str
    """Where its makers give keys out; empty where nobody says."""
    hint: str | None = None
    """The last characters of the workspace's own key; None without one."""
    opens: bool = True
    """Whether the own key can still be opened."""
    has_operators: bool = False
    """Whether the operator has a key for it."""

    @property
    def words(self) -> str:
        """In a few words, as plain text."""
        if self.hint is not None:
            own = f"own key, ends in {self.hint}"
            return own if self.opens else f"{own}, cannot be opened any more: enter it anew"
        return "the operator's key" if self.has_operators else "no key yet"


@dataclass(frozen=True)
class KeysView:
    """Which providers work in a workspace, at one revision of its rules."""

    revision: int
    takers: Sequence[ProviderKey]
    """Those that take a key, in the order to show them."""
    keyless: Sequence[str] = ()
    """The titles of those that work without one."""

    def find(self, name: str | None) -> ProviderKey | None:
        """The one of that name that takes a key."""
        return next((each for each in self.takers if each.name == name), None)


@dataclass(frozen=True)
class KeyChange:
    """What was asked for: a key to use, or with None the own one taken away."""

    provider: ProviderKey
    key: str | None = field(repr=False)


def modal(view: KeysView, *, chosen: str = "", note: str = "", attempt: str = "") -> View:
    """The form for one provider, by default the first; `attempt` gives it an empty field anew.

    `note` is mrkdwn.
    """
    found = view.find(chosen) or (view.takers[0] if view.takers else None)
    if found is None:
        return _small("Keys", [section("No provider here takes a key.")])
    return frame(MODAL, "Keys", _fields(view, found, attempt), revision=view.revision, note=note)


def testing(provider: ProviderKey, external_id: str) -> View:
    """What stands there while the provider is asked; it is found again under that id."""
    lines = [
        f"*Testing the key for {quoted(provider.title)}…*",
        "Nothing is saved before it works. You may close this: then you are told in our direct "
        "messages.",
    ]
    return _small("Testing the key", [section("\n".join(lines))], external_id=external_id)


def kept(words: str) -> View:
    """The end of it; `words` are mrkdwn."""
    return _small("Key saved", [section(words)])


def kept_words(provider: ProviderKey, report: str) -> str:
    """That a key works and is kept, in mrkdwn; `report` is what the provider said of it."""
    title, said = quoted(provider.title), quoted(report, _MAX_PROBLEM)
    return f"{title}: the key {said}. Saved, and used from now on."


def problem_words(words: str) -> str:
    """A sentence that may hold a provider's words, in mrkdwn."""
    return quoted(words, _MAX_PROBLEM)


def changed_words(by: str) -> str:
    """Somebody was faster, in mrkdwn; `by` is their id, or empty."""
    return (
        f"{mention(by) if by else 'Somebody'} changed the settings while you had this open, so "
        "nothing was saved. This is how they are now. A key that you entered was not kept: enter "
        "it again."
    )


def told(provider: ProviderKey, words: str) -> str:
    """The result for somebody who closed the form, in mrkdwn as `words` are."""
    return f"About the key for {quoted(provider.title)}: {words}"


def parse(values: state.Values, view: KeysView) -> KeyChange | Errors:
    """What was asked for; or what is wrong. What is wrong never repeats what was typed."""
    provider = view.find(state.entered(values, "key_provider"))
    deed = state.entered(values, "key_deed") or _USE
    key = (state.entered(values, "key") or "").strip()
    if provider is None:
        errors = {"key_provider": "Choose a provider from the list."}
    elif deed == _REMOVE and provider.hint is None:
        errors = {"key_provider": "It has no key of your own any more. Nothing was changed."}
    elif deed == _REMOVE and key:
        errors = {"key": "To remove your own key, leave this empty."}
    elif deed == _REMOVE:
        return KeyChange(provider, None)
    elif deed != _USE:
        errors = {"key_deed": "Choose what to do."}
    elif wrong := _wrong(key):
        errors = {"key": wrong}
    else:
        return KeyChange(provider, key)
    return by_block(values, errors)


def lines(view: KeysView) -> list[str]:
    """Which providers work here, for the page of all settings, in mrkdwn."""
    own = [f"{quoted(p.title)}: {quoted(p.words)}" for p in view.takers if p.hint is not None]
    others = [p for p in view.takers if p.hint is None]
    grouped = {
        "With the operator's key": [p.title for p in others if p.has_operators],
        "Without a key": list(view.keyless),
        "No key yet": [p.title for p in others if not p.has_operators],
    }
    return [
        *own,
        *(f"{what}: {quoted(', '.join(names), 600)}" for what, names in grouped.items() if names),
    ]


def _fields(view: KeysView, found: ProviderKey, attempt: str) -> list[Block]:
    choices = [option(p.name, p.title, description=_capital(p.words)) for p in view.takers]
    fields: list[Block] = [
        InputBlock(
            block_id=state.block_id("key_provider"),
            label="Provider",
            dispatch_action=True,
            element=StaticSelectElement(
                action_id=PROVIDER,
                placeholder="Choose a provider",
                options=choices,
                initial_option=next(c for c in choices if c.value == found.name),
            ),
        )
    ]
    if found.hint is not None:
        fields.append(_deeds(found))
    where = f"Get one at {found.keys_at}. " if found.keys_at else ""
    fields += [
        InputBlock(
            # Of another provider, or another try, it begins empty: Slack would keep what was typed.
            block_id=state.block_id("key", f"{found.name}.{attempt}"),
            label=f"Key of {found.title}",
            hint=literal(
                f"{where}It is kept encrypted, and only its last four characters are ever shown. "
                "Slack has no password field: see that nobody looks over your shoulder."
            ),
            optional=found.hint is not None,
            element=PlainTextInputElement(
                action_id="settings_key",
                placeholder=literal("Paste the key"),
            ),
        ),
        context(
            "The key is tested with the cheapest call there is before it is saved.",
            f"What is made with it is billed to your own account with {quoted(found.title)}; "
            "credits are counted all the same.",
        ),
    ]
    return fields


def _deeds(found: ProviderKey) -> InputBlock:
    after = (
        "Then the operator's key is used"
        if found.has_operators
        else "Then its models are not offered here any more"
    )
    deeds = [
        option(_USE, "Use another key", description="It takes the place of the one that is there"),
        option(_REMOVE, "Remove our own key", description=after),
    ]
    return InputBlock(
        block_id=state.block_id("key_deed", found.name),
        label=f"Now: {found.words}",
        element=RadioButtonsElement(
            action_id="settings_key_deed", options=deeds, initial_option=deeds[0]
        ),
    )


def _wrong(key: str) -> str:
    if not key:
        return "Paste the key."
    if not (key.isascii() and key.isprintable()) or " " in key:
        return "A key has only letters, digits and signs of ASCII, without spaces. Copy it anew."
    if len(key) < LEAST_CHARS:
        return f"A key has at least {LEAST_CHARS} characters; this is only a part of one."
    if len(key) > MOST_CHARS:
        return f"A key has at most {MOST_CHARS} characters; this is more than one."
    return ""


def _small(title: str, blocks: Sequence[Block], *, external_id: str | None = None) -> View:
    return View(
        type="modal",
        callback_id=RESULT,
        external_id=external_id,
        title=title,
        close="Close",
        blocks=list(blocks),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
