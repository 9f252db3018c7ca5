"""The README's examples run as they stand, and the package offers what it says it does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import rnnviz
from rnnviz.training.outcomes import recorded_of
from rnnviz.training.recipes import RECIPES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def test_the_examples_run_one_after_the_other(tmp_path):
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 2
    command = [sys.executable, "-W", "error", "-c", "\n".join(blocks)]
    where = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, cwd=tmp_path, env=where)
    assert done.returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"run.html", "run.csv"}


def test_the_table_of_lessons_is_the_record():
    rows = [line for line in README.splitlines() if line.count("|") == 6][2:]
    assert rows == [row(recipe, twin) for recipe in RECIPES.values() for twin in recipe.twins]


def row(recipe, twin):
    found = recorded_of(recipe, twin)
    median = "–" if found.median is None else f"{found.median:,}"
    cells = (recipe.title, twin.says, len(found.solved), found.spread, median)
    return f"| {' | '.join(map(str, cells))} |"


def test_everything_the_package_offers_is_there():
    assert [name for name in rnnviz.__all__ if not hasattr(rnnviz, name)] == []


def test_a_name_it_does_not_offer_is_an_attribute_error():
    assert not hasattr(rnnviz, "tracee")
