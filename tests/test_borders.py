"""The engine stands without the page: imports point down only, and heavy libraries come late."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.borders import faults

ROOT = Path(__file__).parent.parent
HEAVY = ("streamlit", "plotly", "torch")


def heavy_after(statements, modules=HEAVY):
    """Which of these heavy modules a fresh interpreter has loaded after these statements."""
    report = f"import sys; print(*sorted(set({modules}) & set(sys.modules)))"
    command = [sys.executable, "-c", f"{statements}\n{report}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_importing_the_package_loads_nothing_heavy():
    assert heavy_after("import rnnviz") == []


def test_the_probe_sees_a_heavy_library():
    assert heavy_after("import plotly, rnnviz") == ["plotly"]


def test_imports_point_down_only():
    assert faults(ROOT) == []


LEGAL = {
    "app.py": "import streamlit\nfrom rnnviz.web import stepper",
    "rnnviz/__init__.py": "from rnnviz.engine import trace\nfrom rnnviz import cells",
    "rnnviz/equations.py": "import ast\nfrom .representation import Cell",
    "rnnviz/cells.py": "from rnnviz.equations import parse",
    "rnnviz/engine.py": "from rnnviz.equations import parse\n"
    "def figure(): from rnnviz.web import figures",
    "rnnviz/optimizers.py": "from rnnviz import network",
    "rnnviz/network.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING: import torch\n"
    "def load():\n    from rnnviz.interop import load",
    "rnnviz/web/stepper.py": "import streamlit\nfrom . import figures\nfrom .. import engine",
    "rnnviz/web/figures.py": "import plotly.graph_objects",
    "rnnviz/representation.py": "",
    "rnnviz/interop.py": "import torch",
}


def tree(root, files):
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_a_legal_house_has_no_faults(tmp_path):
    assert faults(tree(tmp_path, LEGAL)) == []


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("rnnviz/engine.py", "import streamlit as st", "engine imports streamlit: only app, pages"),
        ("rnnviz/engine.py", "def f(): import plotly.express", "plotly.express: only web may"),
        (
            "pages/two.py",
            "from plotly import express",
            "pages.two imports plotly.express: only web",
        ),
        ("rnnviz/network.py", "def f(): import torch", "only interop, training may"),
        ("rnnviz/notation.py", "import ast", "rnnviz.notation imports ast: only equations may"),
        ("rnnviz/settings.py", "from rnnviz.cells import GALLERY", "settings imports rnnviz.cells"),
        ("rnnviz/cells.py", "from rnnviz import engine", "cells imports rnnviz.engine: it stands"),
        ("rnnviz/engine.py", "from .web.figures import maps", "only inside a call"),
        ("rnnviz/optimizers.py", "from rnnviz.web import figures", "only inside a call"),
        ("rnnviz/engine.py", "def f(): import rnnviz.training", "arrows point down"),
        ("rnnviz/engine.py", "if True:\n    from rnnviz import network", "arrows point down"),
        ("rnnviz/web/figures.py", "import app", "rnnviz.web.figures imports app: pages are"),
        ("rnnviz/representation.py", "from rnnviz import parse", "go round in a circle"),
        ("rnnviz/web/figures.py", "from . import stepper", "go round in a circle"),
    ],
)
def test_a_fault_is_found(tmp_path, file, text, says):
    later = {"rnnviz/training.py": "", "rnnviz/web/__init__.py": ""}
    found = faults(tree(tmp_path, LEGAL | later | {file: text}))
    assert any(says in sentence for sentence in found), found
