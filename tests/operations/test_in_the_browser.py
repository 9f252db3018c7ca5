"""The browser knows every operation: its numbers are NumPy's, and what it says of them is so."""

import numpy as np
import pytest
import torch

from rnnviz.engine.cell_run import forward
from rnnviz.equations import parse
from rnnviz.gradients import direct_factors
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.web.figures import figures
from tests import oracle
from tests.javascript import run
from tests.operations.examples import applied, cell_of, plain_cell, uses_of
from tests.web.stepper.agreement import assert_same
from tests.web.stepper.networks import example
from tests.web.stepper.test_arithmetic import ALL
from tests.web.stepper.test_numpy import compare

every_operation = pytest.mark.parametrize("name", OPERATIONS)
squashing = pytest.mark.parametrize("name", [n for n in FUNCTIONS if OPERATIONS[n].squashes])


def ran(one):
    """The engine's run of the browser's example, of one layer that reads forwards."""
    params = {name: one.arrays[f"0.{name}"] for name in one.cell.parameters}
    initial = {name: one.arrays[f"0.initial.{name}"] for name in one.cell.states}
    return forward(one.cell, params, one.arrays["x"], initial=initial)


EXPLAINED = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
import { linesOf, reasonFor } from "./stepper/explanation/reason_lines.js";
const { header, arrays } = unpack(input.payload);
const network = runNetwork(header, arrays, {});
const { steps } = header.layers[0].cell;
output(steps.filter(([, op]) => op === input.op).map(([name]) => {
  const reason = reasonFor(network, arrays, 0, { name, unit: 1, step: 2 });
  const [line] = linesOf(reason, header.operations);
  const words = line.words?.map((word) => typeof word === "string" ? word : `${word.value}`) ?? [];
  const operands = reason.operands?.map(({ value }) => value) ?? [];
  return { kind: line.kind, words, operands, value: reason.value };
}));
"""


@every_operation
def test_every_use_of_it_is_explained(name):
    one = OPERATIONS[name]
    told = run(EXPLAINED, example(cell_of(name)).message | {"op": name})
    assert len(told) == len(uses_of(name))
    for use in told:
        if one.kind == "matrix product":
            assert use["kind"] == "product"
            continue
        expected = oracle.OPERATIONS[name](*map(oracle.tensor, use["operands"]))
        assert use["value"] == pytest.approx(expected.item(), rel=1e-14, abs=1e-15)
        called = one.spelled.screen if one.explained is None else one.explained
        assert called in "".join(use["words"])
        assert float(use["words"][-1]) == use["value"]
        if one.form == "function":
            assert [float(number) for number in use["words"][1:-2:2]] == use["operands"]


@every_operation
def test_every_number_and_every_gradient_is_explained(name):
    told = run(ALL, example(cell_of(name), both=True, layers=2).message)
    assert told == {"faults": [], "layers": 4}


@every_operation
def test_the_browser_s_numbers_are_numpy_s(name):
    compare(example(cell_of(name), both=True, layers=2, hidden=5, length=20, outputs=2))


DIRECT = """
import { runNetwork } from "./maths/network.js";
import { directFactors } from "./maths/gradient_paths.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const { run } = runNetwork(header, arrays, {}).layers[0];
output(run.spec.cell.states.map((state) => directFactors(run, state)));
"""


@every_operation
def test_the_browser_s_direct_paths_are_the_engine_s(name):
    one = example(cell_of(name), batch=1)
    done = ran(one)
    for state, found in zip(one.cell.states, run(DIRECT, one.message), strict=True):
        assert_same(found, direct_factors(done, state), state)


RANGES = """
import { createModel } from "./stepper/model.js";
import { questions } from "./stepper/context.js";
import { unpack } from "./maths/payload.js";
const payload = unpack(input.payload), model = createModel(payload, 0);
const { reading } = questions({ state: {} }, model, payload.header, {});
output({ shown: model.range(0, "v"), dragged: reading(0, "v", 1, 2) });
"""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_colours_and_drags_span_its_range(name):
    """Where it has both ends; else a drag stops at the one it has, and colours fit the values."""
    one, cell = (
        OPERATIONS[name],
        parse(f"v = {applied(name, 'W @ x', 'U @ h_prev')}\nh = v - h_prev"),
    )
    made = example(cell, scale=0.05)
    told = run(RANGES, made.message)
    shown, dragged = told["shown"], told["dragged"]
    v = ran(made).value("v")[:, 0]
    figure = figures.scale_of(cell, "v", v)
    assert (dragged["low"] == one.low) == np.isfinite(one.low)
    assert (dragged["high"] == one.high) == np.isfinite(one.high)
    assert (figure.low, figure.high) == (shown["low"], shown["high"])
    if "v" in cell.gates:
        assert (shown["low"], shown["high"]) == (0, 1)
    elif np.isfinite([one.low, one.high]).all():
        assert shown["high"] == -shown["low"] == max(-one.low, one.high)
    else:
        assert shown["high"] == -shown["low"] == figures.nice_ceiling(v)


SLOPES = """
import { runNetwork } from "./maths/network.js";
import { largestSlopes, slopesOf } from "./gradients/measure.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const { run } = runNetwork(header, arrays, {}).layers[0];
output([slopesOf(run, input.name), largestSlopes(run, input.name)]);
"""


@squashing
def test_the_slopes_of_a_plain_cell_are_autograds(name):
    one = example(plain_cell(name), batch=1)
    done = ran(one)
    before = torch.tensor(done.value("h.4"), requires_grad=True)
    oracle.OPERATIONS[name](before).sum().backward()
    slopes, largest = run(SLOPES, one.message | {"name": name})
    assert_same(slopes, before.grad, name)
    assert_same(largest, before.grad.abs().amax((1, 2)), name)
