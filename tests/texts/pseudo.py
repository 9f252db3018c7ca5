"""A language that is no language: every text in brackets and longer, so that a page shows what
went past the catalogue, and where a longer word breaks the layout."""

import importlib.util
from pathlib import Path

from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[2]
CODE = "qps"
LONGER = 0.4  # German, French and Russian interfaces are so much longer than English ones
OPENS, CLOSES = "⟦", "⟧"


def load_tool():
    """.ci/catalogues.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("catalogues_tool", ROOT / ".ci" / "catalogues.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pseudo(text):
    """The text, its holes and markup as they were, in brackets and two fifths longer."""
    return f"{OPENS}{text}{'·' * int(LONGER * len(text) + 1)}{CLOSES}"


def write_catalogue(folder):
    """`qps.mo` and `qps.json` of all texts of the source."""
    tool = load_tool()
    texts = Catalog(locale=None)
    for message in tool.template(ROOT):
        if not message.id:
            continue
        one_or_two = (message.id,) if isinstance(message.id, str) else message.id
        forms = tuple(map(pseudo, one_or_two))
        translated = forms[0] if len(forms) == 1 else forms
        texts.add(message.id, translated, message.locations, context=message.context)
    tool.compile_one(texts, folder / f"{CODE}.po")
    return folder


def outside(text):
    """What of a text stands in no bracket: what was not translated."""
    depth, found = 0, []
    for character in text:
        if character == OPENS:
            depth += 1
        elif character == CLOSES:
            depth -= 1
        elif depth == 0:
            found.append(character)
    return "".join(found)
