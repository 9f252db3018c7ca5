"""Words that somebody else wrote, in a text of ours."""

import re


def literal(text: str) -> str:
    """Text of a visitor's or a file's as Markdown that shows just that: no picture, no formula."""
    return re.sub(r"([\\`*_$~<>\[\]#!:|])", r"\\\1", text)
