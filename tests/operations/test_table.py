"""What an entry of the table says is so: both languages have it, and torch finds the same."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from rnnviz import operations
from rnnviz.operations import FUNCTIONS, OPERANDS, OPERATIONS
from tests import oracle
from tests.javascript import BROWSER, run
from tests.web.stepper import walk

PYTHON = BROWSER.parent.parent
SQUASHING = [name for name in FUNCTIONS if OPERATIONS[name].squashes]
QUARTERS = np.pi / 2 * np.arange(-4, 5)  # where a sine is at its ends
WIDE = np.sort([*np.linspace(-30, 30, 6001), *QUARTERS, -1e7, 1e7])


def partial(name, slot, *operands):
    """d(result)/d(operand) as torch's autograd finds it, elementwise."""
    leaves = [torch.tensor(np.asarray(a, float), requires_grad=True) for a in operands]
    oracle.OPERATIONS[name](*leaves).sum().backward()
    return leaves[slot].grad.numpy()


def elementwise(count=200):
    """Two operands, of either sign and of any size up to 30."""
    return np.random.default_rng(0).uniform(-30, 30, (2, count))


def within(name, operands):
    """The same, but for signs that leave the operation without a value."""
    return np.abs(operands) if OPERATIONS[name].least == 0 else operands


def operands_of(name, count=200):
    return within(name, elementwise(count))[: OPERATIONS[name].arity]


def wide(name):
    """As far as an operand may go: 30 stands for infinity, or what a logarithm makes 30 of."""
    return np.geomspace(1e-15, 1e15, 6001) if OPERATIONS[name].least == 0 else WIDE


def test_every_table_of_both_languages_has_the_same_keys():
    script = 'import { RULES } from "./maths/rules.js"; output([...RULES.keys()]);'
    tables = [run(script), operations.to_json(), oracle.OPERATIONS, walk.OPERATIONS]
    for keys in tables:
        assert sorted(keys) == sorted(OPERATIONS)


def test_every_rule_of_the_browser_goes_both_ways():
    script = """
    import { RULES } from "./maths/rules.js";
    output([...RULES.values()].map((rules) => Object.keys(rules).sort().join(" ")));
    """
    assert set(run(script)) == {"backward forward"}


@pytest.mark.parametrize("name", OPERATIONS)
def test_its_texts_say_what_it_computes(name):
    one, rng = OPERATIONS[name], np.random.default_rng(0)
    known = {"np": np, "torch": torch}
    written = [eval(f"lambda a, b: {text}", known) for text in (one.numpy, one.torch)]  # noqa: S307
    a, b = within(name, rng.normal(size=(2, 4, 4)))
    expected = one.forward(*(a, b)[: one.arity])
    if one.kind == "matrix product":  # of vectors as rows
        b, expected = b.T, expected.T
    for found in (written[0](a, b), written[1](torch.tensor(a), torch.tensor(b))):
        np.testing.assert_allclose(np.asarray(found), expected, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_writes_into_the_array_it_is_given(name):
    one, rng = OPERATIONS[name], np.random.default_rng(0)
    a, b, y, g = within(name, rng.normal(size=(4, 3, 3)))
    out = np.empty((3, 3))
    arrays = {"gradient": g, "first": a, "second": b, "result": y}
    rules = [(one.forward, ("first", "second")[: one.arity]), *one.gradients]
    for rule, sources in rules:
        expected = rule(*(arrays[source] for source in sources))
        assert rule(*(arrays[source] for source in sources), out) is out
        np.testing.assert_array_equal(out, expected)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_may_be_written_over_its_operand(name):
    one = OPERATIONS[name]
    operands = operands_of(name)
    for over in range(one.arity):
        given = operands.copy()
        one.forward(*given, given[over])
        np.testing.assert_array_equal(given[over], one.forward(*operands))


@pytest.mark.parametrize("name", OPERATIONS)
def test_its_values_fill_its_range(name):
    """None lies outside, and some come as near to each end as one asks; 30 stands for infinity."""
    one = OPERATIONS[name]
    some = wide(name) if one.arity == 1 else [*wide(name)[::10], 0.0]
    first, second = np.meshgrid(some, some if one.arity == 2 else [0.0])
    with np.errstate(all="ignore"):  # 0 / 0 is no value
        values = one.forward(*(first.reshape(-1, 1, 1), second.reshape(-1, 1, 1))[: one.arity])
    assert one.low <= np.nanmin(values) <= max(one.low + 1e-6, -30)
    assert min(one.high - 1e-6, 30) <= np.nanmax(values) <= one.high


@pytest.mark.parametrize("name", SQUASHING)
def test_its_steepest_slope_is_the_largest_there_is(name):
    slopes, steepest = np.abs(partial(name, 0, wide(name))), OPERATIONS[name].steepest
    if steepest is None:
        assert slopes.max() > 1e6
    else:
        assert slopes.max() == pytest.approx(steepest, rel=1e-9)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_sum_hands_every_gradient_on_as_it_is_or_turned(name):
    if OPERATIONS[name].kind == "matrix product":
        return
    operands = operands_of(name)
    slopes = [partial(name, slot, *operands) for slot in range(len(operands))]
    turned = [np.unique(slope).tolist() in ([1.0], [-1.0]) for slope in slopes]
    assert (OPERATIONS[name].kind == "sum") == all(turned)


def is_straight(name, slot):
    """Whether a value halfway between two of an operand gives the value halfway."""
    operands = [torch.tensor(a) for a in operands_of(name)]

    def at(shift):
        moved = (a + shift if k == slot else a for k, a in enumerate(operands))
        return oracle.OPERATIONS[name](*moved).numpy()

    return np.allclose(at(0), (at(-40) + at(40)) / 2, rtol=1e-12, atol=1e-9)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_direct_path_passes_units_apart_and_no_function_that_bends(name):
    one = OPERATIONS[name]
    apart = one.kind != "matrix product"
    assert one.is_direct == (apart and all(is_straight(name, k) for k in range(one.arity)))


# --- no other list ---------------------------------------------------------------------------

OFFERED = {
    "cells.py": "the gallery is written in the language",
    "training/knobs/knobs.py": "functions offered in place of a cell's own",
    "cells/alterations/functions.py": "functions that may stand in place of another",
    "gradients/setup.py": "plain cells, by the function that tells them apart",
    "interop/cell_variants.py": "what other libraries call them; they have some of ours",
    "interop/onnx/layers.py": "what ONNX calls them, and which its cells have",
    "web/browser/gradients/knobs_view.js": "the same plain cells",
    "web/browser/gradients/series.js": "the same plain cells",
    "web/browser/gradients/phase_view.js": "the same plain cells",
}
"""Files that name functions as a choice among some; what can be chosen need not be all."""


def lists_of_operations(root: Path) -> list[str]:
    """Where a display or a line names two operations or more, besides the tables themselves."""
    found = []
    for path in [*root.rglob("*.py"), *root.rglob("*.js")]:
        name = path.relative_to(root).as_posix()
        if name in ("operations/table.py", "web/browser/maths/rules.js", *OFFERED):
            continue
        read = _displays if path.suffix == ".py" else _brackets
        found += [f"{name}: {', '.join(sorted(n))}" for n in read(path.read_text()) if len(n) > 1]
    return found


def _displays(source):
    """The operations named in each dict, tuple, list, set of a Python module."""
    displays = (ast.Dict, ast.Tuple, ast.List, ast.Set)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, displays):
            keys = node.keys if isinstance(node, ast.Dict) else node.elts
            named = {key.value for key in keys if isinstance(key, ast.Constant)}
            yield named & set(OPERATIONS)


