"""Every reader knows every operation: a cell of it is read, run, pulled back, written, drawn,
explained and exported, and every number is torch's."""

import runpy

import numpy as np
import pytest
import torch

from rnnviz import notation
from rnnviz.diagram.layout import layout
from rnnviz.engine.cell_run import Hold, forward
from rnnviz.equations import EquationError, parse
from rnnviz.gradients import direct_factors
from rnnviz.gradients.bound import bound, plain
from rnnviz.gradients.check import check
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.interop import programs
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.web import figures
from tests import oracle
from tests.engine.test_engine import agree
from tests.javascript import run
from tests.operations.examples import applied, cell_of
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


def uses_of(name):
    return [step for step in cell_of(name).steps if step.op == name]


@every_operation
def test_it_is_read_with_all_its_operands(name):
    assert uses_of(name)
    assert {len(step.args) for step in uses_of(name)} == {OPERATIONS[name].arity}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_function_is_refused_with_another_count_of_operands(name, count):
    text = f"h = {name}({', '.join(['h_prev'] * count)})"
    if count == OPERATIONS[name].arity:
        assert parse(text).steps[0].op == name
    else:
        words = {1: "one value", 2: "two values"}[OPERATIONS[name].arity]
        with pytest.raises(EquationError, match=f"`{name}` takes {words}, as in"):
            parse(text)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_of_numbers_alone_is_refused(name):
    with pytest.raises(EquationError, match="is a number; write the number itself"):
        parse(f"h = h_prev * {applied(name, '1', '2')}")


@every_operation
def test_its_numbers_and_gradients_are_autograds(name):
    cell = cell_of(name)
    agree(oracle.sample(cell))
    agree(oracle.sample(cell, dtype=np.float32), tolerance=1e-4)
    for held in cell.names:
        agree(oracle.sample(cell, holds=[Hold(held, 0.3, steps=range(1, 3), unit=1)]))


@every_operation
def test_the_second_opinion_agrees(name):
    network = Network.fresh(cell_of(name), inputs=2, hidden=3, outputs=1, seed=2)
    x = np.random.default_rng(0).normal(size=(4, 1, 2))
    for row in check(measure(network, x, Loss("sum")), count=len(network.parameters)):
        assert row.from_autograd < 1e-10, row


@every_operation
def test_it_is_written_and_reads_back(name):
    cell, spelled = cell_of(name), OPERATIONS[name].spelled
    text = notation.plain(cell)
    assert parse(text) == cell
    assert spelled.plain in text
    latex = notation.latex(cell)
    assert spelled.latex in latex
    assert latex.count("{") == latex.count("}")
    assert latex.count("(") == latex.count(")") == text.count("(")


@every_operation
def test_its_equation_in_numbers_ends_in_its_value(name):
    cell = cell_of(name)
    given = oracle.sample(cell, batch=1, hidden=1, inputs=1)
    run_of_it = forward(cell, **given.given)

    def lookup(value):
        if value in given.params:
            return float(given.params[value][0])
        return float(run_of_it.value(value)[2, 0, 0])

    for value in cell.names:
        line = notation.numbers(cell, value, lookup)
        assert line.endswith(f" = {notation.number(lookup(value), 'plain')}"), line


@every_operation
def test_it_is_drawn(name):
    cell, drawn = cell_of(name), layout(cell_of(name))
    texts = [node.text for node in drawn.nodes]
    assert all(texts)
    assert {*cell.names} <= {node.name for node in drawn.nodes}
    if OPERATIONS[name].form == "function":
        assert any(text.startswith(OPERATIONS[name].spelled.screen) for text in texts)
    for step in uses_of(name):
        shown = {node.id for node in drawn.nodes}
        fed = {edge.source for edge in drawn.edges if edge.target == step.name}
        if step.name in shown:
            assert fed >= {a for a in step.operands if a in shown}


EXPLAINED = """
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
import { linesOf, reasonFor } from "./stepper/reason_lines.js";
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


@pytest.mark.parametrize("code", [programs.with_numpy, programs.with_torch])
@every_operation
def test_the_generated_code_answers_as_the_network(tmp_path, name, code):
    network = Network.fresh(cell_of(name), inputs=3, hidden=5, outputs=2, seed=4)
    path = tmp_path / "network.py"
    path.write_text(code(network))
    x = np.random.default_rng(0).standard_normal((7, 3))
    expected = propagate(network, x[:, None]).prediction[:, 0]
    found = np.asarray(runpy.run_path(str(path))["predict"](x))
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


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
import { questions } from "./stepper/stage.js";
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


def plain_cell(name):
    return parse(f"h = {name}(W @ x + U @ h_prev + b)")


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


@squashing
def test_the_bound_of_a_plain_cell_holds_where_there_is_one(name):
    cell = plain_cell(name)
    assert plain(cell).function == name
    network = Network.fresh(cell, inputs=2, hidden=4, seed=3)
    measured = measure(network, np.random.default_rng(1).normal(size=(9, 1, 2)), Loss("sum", [-1]))
    found = bound(measured)
    if OPERATIONS[name].steepest is None:
        assert found is None
        return
    curve, room = curves(measured)["h"].total, 1 + 1e-12
    assert found.steepest == OPERATIONS[name].steepest
    assert (curve <= found.measured * room).all()
    assert (found.measured <= found.theory * room).all()
