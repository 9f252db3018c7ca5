"""The README's examples run as they stand, and the package offers what it says it does."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rnnviz
from rnnviz.cells import GALLERY
from rnnviz.engine.listing import listing
from rnnviz.engine.schedule import schedule
from rnnviz.training.recipes import RECIPES
from rnnviz.training.recipes.outcomes import recorded_of

ROOT = Path(__file__).parent.parent
TEXTS = {
    name: (ROOT / name).read_text()
    for name in ("README.md", ".github/NOTEBOOK.md", ".github/CONTRIBUTING.md")
}
LESSONS = (ROOT / "rnnviz" / "training" / "recipes" / "LESSONS.md").read_text()


@pytest.mark.parametrize(("name", "count"), [("README.md", 1), (".github/NOTEBOOK.md", 6)])
def test_the_examples_run_one_after_the_other(tmp_path, name, count):
    blocks = re.findall(r"```python\n(.*?)```", TEXTS[name], flags=re.DOTALL)
    assert len(blocks) == count
    command = [sys.executable, "-W", "error", "-c", "\n".join(blocks)]
    where = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, cwd=tmp_path, env=where)
    assert done.returncode == 0
    written = set(re.findall(r'"(run\.\w+)"', "".join(blocks)))
    assert {path.name for path in tmp_path.iterdir()} == written != set()


def test_the_table_of_lessons_is_the_record():
    rows = [line for line in LESSONS.splitlines() if line.count("|") == 6][2:]
    assert rows == [
        row(recipe, variant) for recipe in RECIPES.values() for variant in recipe.variants
    ]


def row(recipe, variant):
    found = recorded_of(recipe, variant)
    median = "–" if found.median is None else f"{found.median:,}"
    cells = (recipe.title, variant.says, len(found.solved), spread(found.solved), median)
    return f"| {' | '.join(map(str, cells))} |"


def spread(solved):
    """“100 to 575”, from the first seed solved to the last; “–” where none was."""
    return " to ".join(f"{at:,}" for at in dict.fromkeys((*solved[:1], *solved[-1:]))) or "–"


def test_everything_the_package_offers_is_there():
    assert [name for name in rnnviz.__all__ if not hasattr(rnnviz, name)] == []


def test_a_name_it_does_not_offer_is_an_attribute_error():
    assert not hasattr(rnnviz, "tracee")


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_text_links_to_or_names_is_there(name):
    text, folder = TEXTS[name], (ROOT / name).parent
    links = re.findall(r"\]\((?!http)([^)#]+)", text)
    assert [link for link in links if not (folder / link).exists()] == []
    named = re.findall(r"`((?:rnnviz|tests|pages|\.ci|\.streamlit)/[\w./-]+)`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


BELOW = [ROOT, ROOT / "rnnviz", ROOT / "rnnviz" / "web", ROOT / "rnnviz" / "web" / "browser"]


@pytest.mark.parametrize("name", TEXTS)
def test_a_path_that_is_named_from_its_part_on_is_there(name):
    """`drawing/csv.js`, `rooms/place.py`, `web/browser/corner`: from the package, its web or its
    browser modules on; a folder may stand before a module's name, as in `engine/schedule.py`."""
    named = re.findall(r"`([a-z_]+(?:/[\w.-]+)+\.(?:py|js|css|md|csv))`", TEXTS[name])
    assert [one for one in named if not any((below / one).exists() for below in BELOW)] == []


def test_the_calls_of_an_lstm_stand_as_they_are():
    text = TEXTS[".github/CONTRIBUTING.md"]
    calls = listing(schedule(GALLERY["LSTM"])).splitlines()
    assert "\n".join(f"    {line}" for line in calls) in text


def test_the_lessons_it_links_to_are_lessons():
    linked = re.findall(r"Train\?lesson=([\w-]+)", TEXTS["README.md"])
    assert linked
    assert set(linked) <= set(RECIPES)
