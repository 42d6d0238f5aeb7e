"""Words in, subjects out: which noun of a prompt can be drawn, and by which art."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Subject:
    """Something the engine can draw."""

    kind: str
    """thing, food, creature, plant, vehicle, building, sign or place."""
    art: str
    """The name of a drawn object or scenery, or the code points of a Twemoji graphic."""
    name: str

    @property
    def with_article(self) -> str:
        """`an owl`, `a coffee mug`, `sunglasses`."""
        if self.name.endswith(("s", "bacon", "corn")) and not self.name.endswith("ss"):
            return self.name
        return ("an " if self.name[0] in "aeiou" else "a ") + self.name

    @property
    def is_open(self) -> bool:
        """Whether it belongs out of doors."""
        return self.kind not in ("thing", "food", "sign")

    @property
    def plural(self) -> str:
        """`foxes`, `coffee mugs`, `cherries`."""
        if self.name.endswith("s") and not self.name.endswith("ss"):
            return self.name
        if self.name.endswith(("x", "ss", "ch", "sh")):
            return self.name + "es"
        if self.name.endswith("y") and self.name[-2:-1] not in "aeiou":
            return self.name[:-1] + "ies"
        return self.name + "s"


LONGEST_PHRASE = 4


@cache
def nouns() -> dict[str, Subject]:
    """Every known word or phrase, in lower case, with its subject."""
    known: dict[str, Subject] = {}
    text = files(__package__).joinpath("nouns.txt").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        head, _, others = line.partition(":")
        kind, art, label = head.split()
        subject = Subject(kind, art, label.replace("_", " "))
        for word in (label, *others.split()):
            known.setdefault(word.replace("_", " "), subject)
    return known


def look_up(phrase: str) -> Subject | None:
    """The subject a word or phrase names, singular or plural."""
    known = nouns()
    for form in _forms(phrase):
        if form in known:
            return known[form]
    return None


def _forms(phrase: str) -> list[str]:
    forms = [phrase]
    if phrase.endswith("'s"):
        forms.append(phrase[:-2])
    if phrase.endswith("ies") and len(phrase) > 5:
        forms.append(phrase[:-3] + "y")
    if phrase.endswith(("ses", "xes", "ches", "shes", "oes")) and len(phrase) > 5:
        forms.append(phrase[:-2])
    if phrase.endswith("s") and not phrase.endswith("ss") and len(phrase) > 3:
        forms.append(phrase[:-1])
    return forms
