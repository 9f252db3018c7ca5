"""The rows of the By hand page: every weight stands in one, and a sum is what its terms add to."""

import numpy as np
import pytest
from hypothesis import given, settings

from rnnviz import Layer, Network, trace
from rnnviz.cells import GALLERY
from rnnviz.equations import parse
from rnnviz.operations import to_json as operations
from tests.javascript import run
from tests.strategies import cells

ROWS = """
import { factorOf, rowsOf } from "./by_hand/rows.js";
import { forward } from "./maths/engine.js";
const { spec, params, x, steps } = input;
const sizes = new Map(Object.entries(spec.cell.sizes));
const parameters = new Map(Object.entries(spec.cell.parameters));
const cell = { ...spec.cell, sizes, parameters };
const given = new Map(Object.entries(params));
const run = forward({ ...spec, cell }, given, x, { steps });
const number = (name, unit) => {
  const { data, stride } = run.slots.get(name);
  return data[(steps - 1) * stride + unit];
};
output(Array.from({ length: spec.hidden }, (_, unit) => rowsOf(cell, spec, unit).map((row) => ({
  ...row,
  total: number(row.sum, unit),
  numbers: [...row.weights.map((one) => factorOf(one, number) * given.get(one.array)[one.index]),
    ...row.rest.map((one) => factorOf(one, number))],
}))));
"""


def rows(cell, hidden=2, inputs=3, seed=0):
    """For each unit its rows, with their numbers at the last of three steps."""
    rng = np.random.default_rng(seed)
    sizes = {"hidden": hidden, "inputs": inputs}
    shapes = {name: [sizes[s] for s in shape] for name, shape in cell.parameters.items()}
    params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    spec = {"cell": {**cell.to_json(), "operations": operations()}, **sizes}
    x = rng.normal(size=(3, inputs))
    return run(ROWS, {"spec": spec, "params": params, "x": x, "steps": 3}), params


def check(cell):
    found, params = rows(cell)
    seen = {name: set() for name in params}
    for unit in found:
        for row in unit:
            total = row["total"]
            if np.isfinite(total):
                size = max(1.0, *(abs(number) for number in row["numbers"]))
                assert abs(sum(row["numbers"]) - total) <= 1e-9 * size, row
            for weight in row["weights"]:
                seen[weight["array"]].add(weight["index"])
    assert seen == {name: set(range(array.size)) for name, array in params.items()}


@pytest.mark.parametrize("name", GALLERY)
def test_every_weight_of_the_gallery_stands_in_a_row_whose_terms_add_up(name):
    check(GALLERY[name])


@settings(max_examples=60)
@given(cells())
def test_and_of_any_cell_one_writes(cell):
    check(cell)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("RNN (tanh)", [("h", "tanh")]),
        ("LSTM", [("i", "sigmoid"), ("f", "sigmoid"), ("o", "sigmoid"), ("g", "tanh")]),
        ("GRU (PyTorch)", [("r", "sigmoid"), ("z", "sigmoid"), ("n", "tanh")]),
    ],
)
def test_a_gate_is_one_row(name, expected):
    (unit, _other), _params = rows(GALLERY[name])
    assert sorted((row["value"], row["operation"]) for row in unit) == sorted(expected)


def test_what_stands_before_a_product_is_part_of_its_arithmetic():
    """PyTorch's candidate: r (U h_prev + b) is a product with each weight of the bracket."""
    (unit, _other), _params = rows(GALLERY["GRU (PyTorch)"])
    (n,) = [row for row in unit if row["value"] == "n"]
    with_gate = [
        w["array"] for w in n["weights"] if any(f.get("name") == "r" for f in w["factors"])
    ]
    assert set(with_gate) == {"U_n", "b_hn"} or len(set(with_gate)) == 2


def test_a_sum_that_is_no_functions_operand_is_a_row_by_itself():
    cell = parse("a = W @ x\nh = a + U @ h_prev - b")
    (unit, _other), _params = rows(cell)
    assert [(row["value"], row["operation"], len(row["rest"])) for row in unit] == [
        ("a", None, 0),
        ("h", None, 1),
    ]
    signs = {weight["array"]: weight["sign"] for weight in unit[1]["weights"]}
    assert signs == {"U": 1, "b": -1}


def test_an_unnamed_function_in_a_line_is_a_row_too():
    cell = parse("h = h_prev + tanh(W @ x + b)")
    (unit, _other), _params = rows(cell)
    assert [row["operation"] for row in unit] == ["tanh"]
    recording = trace(Network((Layer(cell, {"W": [[1.0]], "b": [0.0]}, inputs=1),)), [[1.0]])
    assert recording["h"].shape == (1, 1)
