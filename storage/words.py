"""The words under which a picture is found: any text in, lower-cased words out."""

import re
import unicodedata

MAX_WORD_CHARS = 40
MAX_WORDS = 80
"""Of one picture; a prompt of the most characters has more, but nobody looks for the last ones."""

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Thai to Khmer, Japanese, Chinese: written without spaces, so that every beginning counts."""
_SUFFIX_CHARS = 12
_IDLE = frozenset(
    re.findall(r"\w+", "a an the of in on at to by and or is with for from no not as it its")
)


def words_of(*texts: str) -> list[str]:
    """The distinct words of the texts, in their order, without the idle ones."""
    found: dict[str, None] = {}
    for text in texts:
        for word in split(text):
            if word in _IDLE:
                continue
            if _UNSPACED.search(word):
                for start in range(len(word)):
                    found[word[start : start + _SUFFIX_CHARS]] = None
            else:
                found[word[:MAX_WORD_CHARS]] = None
    return list(found)[:MAX_WORDS]


def looked_for(text: str) -> list[str]:
    """The beginnings that somebody looks for; idle words are looked for only where alone."""
    found = [word[:MAX_WORD_CHARS] for word in split(text)]
    found = [word[:_SUFFIX_CHARS] if _UNSPACED.search(word) else word for word in found]
    return list(dict.fromkeys(word for word in found if word not in _IDLE))


def split(text: str) -> list[str]:
    """Lower-cased words, with accents and letter widths as in plain typing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _WORD.findall(unicodedata.normalize("NFC", plain))
