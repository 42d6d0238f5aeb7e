"""Whether words are a request for an image, small talk, or work for somebody else."""

import re

from bot.planner.words import any_of, word_set

_FLAGS = re.IGNORECASE
_QUESTION = word_set(
    "what why when where who whom whose how which is are was were am do does did has have had can "
    "could will would should shall may isn't aren't don't didn't any anyone anybody"
)
_PERSON = word_set(
    "i i'm im i've i'll we we're we'll we've you you're he she he's she's it it's its this that "
    "that's thats they they're there there's these those someone everyone nobody somebody"
)
_SMALL = word_set(
    "yes no nope yep yeah yup ok okay k sure lol lmao haha hahaha hmm hm test testing ping pong "
    "foo bar stop cancel approve approved deny denied reject undo exit quit bye goodbye later "
    "what why huh sorry oops fine good bad done correct wrong right true false maybe never always "
    "hey there wait please nothing anything something everything not sounds agreed same too me "
    "you it that draw make create generate paint design render image picture this so and but or "
    "agree exactly indeed interesting ugh meh brb afk np fyi"
)
_ALSO_FIRST = word_set("good right bad wrong same")
"""Small words that a description may begin with."""
_OTHER_VERBS = word_set(
    "remind schedule book send write tell explain summarize summarise translate call email message "
    "ask answer find search look check review read open close start join leave buy order pay "
    "deploy run merge push pull commit ship invite ping follow reply forward update install delete "
    "calculate solve play sing stop wait come go meet talk speak listen watch help keep forget "
    "ignore repeat list show give say print execute debug count convert share post tag assign "
    "approve deny cancel reject let get put set use try see think know do don't be"
)
_OTHER_THINGS = any_of(
    "ticket meeting reminder call task poll spreadsheet report invoice survey password playlist "
    "reservation appointment summary email e-mail essay poem haiku code script function query joke "
    "list plan budget schedule decision sandwich break second minute moment favor favour hand "
    "refund answer video gif animation song movie excuse difference mistake deal promise request "
    "idea suggestion tip advice opinion feedback question "
    "channel group account issue branch backup copy link lunch dinner week holiday raise"
)
_OTHER_WORK = re.compile(
    rf"(?:(?:an?|the|some|our|my|new|quick|\d+)\s+){{0,5}}(?:[\w-]+\s+){{0,2}}?(?:{_OTHER_THINGS})s?"
    r"\s*(?:$|[.,!?]|(?:about|for|with|to|of|on|from|that|in|at|by)\b)"
    r"|(?:to|that|if|whether|how|why|what|when|where|who|sure|sense|up)\b"
    r"|(?:you|me|him|her|them|us|it|this|that)\s*(?:$|[.,!?])",
    _FLAGS,
)
_FINITE = re.compile(
    r"(?<!that )(?<!who )(?<!which )(?<!where )(?<!there )\b(?:is|are|was|were|will|would|should"
    r"|has|had|does|did|don't|doesn't|didn't|can't|won't|isn't|aren't|said|says|thinks?|knows?"
    r"|went|got|came|wants?|needs?|forgot|broke|sent|asked|told)\b",
    _FLAGS,
)
_GOOD_WISHES = re.compile(
    r"https?://\S+$|happy\s+\w+(?:\s+\w+)?\W*$|congrat\w*|welcome\b|see\s+you\b"
    r"|(?:some|any|more|a\s+few|your|my)\s+(?:ideas?|suggestions?|thoughts?|tips?|feedback|advice"
    r"|questions?)\b",
    _FLAGS,
)
_CLEAR = re.compile(
    r"\b(?:create|make|generate|draw|design|paint|render|sketch|illustrate|produce|need|want|like"
    r"|get|have)\b[^.?!\n]{0,80}\b(?:image|picture|pic|photo|logo|icon|poster|banner|illustration"
    r"|drawing|painting|pattern|hero|thumbnail|wallpaper|graphic|artwork|portrait|flyer|cover"
    r"|sticker|avatar|story|variation|packshot|render|visual)s?\b"
    r"|\b(?:draw|paint|generate|illustrate)\s+(?:me\s+)?(?:an?|the|some|\d)\b",
    _FLAGS,
)
_FIRST_WORD = re.compile(r"\W*([\w'’-]+)")


def is_clear(text: str) -> bool:
    """Whether a text plainly asks for an image, even where it was not said to us."""
    return _CLEAR.search(text) is not None


def is_statement(sentence: str) -> bool:
    """Whether a sentence asks or tells something rather than describes a thing."""
    return _first_word(sentence) in _PERSON | _QUESTION


def is_question(sentence: str) -> bool:
    """Whether a sentence begins as a question does."""
    return _first_word(sentence) in _QUESTION


def is_other_work(body: str) -> bool:
    """Whether what is to be made is no image: "create a ticket", "give me a minute"."""
    return _OTHER_WORK.match(body) is not None


def is_noun_phrase(sentence: str) -> bool:
    """Whether a sentence without a command can be read as what an image should show."""
    words = [word.lower() for word in re.findall(r"[\w'’]+", sentence)]
    if not words or set(words) <= _SMALL or sentence.rstrip().endswith("?"):
        return False
    if len(words) == 1 and (len(words[0]) < 3 or words[0].isdecimal()):
        return not words[0].isascii() and not words[0].isdecimal()
    first = _first_word(sentence)
    if is_statement(sentence) or first in _OTHER_VERBS or first in _SMALL - _ALSO_FIRST:
        return False
    return not (_GOOD_WISHES.match(sentence.strip()) or _FINITE.search(sentence))


def _first_word(sentence: str) -> str:
    found = _FIRST_WORD.match(sentence)
    return found[1].lower().replace("’", "'") if found else ""
