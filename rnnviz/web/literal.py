"""Words that somebody else wrote, in a text of ours."""

import re

from rnnviz.texts import _

JOINER = "\u2060"
"""Invisible, and not to be broken at: with it inside, an address is no address to Markdown."""


def literal(text: str) -> str:
    """Text of a visitor's or a file's as Markdown that shows just that, on one line.

    No picture, no formula, no list; and no link, which Markdown makes of an address on its own,
    escaped or not.
    """
    line = " ".join(text.split())
    line = re.sub(r"(://|(?<=www)\.|(?<=@))", _parted, line, flags=re.IGNORECASE)
    line = re.sub(r"([\\`*_$~<>\[\]#!:|&])", r"\\\1", line)
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", line)


def reason(error: BaseException) -> str:
    """What an error says, as such Markdown; its kind where it says nothing."""
    return literal(str(error) or type(error).__name__)


def ended(sentence: str) -> str:
    """A sentence with its full stop."""
    return sentence if sentence[-1:] in ".?!。？！" else _("{sentence}.", sentence=sentence)


def capital(sentence: str) -> str:
    """A sentence that stands on its own, from one that followed a colon: its first word has a
    capital letter, unless it is a name of the code ("h", "clip_norm")."""
    word = re.match(r"[a-z]+(?=[\s,:])", sentence)
    is_word = word and (len(word[0]) > 1 or word[0] == "a")
    return ended(sentence[:1].upper() + sentence[1:] if is_word else sentence)


def _parted(mark: re.Match[str]) -> str:
    return f":{JOINER}//" if mark[0] == "://" else JOINER + mark[0]
