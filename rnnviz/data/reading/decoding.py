"""Bytes → text: UTF-8 and UTF-16 by their marks or by trial, GB18030 where Chinese comes out."""

import codecs
import re
from itertools import pairwise

from rnnviz.texts import Sentence

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5", "shift_jis", "euc-kr", "cp1250",
    "cp1251", "cp1252", "latin-1",
)  # fmt: skip
"""What a file may be told to be in; Python knows more."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
INVISIBLE = dict.fromkeys([0, 0xFEFF, 0x200B, 0x200E, 0x200F, 0x2060, *range(0x2066, 0x206A)])
"""Marks and spaces without width, which copying from a page leaves in a text. (Those that join the
parts of an emoji, or letters of some scripts, are no such.)"""
CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""What programs write, and no text has."""
MOST_CONTROLS = 8  # among the letters that are looked at
LOOKED_AT = 4096


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text, and the encoding that it is in.

    Args:
        encoding: what it is; None: it is guessed.

    Raises:
        ValueError: it is not in that encoding, which may be none that Python knows; or it is no
            text.
    """
    name = encoding or _guessed(data)
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise ValueError(Sentence("This file is not in the encoding {name}", name=name)) from None
    if not encoding and len(CONTROLS.findall(text[:LOOKED_AT])) > MOST_CONTROLS:
        raise ValueError(
            Sentence("This file is neither a text nor a table in .csv, .tsv, .xlsx or .npy")
        )
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
    text = text[:LOOKED_AT]
    signs = [sign for sign in text if ord(sign) > 127]
    chinese = [s for s in signs if "\u3000" <= s <= "\u9fff" or "\uff00" <= s <= "\uffef"]
    pairs = sum(a > "\x7f" and b > "\x7f" for a, b in pairwise(text))
    return len(chinese) > 0.8 * len(signs) and pairs > len(signs) / 3


def _is_western(data: bytes) -> bool:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
