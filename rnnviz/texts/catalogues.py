"""The languages there are catalogues of, and what is read from them.

A language's catalogue is `xx.po` beside this file. Building the package makes `xx.mo` (for Python)
and `xx.json` (for the browser) of it; so does `python .ci/catalogues.py` in a checkout.
"""

import json
import os
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from rnnviz.texts.spoken import ENGLISH, Speech

FOLDER = Path(__file__).parent / "catalogues"
ELSEWHERE = "RNNVIZ_CATALOGUES"
"""The environment may name a folder to read in place of that: a translator's own."""


def languages() -> tuple[str, ...]:
    """The codes of the languages one can choose; English, which needs no catalogue, is first."""
    return (ENGLISH.code, *sorted(path.stem for path in _folder().glob("*.mo")))


@cache
def speech(code: str) -> Speech:
    """A language by its code, one of `languages()`."""
    if code == ENGLISH.code:
        return ENGLISH
    with (_folder() / f"{code}.mo").open("rb") as file:
        return Speech(code, GNUTranslations(file))


@cache
def for_browser(code: str) -> dict[str, Any] | None:
    """The catalogue that drawing/texts.js reads; English needs none."""
    if code == ENGLISH.code:
        return None
    found: dict[str, Any] = json.loads((_folder() / f"{code}.json").read_text(encoding="utf-8"))
    return found


def _folder() -> Path:
    return Path(os.environ.get(ELSEWHERE, FOLDER))
