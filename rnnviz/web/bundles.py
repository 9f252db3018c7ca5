"""The bundles that Streamlit's server hands out, made when a module is newer than they are.

They stand beside the modules, under the same address; who edits one reloads the page. Where nothing
can be written, the modules are handed out themselves, one by one.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rnnviz.web import bundle

FOLDER = "bundles"
NAMES = (
    "by_hand",
    "corner",
    "course",
    "forecast",
    "gradients",
    "room",
    "sentence",
    "shapes",
    "stepper",
    "training",
    "writing",
)
"""Components; a module and a style sheet of that name stand in a folder of that name."""


class Files(NamedTuple):
    """Where Streamlit finds a component's script and style, from the folder of the modules."""

    js: str
    css: str


def files(name: str, folder: Path = bundle.BROWSER) -> Files:
    """The bundles of a component, now as its modules are; or the modules.

    Raises:
        ValueError: see `bundle.bundle`.
    """
    made = Files(f"{FOLDER}/{name}.mjs", f"{FOLDER}/{name}.css")
    plain = Files(f"{name}/{name}.js", f"{name}/{name}.css")
    newest = max(_changes(folder))
    if _changed(folder / made.js) == newest:
        return made
    code, owners = bundle.bundle(plain.js, folder), f"{name}.mjs.map"
    try:
        _write(folder / made.css, bundle.style(plain.css, folder), newest)
        _write(folder / FOLDER / owners, code.source_map(".."), newest)
        _write(folder / made.js, f"{code.code}//# sourceMappingURL={owners}\n", newest)
    except OSError:
        return plain
    return made


def refresh() -> None:
    """Bring the bundles that are in use up to their modules."""
    for name in NAMES:
        if (bundle.BROWSER / FOLDER / f"{name}.mjs").exists():
            files(name)


def _changes(folder: Path) -> Iterator[int]:
    """When each of the modules and sheets was changed, and what bundles them, in nanoseconds."""
    yield Path(bundle.__file__).stat().st_mtime_ns
    for part in os.scandir(folder):
        if part.is_dir() and part.name != FOLDER:
            yield from _changes_in(part)


def _changes_in(part: os.DirEntry[str]) -> Iterator[int]:
    for entry in os.scandir(part):
        if entry.is_dir():
            yield from _changes_in(entry)
        else:
            yield entry.stat().st_mtime_ns


def _changed(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # there is none
        return None


def _write(path: Path, text: str, changed: int) -> None:
    """Whole or not at all, whoever reads or writes it meanwhile; as old as what it is made of."""
    path.parent.mkdir(exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_text(text, encoding="utf-8")
    os.utime(new, ns=(changed, changed))
    new.replace(path)
