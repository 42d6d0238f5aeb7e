"""A text and the proposal that awaits a decision go in; whether the text is about it comes out."""

import re
from enum import Enum

from bot.domain.catalog import Catalog
from bot.domain.people import Tool
from bot.domain.proposals import Proposal
from bot.planner import talk
from bot.planner.courtesy import closed, opened, softened
from bot.planner.rows import names_rows
from bot.planner.wanted import is_edit
from bot.planner.wishes import is_settings, wishes_in
from bot.planner.words import word_set

_FLAGS = re.IGNORECASE


class About(Enum):
    """What a text has to do with a pending proposal."""

    CHANGE = "change"
    LIKELY_CHANGE = "likely_change"
    """Words that would change it if they are said to us."""
    MAYBE = "maybe"
    """It could change it, or ask for something else."""
    APPROVAL = "approval"
    LIKELY_APPROVAL = "likely_approval"
    """Nothing but "yes" or "ok", which people also say to each other."""
    DENIAL = "denial"
    NOTHING = "nothing"


_APPROVING = word_set("approve approved approving ahead proceed confirm confirmed lgtm go run ship")
_YES = word_set("yes yep yeah yup ok okay sure fine good")
_APPROVAL_WORDS = (
    _APPROVING
    | _YES
    | word_set(
        "i we it this that them these all please pls do make generate create and just now then "
        "lets let's let us the a an of for me to you can may is are looks look sounds proposal "
        "card batch image images one ones ready thanks everything both here already start"
    )
)
_DO_IT = re.compile(
    r"(?:(?:yes|ok|okay|sure|fine|good)[\s,.!]+)*(?:please\s+)?(?:just\s+)?"
    r"(?:do|make|generate|create|render|draw|produce|start|run)\s+"
    r"(?:it|this|that|them|these|all|all\s+of\s+(?:it|them))"
    r"(?:\s+(?:now|please|already|all))*\s*[.!]*",
    _FLAGS,
)
_SKIPPING = re.compile(
    r"\b(?:skip|ignore|bypass|without|forget(?:\s+about)?|no\s+need\s+for)\s+"
    r"(?:the\s+|any\s+|an\s+)?approval\b",
    _FLAGS,
)
_DENIAL = re.compile(
    r"(?:no[,.]?\s+)?(?:please\s+)?(?:deny|cancel|reject|decline|discard|drop|forget|stop|abort|remove|delete)"
    r"(?:\s+(?:it|this|that|them|all|everything|about\s+it"
    r"|the\s+(?:proposal|card|request|batch|whole\s+thing)))?"
    r"|never\s?mind|i\s+changed\s+my\s+mind|not\s+needed(?:\s+any\s?more)?",
    _FLAGS,
)
_OPENS_CHANGE = re.compile(
    r"(?:without|with|no|in|on|at|against|under|inside|use|try|go\s+with|switch|set|give|only|just"
    r"|but|and|not\s+(?:so|that|as|too)|maybe|put|keep|let|have|instead\s+of)\s+\S",
    _FLAGS,
)
_CHAT = re.compile(
    r"(?:no|not|on|in|at|with|just|only|but|and|let|have|give|put|keep|try|maybe)\s+(?:idea|worries|problem"
    r"|way|thanks|thank|sure|now|yet|my\s+way|it|me|us|you|a\s+(?:minute|second|sec|moment|meeting|look"
    r"|nice|good|great|call)|time|need|one|pleasure|kidding|saying|wondering|going|checking|curious"
    r"|general|fact|the\s+(?:meeting|call|way|end|other\s+hand)|lunch|monday|tuesday|wednesday"
    r"|thursday|friday|what|why|how|who|when|i|we|he|she|they)\b",
    _FLAGS,
)
_OF_IT = re.compile(
    r"(?:it|them|this|these|those|the|its|all|each|both|every|everything|more|less|only|just|sure"
    r"|\w+er)\b",
    _FLAGS,
)
_SAYING_IT = re.compile(
    r"(?:i|we)(?:['’]d)?\s+(?:want|need|would\s+like|like|prefer|would\s+prefer|would\s+love)\s+"
    r"(?:it|them|the|its|all)\s+\S",
    _FLAGS,
)
_INSTEAD = re.compile(r"\b(?:instead|rather)(?:\s+of\s+.+)?\W*$", _FLAGS)
_A_THING = re.compile(r"(?:an?|some|two|three|four|my|our|another)\s", _FLAGS)


def about(main: str, hidden: str, pending: Proposal, *, catalog: Catalog) -> About:
    """What a request has to do with the pending proposal.

    `main` is its main sentence, `hidden` all of it; quotations are put away in both.
    """
    asked = closed(softened(main))
    words = {word.lower() for word in re.findall(r"[\w'’+]+", hidden)}
    if words and words <= _YES | {"please"}:
        return About.LIKELY_APPROVAL
    is_approval = bool(words & _APPROVING) and words <= _APPROVAL_WORDS
    if is_approval or _SKIPPING.search(hidden) or _DO_IT.fullmatch(hidden):
        return About.APPROVAL
    if _DENIAL.fullmatch(asked):
        return About.DENIAL
    if names_rows(asked, [item.title for item in pending.live]):
        return About.CHANGE
    wishes = wishes_in(asked, catalog, tool=pending.tool)
    if is_settings(wishes):
        return About.CHANGE
    said = opened(main)
    if said.is_command and not _is_of_it(said.verb, said.rest):
        return About.CHANGE if _INSTEAD.search(asked) else About.NOTHING
    if is_edit(asked) or _SAYING_IT.match(asked) or said.verb or _INSTEAD.search(asked):
        return About.CHANGE
    if wishes.is_any and not _A_THING.match(asked):
        return About.CHANGE
    if _OPENS_CHANGE.match(asked) and not _CHAT.match(asked):
        return About.LIKELY_CHANGE
    is_new = pending.tool in (Tool.GENERATE, Tool.GENERATE_BATCH)
    if talk.is_noun_phrase(main):
        return About.MAYBE if is_new else About.NOTHING
    return About.NOTHING


def _is_of_it(verb: str, rest: str) -> bool:
    """Whether what is to be made is the proposal's own image: "make the mug blue"."""
    found = _OF_IT.match(rest)
    if found is None:
        return False
    return verb in {"make", "making"} or not found[0].lower().startswith("the")
