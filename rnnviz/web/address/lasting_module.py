"""The words of `lasting` as a module that browsers read.

`python -m rnnviz.web.address.lasting_module` writes it.
"""

import json

from rnnviz.web.address import lasting
from rnnviz.web.bundle import BROWSER

MODULE = BROWSER / "drawing" / "lasting.js"
WORDS = ("PRESENTER", "ON", "VIEW", "HIDE", "LOCK", "LANGUAGE", "ROOM", "COURSE")
LISTS = ("VIEWED", "OWN")


def code() -> str:
    """The module, with constants of the same names and values."""
    head = "/** What every page's address may say; written from rnnviz/web/address/lasting.py. */"
    words = [f"export const {name} = {json.dumps(getattr(lasting, name))};" for name in WORDS]
    named = {getattr(lasting, name): name for name in WORDS}
    lists = [
        f"export const {name} = [{', '.join(named[key] for key in getattr(lasting, name))}];"
        for name in LISTS
    ]
    return "\n".join([head, "", *words, *lists]) + "\n"


if __name__ == "__main__":
    MODULE.write_text(code(), encoding="utf-8")
