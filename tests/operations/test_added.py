"""One more operation of two operands is one entry in each language, and every reader has it.

Both entries are written into a copy of the program, where the laws of this folder are run anew.
Nothing else of the program is touched; the oracles in tests/ are told what torch calls it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LEFT_OUT = shutil.ignore_patterns("__pycache__", "networks", "node_modules")
TABLE = "rnnviz/operations/table.py"
RULES = "rnnviz/web/browser/maths/rules.js"
IN_PYTHON = """
    Operation(
        name="hypot",
        forward=np.hypot,
        gradients=(
            Slope(np.divide, ("first", "result")),
            Slope(np.divide, ("second", "result")),
        ),
        spelled=Spelled("hypot", "hypot", r"\\mathrm{hypot}"),
        numpy="np.hypot(a, b)",
        torch="(a * a + b * b) ** 0.5",
        low=0.0,
    ),
"""
IN_JAVASCRIPT = """
  hypot: {
    forward: ahead((y, a, b, i, j, k, n) => {
      for (let m = 0; m < n; m++) y[i + m] = Math.hypot(a[j + m], b[k + m]);
    }),
    backward: back((g, y, a, b, da, db, i, j, k, n) => {
      for (let m = 0; m < n; m++) {
        da[j + m] += (g[i + m] * a[j + m]) / y[i + m];
        db[k + m] += (g[i + m] * b[k + m]) / y[i + m];
      }
    }),
  },
"""


@pytest.fixture
def copy(tmp_path):
    """A copy of the program and of what the laws need, with which nothing is shared."""
    for folder in ("rnnviz", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=LEFT_OUT)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def change(copy, file, old, new):
    """Put `new` in the place of `old`, which stands there once."""
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")


def with_hypot(copy):
    """The copy with both entries in it; the oracles are told the name by which torch knows it."""
    change(copy, TABLE, "TABLE = (", f"TABLE = ({IN_PYTHON}")
    change(copy, RULES, "TABLE = {", f"TABLE = {{{IN_JAVASCRIPT}")
    oracle = "tests/oracle.py"
    change(copy, oracle, "\nOPERATIONS = {", '\nOPERATIONS = {\n    "hypot": torch.hypot,')
    return copy


def python(copy, *arguments):
    """What a fresh interpreter that knows the copy alone prints, and whether it went well."""
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


def laws(copy, chosen, *files):
    """This folder's laws whose name matches, run on the copy."""
    files = [f"tests/operations/test_{name}.py" for name in files]
    return python(copy, "-m", "pytest", *files, "-q", "-rA", "-p", "no:cacheprovider", "-k", chosen)


def test_all_that_is_asked_of_an_operation_is_asked_of_hypot_and_holds(copy):
    went_well, printed = laws(
        with_hypot(copy), "hypot or mul or keys", "table", "readers", "in_the_browser"
    )
    assert went_well, printed
    passed = re.findall(r"^PASSED \S+::(\w+)(?:\[(\S+)\])?", printed, re.MULTILINE)
    asked = {
        name: {law for law, of in passed if name in of.split("-")} for name in ("hypot", "mul")
    }
    assert len(asked["mul"]) > 12
    assert asked["hypot"] > asked["mul"]
    assert ("test_every_table_of_both_languages_has_the_same_keys", "") in passed


READ = """
import json, rnnviz
from rnnviz import notation, parse
from rnnviz.diagram.layout import layout
cell = parse({text!r})
print(json.dumps({{
    "program": rnnviz.__file__, "steps": cell.steps, "plain": notation.plain(cell),
    "latex": notation.latex(cell), "drawn": [node.text for node in layout(cell).nodes],
    "screen": ["".join(t[1] for t in line["symbols"]) for line in notation.equations(cell)],
}}))
"""


def test_a_cell_of_hypot_is_read_written_and_drawn_as_one_expects(copy):
    text = "m = hypot(0.5 * h_prev, W @ x + U @ h_prev)\nh = hypot(m, -0.1) - hypot(m, b)"
    went_well, printed = python(with_hypot(copy), "-c", READ.format(text=text))
    assert went_well, printed
    read = json.loads(printed)
    assert Path(read["program"]).is_relative_to(copy)
    assert ["m", "hypot", ["m.1", "m.4"]] in read["steps"]
    assert ["h.1", "hypot", ["m", -0.1]] in read["steps"]
    assert read["plain"].splitlines() == [
        "m = hypot(0.5 * h_prev, W @ x + U @ h_prev)",
        "h = hypot(m, -0.1) - hypot(m, b)",
    ]
    assert r"m_{t} &= \mathrm{hypot}(0.5 \cdot h_{t-1}, W x_{t} + U h_{t-1})" in read["latex"]
    assert read["screen"][0] == "m_t = hypot(0.5 · h_t−1, W x_t + U h_t−1)"
    assert [text for text in read["drawn"] if "hypot" in text] == [
        "hypot",
        "hypot(·, −0.1)",
        "hypot",
    ]


ENTRIES = {
    TABLE: r'    Operation\(\n        name="cos".*?\n    \),\n',
    RULES: r"  cos: \{.*?\n  \},\n",
}


@pytest.mark.parametrize("file", ENTRIES)
def test_an_entry_left_out_is_seen(copy, file):
    entry = re.search(ENTRIES[file], (copy / file).read_text(encoding="utf-8"), re.DOTALL)
    change(copy, file, entry[0], "")
    went_well, printed = laws(copy, "keys", "table")
    assert not went_well
    assert "1 failed" in printed
