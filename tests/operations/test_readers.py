"""Every reader knows every operation: a cell of it is read, run, pulled back, written, drawn,
explained and exported, and every number is torch's."""

import runpy

import numpy as np
import pytest

from rnnviz import notation
from rnnviz.diagram.layout import layout
from rnnviz.engine.cell_run import Hold, forward
from rnnviz.equations import EquationError, parse
from rnnviz.gradients.bound import bound, plain
from rnnviz.gradients.check import Checked, check
from rnnviz.gradients.curve import curves
from rnnviz.gradients.measured import measure
from rnnviz.interop import programs
from rnnviz.network.losses import Loss
from rnnviz.network.network import Network
from rnnviz.network.propagation import propagate
from rnnviz.operations import FUNCTIONS, OPERATIONS
from tests import oracle
from tests.engine.test_engine import agree
from tests.operations.examples import applied, cell_of, plain_cell, uses_of

every_operation = pytest.mark.parametrize("name", OPERATIONS)
squashing = pytest.mark.parametrize("name", [n for n in FUNCTIONS if OPERATIONS[n].squashes])


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
    for row in check(Checked(network, x, Loss("sum")), count=len(network.parameters)):
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
