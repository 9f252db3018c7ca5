"""Catalogues from the source and back: Babel extracts what can be translated and compiles it.

`python .ci/catalogues.py` brings the template and every `xx.po` of rnnviz/texts/catalogues up to
the source, and compiles them. Building the package compiles them too (see pyproject.toml).
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "rnnviz" / "texts" / "catalogues"
TEMPLATE = "rnnviz.pot"
SOURCES = [("rnnviz/**.py", "python"), ("pages/**.py", "python"), ("app.py", "python")]
BROWSER_SOURCES = [("rnnviz/web/browser/**.js", "javascript")]
KEYWORDS = {
    "_": None,
    "_nodes": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "Sentence": None,
    "Counted": (1, 2),
}
COMMENTS = ["Translators:"]
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The day something was made on would change it every day."""
HOLE = re.compile(r"\{(\w+)\}")


class Untranslatable(ValueError):
    """A catalogue that cannot be used; the message names the text."""


def template(root: Path = ROOT) -> Catalog:
    """All texts of the checkout at `root`, with the files they stand in."""
    found = Catalog(project="RNN Viz", version="1", creation_date=UNDATED)
    found.header_comment = "# What visitors of RNN Viz read. Made by `python .ci/catalogues.py`."
    texts = extract_from_dir(
        root,
        method_map=[*SOURCES, *BROWSER_SOURCES],
        options_map={pattern: {"parse_template_string": "True"} for pattern, _ in BROWSER_SOURCES},
        keywords=KEYWORDS,
        comment_tags=COMMENTS,
        strip_comment_tags=True,
        directory_filter=lambda folder: not Path(folder).name.startswith((".", "node_modules")),
    )
    # Babel warns of an f-string in a hole as if it were the text: tests/texts sees to those.
    with redirect_stderr(StringIO()):
        for file, line, message, comments, context in texts:
            found.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return found


def update(root: Path = ROOT, folder: Path = FOLDER) -> None:
    """Write the template, and bring each language's `.po` up to it."""
    texts = template(root)
    _write(folder / TEMPLATE, texts)
    for path in folder.glob("*.po"):
        catalogue = _read(path)
        catalogue.update(texts, no_fuzzy_matching=True)
        _write(path, catalogue)


def compile_all(folder: Path = FOLDER) -> list[Path]:
    """Make `.mo` and `.json` of each language's `.po`; the files that were made."""
    return [made for path in sorted(folder.glob("*.po")) for made in compile_one(_read(path), path)]


def compile_one(catalogue: Catalog, path: Path) -> tuple[Path, Path]:
    """Write a catalogue beside `path`, for Python and for the browser.

    Raises:
        Untranslatable: a translation has not the holes of its text.
    """
    for message in catalogue:
        _check(message)
    compiled, browser = path.with_suffix(".mo"), path.with_suffix(".json")
    with compiled.open("wb") as file:
        write_mo(file, catalogue)
    texts = {"language": path.stem, "messages": dict(_for_browser(catalogue))}
    browser.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    return compiled, browser


def _for_browser(catalogue: Catalog) -> Iterator[tuple[str, str | list[str]]]:
    """Text → translation, or its forms; a context stands before a text as in a .mo file."""
    for message in catalogue:
        in_browser = any(str(file).endswith(".js") for file, _line in message.locations)
        if message.id and in_browser and all(_forms(message.string)):
            key = _forms(message.id)[0]
            form = message.string
            named = f"{message.context}\x04{key}" if message.context else key
            yield named, form if isinstance(form, str) else list(_forms(form))


def _check(message: Message) -> None:
    """Every form that is there fills the same holes; a form may leave the count out."""
    wanted = set(HOLE.findall(_forms(message.id)[-1]))
    for form in filter(None, _forms(message.string)):
        holes = set(HOLE.findall(form))
        missing = wanted - holes - ({"count"} if message.pluralizable else set())
        if message.id and (missing or holes - wanted):
            raise Untranslatable(f"{form!r} has other holes than {message.id!r}")


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def _write(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as file:
        # No lines: a text that moves within its file changes nothing.
        write_po(file, catalogue, width=100, sort_by_file=True, include_lineno=False)


class CompileCatalogues(BuildHookInterface[Any]):
    """Building the package: the compiled catalogues go into it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before a wheel, an editable one or a source archive is built."""
        made = compile_all(Path(self.root) / FOLDER.relative_to(ROOT))
        build_data["artifacts"] += [path.relative_to(self.root).as_posix() for path in made]


if __name__ == "__main__":
    update()
    compile_all()
