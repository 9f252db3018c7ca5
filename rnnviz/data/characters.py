"""What a reader sees as one character each, and words with the marks between them."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from rnnviz.data.reading.decoding import clean
from rnnviz.data.tokens import CHINESE

Cut = Literal["characters", "words"]
JOINER = "\u200d"
SHOWN = 40  # letters of a token
OPENING, CLOSING = "([{“‘¿¡«《（\n", ".,;:!?)]}”’»》）。，、；：！？…%\n"


def cut(text: str, by: Cut) -> list[str]:
    """A text as tokens.

    Args:
        by: "characters" as `characters` finds them, spaces and line ends among them; "words" in
            lower case, where each mark, line end and Chinese sign is a token of its own.
    """
    return characters(text) if by == "characters" else _words(clean(text).lower())


def named(token: str) -> str:
    """What a token is called where all of a vocabulary are: a long one by its beginning."""
    return token if len(token) <= SHOWN else f"{token[: SHOWN - 1]}…"


def joined(tokens: Iterable[str], by: Cut) -> str:
    """Tokens as a text again: characters one after the other, words with spaces between them."""
    found = ""
    for token in tokens:
        found += (" " if by == "words" and _stands_apart(found[-1:], token) else "") + token
    return found


def width(token: str, by: Cut) -> int:
    """How many characters a token is written with; of a word the space before it is one."""
    return len(token) + (by == "words" and token[0].isalnum())


def characters(text: str) -> list[str]:
    """What a reader sees as one character each: an accent belongs to its letter, what is joined or
    coloured to its emoji, two letters of a flag to each other. Marks that nobody sees are none."""
    found: list[str] = []
    plain = clean(text)
    if not any(_goes_on("a", sign) or _is_of_a_flag(sign) for sign in set(plain)):
        return list(plain)
    for character in plain:
        if found and _goes_on(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _words(text: str) -> list[str]:
    """Words, marks, line ends, Chinese signs; what combines stays with what it combines with."""
    combining = "".join(sign for sign in set(text) if _combines(sign)) or JOINER
    letters = f"(?:[^\\W{CHINESE}][{combining}]*)+"
    mark = f"[^\\w\\s](?:[{combining}]|(?<={JOINER})[^\\w\\s])*"
    words = f"[{CHINESE}]|{letters}(?:['’]{letters})*|\\n|[\U0001f1e6-\U0001f1ff]{{2}}|{mark}"
    return re.findall(words, text)


def _combines(sign: str) -> bool:
    return unicodedata.category(sign) == "Mc" or _goes_on("a", sign)


def _stands_apart(before: str, token: str) -> bool:
    """Whether a space is written between what ends so and this word or mark."""
    is_chinese = re.match(f"[{CHINESE}]", token) and re.match(f"[{CHINESE}]", before)
    return bool(before) and before not in OPENING and token not in CLOSING and not is_chinese


def _goes_on(before: str, character: str) -> bool:
    """Whether a character is part of the one that has begun."""
    if before == "\n":
        return False
    is_mark = unicodedata.category(character) in ("Mn", "Me") or character == JOINER
    is_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_tag = "\U000e0020" <= character <= "\U000e007f"
    is_second_of_flag = _is_of_a_flag(character) and _is_of_a_flag(before)
    return is_mark or is_tone or is_tag or is_second_of_flag or before.endswith(JOINER)


def _is_of_a_flag(character: str) -> bool:
    return len(character) == 1 and "\U0001f1e6" <= character <= "\U0001f1ff"
