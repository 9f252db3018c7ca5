"""Bytes → text: UTF-8 and UTF-16 by their marks or by trial, GB18030 where Chinese comes out."""

import codecs
from itertools import pairwise

from rnnviz.texts import Sentence

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u2060\x00"))
"""Marks and spaces without width, which copying from a page leaves in a text."""
LOOKED_AT = 4096


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text, and the encoding that it is in.

    Args:
        encoding: what it is; None: it is guessed.

    Raises:
        ValueError: it is not in that encoding, which may be none that Python knows.
    """
    name = encoding or _guessed(data)
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise ValueError(Sentence("This file is not in the encoding {name}", name=name)) from None
    return clean(text), name


def clean(text: str) -> str:
    """Without what cannot be seen, and one kind of line end."""
    return text.translate(INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")


def _guessed(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    head = data[:LOOKED_AT]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros and zeros.count(0) > len(zeros) / 3:
            return name
    for name in ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8" or _is_chinese(text):
            return name
    return "cp1252" if _is_western(data) else "latin-1"


def _is_chinese(text: str) -> bool:
    """Whether what is no ASCII is Chinese: a western text read as GB18030 mixes other signs in."""
    signs = [sign for sign in text[:LOOKED_AT] if ord(sign) > 127]
    chinese = [s for s in signs if "\u3000" <= s <= "\u9fff" or "\uff00" <= s <= "\uffef"]
    pairs = sum(a > "\x7f" and b > "\x7f" for a, b in pairwise(text))
    return len(chinese) > 0.8 * len(signs) and pairs > len(signs) / 3


def _is_western(data: bytes) -> bool:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
