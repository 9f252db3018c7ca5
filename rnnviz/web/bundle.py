"""A component's modules in one file, its style sheets in another: for Streamlit, and for a file.

Streamlit's server hands a browser one file after the other, and a hundred small ones take longer
than all else the first page waits for. So each module becomes a function that is called once, in
the order in which a browser would run them. No line of theirs moves within it, and a source map
says whose each line is: developer tools show the files that are edited.
"""

import json
import posixpath
import re
from pathlib import Path
from typing import NamedTuple

BROWSER = Path(__file__).parent / "browser"

IMPORT = re.compile(r'^import\s+(?:(?:\{([^}]*)\}|(\w+))\s+from\s+)?"(\.[^"]+)";', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?) (\w+))", re.MULTILINE)
DEFAULT = re.compile(r"^export default (?!(?:async )?function\*? \w|class \w)", re.MULTILINE)
NOTHING = re.compile(r"^export \{\};$", re.MULTILINE)  # there is a module here, if only of types
UNKNOWN = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
CSS_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)

BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class Bundle(NamedTuple):
    """code: a module that imports nothing, with the entry's default export, if it has one.
    lines: for each of its lines whose it is, as (path, line from 0); None where it is nobody's."""

    code: str
    lines: list[tuple[str, int] | None]

    def source_map(self, folder: str) -> str:
        """Which line is whose, as ECMA-426 has it; folder: from where it is served to the modules'.

        A column is not told apart: a line is where a line is.
        """
        paths = [*dict.fromkeys(owner[0] for owner in self.lines if owner)]
        before, mappings = (0, 0), []
        for owner in self.lines:
            if owner is None:
                mappings.append("")
                continue
            here = (paths.index(owner[0]), owner[1])
            mappings.append(f"A{_vlq(here[0] - before[0])}{_vlq(here[1] - before[1])}A")
            before = here
        sources = [posixpath.join(folder, path) for path in paths]
        return json.dumps({"version": 3, "sources": sources, "mappings": ";".join(mappings)})


def bundle(entry: str, folder: Path = BROWSER) -> Bundle:
    """The module at `entry` and all it imports.

    Raises:
        ValueError: modules import one another in a circle, or a name that is not exported; or an
            import or export has a form that is not known here.
    """
    modules = _modules(entry, folder)
    code: list[str] = []
    lines: list[tuple[str, int] | None] = []
    for module in modules.values():
        body = module.code.split("\n")
        code += [f"const {module.name} = (() => {{", *body, f"return {module.returned}; }})();"]
        lines += [None, *((module.path, line) for line in range(len(body))), None]
    if "default" in modules[entry].exported:
        code.append(f"export default {modules[entry].name}.default;")
        lines.append(None)
    return Bundle("\n".join(code) + "\n", lines)


def style(path: str, folder: Path = BROWSER) -> str:
    """A style sheet with all it imports in place."""
    text = (folder / path).read_text(encoding="utf-8")
    return CSS_IMPORT.sub(lambda found: style(_beside(path, found[1]), folder), text)


class _Module(NamedTuple):
    """path: from the folder. name: what its exports are called in the bundle. code: as a function's
    body. exported: name outside → name inside."""

    path: str
    name: str
    code: str
    exported: dict[str, str]

    @property
    def returned(self) -> str:
        pairs = (key if key == name else f"{key}: {name}" for key, name in self.exported.items())
        return f"{{ {', '.join(pairs)} }}"


def _modules(entry: str, folder: Path) -> dict[str, _Module]:
    """By path, each after all it imports."""
    done: dict[str, _Module] = {}
    begun: list[str] = []

    def visit(path: str) -> None:
        if path in begun:
            raise ValueError(f"modules import one another: {' → '.join([*begun, path])}")
        if path in done:
            return
        begun.append(path)
        source = (folder / path).read_text(encoding="utf-8")
        for found in IMPORT.finditer(source):
            visit(_beside(path, found[3]))
        begun.pop()
        done[path] = _module(path, source, done)

    visit(entry)
    return done


def _module(path: str, source: str, others: dict[str, _Module]) -> _Module:
    def take(found: re.Match[str]) -> str:
        """An import → the same lines, which take what it names from another's exports."""
        other = others[_beside(path, found[3])]
        braces = re.sub(r"\s+as\s+", ": ", found[1] or "")
        names = f" default: {found[2]} " if found[2] else braces
        for name in filter(None, (name.split(":")[0].strip() for name in names.split(","))):
            if name not in other.exported:
                raise ValueError(f"{path} imports {name}, which {other.path} does not export")
        return f"const {{{names}}} = {other.name};" if names else ""

    exported = {found[1]: found[1] for found in EXPORT.finditer(source)}
    if DEFAULT.search(source):
        exported["default"] = "$default"
    code = IMPORT.sub(take, source)
    code = EXPORT.sub("", DEFAULT.sub("const $default = ", NOTHING.sub("", code)))
    unknown = UNKNOWN.search(code)
    if unknown:
        raise ValueError(f"{path}: no bundle can be made of {unknown[0]!r}")
    return _Module(path, "$" + re.sub(r"\W", "_", path.removesuffix(".js")), code, exported)


def _beside(path: str, relative: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))


def _vlq(number: int) -> str:
    """A number as a source map has it: the sign last, five bits a letter, lowest first."""
    rest, letters = abs(number) << 1 | (number < 0), ""
    while True:
        rest, digit = rest >> 5, rest & 31
        letters += BASE_64[digit | (32 if rest else 0)]
        if not rest:
            return letters
