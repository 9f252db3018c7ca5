"""What is kept of a visitor's choices has a size: who asks for ever more takes no more room."""

import ast
import gc
import weakref
from pathlib import Path

import pytest

import rnnviz
from rnnviz.cells import named
from rnnviz.engine.schedule import schedule
from rnnviz.engine.way_back import backward_calls
from rnnviz.equations import parse

SOURCES = Path(rnnviz.__file__).parent
FEW = {
    "data/made/examples.py example",  # names of a table
    "seed_tables.py read",  # files of the package
    "texts/catalogues.py for_browser",  # languages there are
    "texts/catalogues.py speech",
    "web/data/reviews/made_texts.py _fresh",
    "web/export.py script_of",
    "web/export.py style_of",
}
"""Functions of what there are only so many of, none of them a visitor's."""


def without_size(path, text):
    """Functions of arguments that keep every answer for ever."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and (node.args.args or node.args.kwonlyargs):
            written = {ast.unparse(one) for one in node.decorator_list}
            if written & {"cache", "functools.cache", "lru_cache(maxsize=None)"}:
                yield f"{path} {node.name}"


def test_every_cache_of_what_a_visitor_chooses_has_a_size():
    found = {
        one
        for path in SOURCES.rglob("*.py")
        for one in without_size(
            path.relative_to(SOURCES).as_posix(), path.read_text(encoding="utf-8")
        )
    }
    assert found <= FEW


@pytest.mark.parametrize("how", ["cache", "functools.cache", "lru_cache(maxsize=None)"])
def test_one_without_is_found(how):
    assert [*without_size("a.py", f"@{how}\ndef f(x): ...")] == ["a.py f"]
    sized = "@lru_cache(maxsize=8)\ndef g(x): ..."
    assert not [*without_size("a.py", f"@{how}\ndef f(): ...\n{sized}")]


def test_cells_of_ones_own_are_forgotten():
    plans = []
    for k in range(200):
        cell = parse(f"h = tanh(0.{k + 1:03} * (W @ x) + U @ h_prev + b)")
        plan = schedule(cell)
        backward_calls(plan, frozenset({"h"}))
        named(cell)
        plans.append(weakref.ref(plan))
    del cell, plan
    gc.collect()
    assert sum(plan() is not None for plan in plans) <= 64