def _brackets(source):
    """The operations named, as strings or keys, between one bracket and the last that matches."""
    for match in re.finditer(r"(?:\[|\{)(?:[^;`]*?)(?:\]\)|\};|\);)", source):
        named = {n for n in OPERATIONS if re.search(rf"""["']{n}["']|\b{n}:""", match[0])}
        yield named - {"min", "max"} or set()  # the ends of a slider


def test_no_other_module_lists_operations():
    assert lists_of_operations(PYTHON) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("engine/more.py", 'SLOPES = {"tanh": 1.0, "relu": 2.0}'),
        ("diagram/more.py", 'SIGNS = {\n    "mul": "×",\n    "add": "+",\n}'),
        ("gradients/more.py", 'DIRECT = ("add", "sub")'),
        ("web/browser/more.js", 'const DIRECT = new Set(["add", "sub", "mul"]);'),
        ("web/browser/more.js", 'const F = new Map([\n  ["exp", "e"],\n  ["relu", "r"],\n]);'),
        ("web/browser/more.js", "const F = { tanh: 1, relu: 2 };"),
    ],
)
def test_another_list_is_found(tmp_path, file, text):
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text)
    assert len(lists_of_operations(tmp_path)) == 1


# --- where functions bend --------------------------------------------------------------------

BENDS = np.array([-3.0, -2.5, -1.0, 0.0, 1.0, 2.5, 3.0])
BESIDE = np.concatenate([BENDS, np.nextafter(BENDS, -9), np.nextafter(BENDS, 9), BENDS + 1e-3])
ELEMENTWISE = [name for name, one in OPERATIONS.items() if one.kind != "matrix product"]
BOTH_WAYS = """
import { RULES } from "./maths/rules.js";
const slot = (numbers) => ({
  data: numbers, gradient: new Float64Array(numbers.length), size: numbers.length, stride: 0,
});
const { name, first, second } = input.value;
const n = first.length;
const a = slot(first), b = second === null ? a : slot(second), y = slot(new Float64Array(n));
RULES.get(name).forward({ y, a, b }, 0, 0, n);
y.gradient.fill(1);
RULES.get(name).backward({ y, a, b }, 0, 0, n);
output([y.data, a.gradient, ...(second === null ? [] : [b.gradient])]);
"""


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_at_its_kinks_and_beside_them_value_and_slopes_are_torchs_in_both_languages(name):
    one = OPERATIONS[name]
    grid = np.meshgrid(BESIDE, BESIDE) if one.arity == 2 else [BESIDE]
    operands = [a.ravel() for a in grid]
    leaves = [torch.tensor(a, requires_grad=True) for a in operands]
    result = oracle.OPERATIONS[name](*leaves)
    result.sum().backward()
    theirs = [result.detach().numpy(), *(leaf.grad.numpy() for leaf in leaves)]
    with np.errstate(all="ignore"):
        forward = one.forward(*operands)
        arrays = dict(zip(OPERANDS, operands, strict=False), result=forward)
        arrays["gradient"] = np.ones_like(forward)
        ours = [forward, *(rule.of(arrays.__getitem__) for rule in one.gradients)]
    value = {"name": name, "first": operands[0], "second": None}
    if one.arity == 2:
        value["second"] = operands[1]
    for mine, browsers, torchs in zip(ours, run(BOTH_WAYS, {"value": value}), theirs, strict=True):
        np.testing.assert_allclose(mine, torchs, rtol=1e-13, atol=1e-15)
        np.testing.assert_allclose(browsers, torchs, rtol=1e-13, atol=1e-15)
