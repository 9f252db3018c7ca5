"""Who may import whom: the rules, and the reading of source text that finds what breaks them.

Three kinds of import are told apart: of a module's body, run when it is imported; of a function's
body ("in a call"), run later, which is how a notebook's `rec.figure()` reaches the web parts
without loading them before; and under `if TYPE_CHECKING:`, never run, which no rule concerns.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

# Lowest first. A module imports from its own floor or below; one that is not named here is held to
# the other rules only. `web` stands for everything in rnnviz/web.
FLOORS = (
    ("texts",),
    ("operations", "processes"),
    ("representation",),
    ("equations", "substitution"),
    ("cells", "settings", "notation", "diagram"),
    ("engine", "glossary"),
    ("network",),
    ("interop", "gradients", "tasks", "challenges", "language_model", "data"),
    ("recording", "training"),
    ("scenes", "shapes", "watching", "course"),
    ("web",),
    ("app", "pages", "__main__"),
)
# These import nothing of the project but what stands here; in a call, which shows one of them in a
# notebook, the web parts.
ALONE = {
    "texts": set(),
    "operations": {"texts"},
    "representation": {"operations", "texts"},
    "settings": {"texts"},
    "equations": {"operations", "representation", "texts"},
    "cells": {"operations", "representation", "equations", "notation", "texts"},
}
# Where a library may be imported, in a call or not.
LIBRARIES = {
    "streamlit": {"web", "app", "pages"},
    "plotly": {"web"},
    "torch": {"interop", "training"},
    "ast": {"equations"},
    "pandas": {"data"},
    "optuna": {"training"},
    "distributed": {"training"},
}
# What a call may reach although it lies higher.
IN_A_CALL = {"interop", "web"}


@dataclass(frozen=True)
class Import:
    """One import: the dotted names of who imports and of what, and whether inside a function."""

    by: str
    of: str
    in_a_call: bool


def faults(root: Path) -> list[str]:
    """One sentence for every import under `root` (app.py, pages, rnnviz) that breaks a rule."""
    imports = list(imports_below(root))
    found = [sentence for each in imports for sentence in _faults_of(each)]
    graph: dict[str, set[str]] = {}
    for each in imports:
        if not each.in_a_call and each.of.startswith("rnnviz"):
            graph.setdefault(each.by, set()).add(each.of)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        found.append(f"imports go round in a circle: {' → '.join(circle.args[1])}")
    return found


def imports_below(root: Path) -> Iterator[Import]:
    """Every import of the program's own files, the names of its modules resolved."""
    files = [*root.glob("app.py"), *root.glob("pages/**/*.py"), *root.glob("rnnviz/**/*.py")]
    modules = {_dotted(path.relative_to(root)) for path in files}
    for path in files:
        inside_package = path.name == "__init__.py"
        by = _dotted(path.relative_to(root))
        for of, in_a_call in _imports_in(
            ast.parse(path.read_text()), by, inside_package=inside_package
        ):
            nearest = next((name for name in (of, of.rpartition(".")[0]) if name in modules), of)
            yield Import(by, nearest, in_a_call)


def part_of(module: str) -> str:
    """The rules' name for a module: rnnviz.web.stepper is web, rnnviz.engine engine."""
    names = module.split(".")
    return names[1] if names[0] == "rnnviz" and len(names) > 1 else names[0]


def _faults_of(each: Import) -> Iterator[str]:
    by, of = part_of(each.by), part_of(each.of)
    says = f"{each.by} imports {each.of}"
    if by not in LIBRARIES.get(of, {by}):
        yield f"{says}: only {', '.join(sorted(LIBRARIES[of]))} may"
    if not each.of.startswith(("rnnviz", "app", "pages")) or by == of:
        return
    if by in ALONE and of not in ALONE[by] and not (each.in_a_call and of == "web"):
        yield f"{says}: it stands alone"
    if _floor(by) < _floor(of) and not (each.in_a_call and of in IN_A_CALL):
        yield f"{says}: arrows point down"
    if of == "web" and by not in FLOORS[-1] and not each.in_a_call:
        yield f"{says}: the engine knows the web parts only inside a call"
    if of in {"app", "pages"}:
        yield f"{says}: pages are imported by nobody"


def _floor(part: str) -> float:
    """Its floor; one that is not named stands beside whatever it meets."""
    return next((n for n, names in enumerate(FLOORS) if part in names), float("nan"))


def _dotted(path: Path) -> str:
    names = path.with_suffix("").parts
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def _imports_in(
    node: ast.AST, by: str, *, inside_package: bool, in_a_call: bool = False
) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(child, ast.Import):
            yield from ((alias.name, in_a_call) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = child.module or ""
            if child.level:
                up = by.split(".")[: len(by.split(".")) - child.level + inside_package]
                base = ".".join([*up, *filter(None, [child.module])])
            yield from ((f"{base}.{alias.name}", in_a_call) for alias in child.names)
        else:
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports_in(
                child, by, inside_package=inside_package, in_a_call=in_a_call or function
            )
