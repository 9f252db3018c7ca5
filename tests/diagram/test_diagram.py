"""The diagram shows what the steps say: every value, every flow, nothing on top of anything."""

import json
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnviz.cells import ABOUT, GALLERY, ROLES
from rnnviz.diagram.layout import Diagram, Edge, Node, _layout, layout
from rnnviz.equations import Cell, parse
from rnnviz.representation import is_matrix, is_parameter, is_part
from tests.strategies import cells

WRITTEN = {
    "minimal": "z = sigmoid(W_z @ x + b_z)\nh = z * h_prev + (1 - z) * tanh(W @ x)",
    "two leaky states": "a = tanh(W @ x + U @ h_prev)\ns = 0.9 * s_prev + 0.1 * a\n"
    "c = 0.5 * c_prev + 0.5 * a\nh = relu(V_1 @ s + V_2 @ c + b)",
    "multiplicative": "m = (W_m @ x) * (U_m @ h_prev)\nf = sigmoid(W_f @ x + U_f @ m + b_f)\n"
    "g = tanh(W_g @ x + U_g @ m)\no = sigmoid(W_o @ x + U_o @ m)\n"
    "c = f * c_prev + (1 - f) * g\nh = o * softplus(c) - 1e-3 * h_prev",
    "names of JavaScript": "constructor = exp(b)\nh = constructor * h_prev",
}
NAMED = [*GALLERY.values(), *map(parse, WRITTEN.values())]
some_cells = st.one_of(st.sampled_from(NAMED), cells())


def feeds(drawn: Diagram, target: str) -> set[str]:
    return {e.source for e in drawn.edges if e.target == target}


def fed_by(cell: Cell, node: str, shown: set[str]) -> set[str]:
    """What a step depends on: its operands, through the parts that have no node of their own."""
    found, waiting = set(), list(cell.step(node).operands)
    while waiting:
        name = waiting.pop()
        if is_part(name) and name not in shown:
            waiting.extend(cell.step(name).operands)
        elif not is_parameter(name):
            found.add(name)
    return found


def folded_parts(cell: Cell, node: str, shown: set[str]) -> Iterator[str]:
    for name in cell.step(node).operands:
        if is_part(name) and name not in shown:
            yield name
            yield from folded_parts(cell, name, shown)


def inside(node: Node, x: float, y: float, margin: float) -> bool:
    across, down = node.width / 2 + margin, node.height / 2 + margin
    return abs(x - node.x) < across and abs(y - node.y) < down


def crosses(edge: Edge, node: Node) -> bool:
    """Whether any point of a wire, a pixel apart, lies within a node."""
    for (x0, y0), (x1, y1) in pairwise(edge.points):
        length = int(abs(x1 - x0) + abs(y1 - y0))
        for i in range(length + 1):
            x, y = x0 + (x1 - x0) * i / max(length, 1), y0 + (y1 - y0) * i / max(length, 1)
            if inside(node, x, y, margin=-0.5):
                return True
    return False


@settings(deadline=None, max_examples=40)
@given(some_cells)
def test_every_named_value_and_state_appears(cell: Cell) -> None:
    shown = {n.id: n for n in layout(cell).nodes}
    assert {*cell.names} <= {*shown}
    for state in {*cell.states, "h"}:
        assert shown[f"{state}.next"].kind == "state"
    leaves = {a for s in cell.steps for a in s.operands if a == "x" or a.endswith("_prev")}
    assert {n for n, node in shown.items() if node.kind == "leaf"} == {
        n for n in leaves if not is_parameter(n)
    }


@settings(deadline=None, max_examples=40)
@given(some_cells)
def test_the_wires_are_the_data_flow_of_the_steps(cell: Cell) -> None:
    drawn = layout(cell)
    shown = {n.id for n in drawn.nodes}
    for node in drawn.nodes:
        if node.kind == "leaf":
            assert feeds(drawn, node.id) == set()
        elif node.kind == "state":
            assert feeds(drawn, node.id) == {node.name}
        else:
            assert feeds(drawn, node.id) == fed_by(cell, node.id, shown)


@settings(deadline=None, max_examples=40)
@given(some_cells)
def test_only_sums_with_parameters_and_their_function_are_folded(cell: Cell) -> None:
    drawn = layout(cell)
    shown = {n.id for n in drawn.nodes}
    for node in drawn.nodes:
        if node.kind in ("leaf", "state"):
            continue
        folded = list(folded_parts(cell, node.id, shown))
        operations = {cell.step(part).op for part in folded}
        assert operations <= {"add", "sub", "neg", "matmul", "mul"}
        for part in folded:
            step = cell.step(part)
            assert step.op != "mul" or any(map(is_parameter, step.operands))
        uses = [a for p in (node.id, *folded) for a in cell.step(p).operands]
        assert bool(folded) <= any(map(is_parameter, uses))
        assert any(map(is_matrix, uses)) <= (node.kind == "gate")


@settings(deadline=None, max_examples=40)
@given(some_cells)
def test_nothing_lies_on_anything(cell: Cell) -> None:
    drawn = layout(cell)
    for a, b in combinations(drawn.nodes, 2):
        apart_x = abs(a.x - b.x) - (a.width + b.width) / 2
        apart_y = abs(a.y - b.y) - (a.height + b.height) / 2
        assert max(apart_x, apart_y) >= 8, (a.id, b.id)
    for edge in drawn.edges:
        for node in drawn.nodes:
            assert not crosses(edge, node), (edge.source, edge.target, node.id)


def is_on_border(node: Node, x: float, y: float) -> bool:
    across = abs(x - node.x) - node.width / 2
    down = abs(y - node.y) - node.height / 2
    return max(across, down) == pytest.approx(0, abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(some_cells)
def test_wires_run_at_right_angles_from_border_to_border(cell: Cell) -> None:
    drawn = layout(cell)
    node = {n.id: n for n in drawn.nodes}
    for edge in drawn.edges:
        assert is_on_border(node[edge.source], *edge.points[0])
        assert is_on_border(node[edge.target], *edge.points[-1])
        assert edge.name == node[edge.source].name
        for (x0, y0), (x1, y1) in pairwise(edge.points):
            assert (x0 == x1) != (y0 == y1)


@settings(deadline=None, max_examples=40)
@given(some_cells)
def test_all_is_inside_the_canvas(cell: Cell) -> None:
    drawn = layout(cell)
    frame = drawn.frame
    xs = [frame.x, frame.x + frame.width, *(x for e in drawn.edges for x, _ in e.points)]
    ys = [frame.y, frame.y + frame.height, *(y for e in drawn.edges for _, y in e.points)]
    xs += [n.x + side * n.width / 2 for n in drawn.nodes for side in (-1, 1)]
    ys += [n.y + side * n.height / 2 for n in drawn.nodes for side in (-1, 1)]
    assert 0 <= min(xs) <= max(xs) <= drawn.width
    assert 0 <= min(ys) <= max(ys) <= drawn.height


@settings(deadline=None, max_examples=40)
@given(cells())
def test_a_written_cell_runs_from_left_to_right(cell: Cell) -> None:
    drawn = layout(cell)
    node = {n.id: n for n in drawn.nodes}
    for edge in drawn.edges:
        assert node[edge.source].x < node[edge.target].x


@settings(deadline=None, max_examples=20)
@given(some_cells)
def test_a_cell_has_one_diagram(cell: Cell) -> None:
    first = layout(cell)
    _layout.cache_clear()
    assert layout(cell) == first


@given(some_cells)
@settings(deadline=None, max_examples=30)
def test_it_is_json_and_its_roles_are_the_known_ones(cell: Cell) -> None:
    data = layout(cell).to_json()
    read = json.loads(json.dumps(data, allow_nan=False))
    assert [n["id"] for n in read["nodes"]] == [n.id for n in layout(cell).nodes]
    assert [len(e["points"]) for e in read["edges"]] == [len(e.points) for e in layout(cell).edges]
    assert {n.role for n in layout(cell).nodes} <= {*ROLES}


def test_only_cells_that_fit_no_page_are_laid_out_without_hints() -> None:
    without = [name for name in GALLERY if not ABOUT[name].lanes]
    assert without == ["SRU", "sLSTM", "RG-LRU", "Selective SSM"]
    assert all(layout(GALLERY[name]).width > 780 for name in without)


@pytest.mark.parametrize("name", [name for name in GALLERY if ABOUT[name].lanes])
def test_a_gallery_cell_stands_where_the_hints_say_and_fits_the_page(name: str) -> None:
    drawn, hints = layout(GALLERY[name]), ABOUT[name].lanes
    node = {n.id: n for n in drawn.nodes}
    assert {*node} == {*hints}
    for a, b in combinations(hints, 2):
        assert node[a].x - node[b].x == pytest.approx(100 * (hints[a][0] - hints[b][0]), abs=10)
        assert node[a].y - node[b].y == pytest.approx(70 * (hints[a][1] - hints[b][1]), abs=10)
    assert drawn.width <= 780
    assert drawn.height <= 420


def run_together(a: Edge, b: Edge) -> float:
    """How many pixels two wires share, lying on one another."""
    longest = 0.0
    for (ax0, ay0), (ax1, ay1) in pairwise(a.points):
        for (bx0, by0), (bx1, by1) in pairwise(b.points):
            across = min(max(ax0, ax1), max(bx0, bx1)) - max(min(ax0, ax1), min(bx0, bx1))
            down = min(max(ay0, ay1), max(by0, by1)) - max(min(ay0, ay1), min(by0, by1))
            if min(across, down) == 0:
                longest = max(longest, across, down)
    return longest


@pytest.mark.parametrize("cell", NAMED)
def test_wires_of_two_values_do_not_run_together_unless_they_feed_the_same(cell: Cell) -> None:
    drawn = layout(cell)
    targets = {n.id: {e.target for e in drawn.edges if e.source == n.id} for n in drawn.nodes}
    for a, b in combinations(drawn.edges, 2):
        if a.source != b.source and targets[a.source] != targets[b.source]:
            assert run_together(a, b) == 0, (a.source, a.target, b.source, b.target)


def test_the_conveyor_of_an_lstm_is_one_straight_line_along_the_top() -> None:
    drawn = layout(GALLERY["LSTM"])
    lane = [e for e in drawn.edges if e.lane]
    assert [(e.source, e.target) for e in lane] == [
        ("c_prev", "c.1"),
        ("c.1", "c"),
        ("c", "c.next"),
    ]
    heights = {y for e in lane for _, y in e.points}
    assert heights == {min(n.y for n in drawn.nodes)}
    assert {e.role for e in lane} == {"cell"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("h = tanh(W @ x + U @ h_prev + b)", {"h": ("gate", "tanh")}),
        ("h = W @ x - U @ h_prev", {"h": ("gate", "linear")}),
        ("h = tanh(h_prev)", {"h": ("function", "tanh")}),
        ("f = tanh(h_prev)\nh = f", {"f": ("gate", "tanh"), "h": ("function", "id")}),
        ("h = p * h_prev", {"h": ("gate", "linear")}),
        ("h = -h_prev", {"h": ("operator", "−")}),
        ("h = 1 - h_prev", {"h": ("operator", "1−")}),
        ("h = h_prev - 1", {"h": ("operator", "−1")}),
        ("h = 0.5 * h_prev", {"h": ("operator", "×0.5")}),
        (
            "n = tanh(W @ x + b * (U @ h_prev + p))\nh = n",
            {"n": ("gate", "tanh"), "n.3": ("gate", "linear"), "h": ("function", "id")},
        ),
        (
            "f = sigmoid(U @ h_prev)\ni = 1 - f\nh = i * h_prev",
            {"f": ("gate", "σ"), "i": ("gate", "1−"), "h": ("operator", "×")},
        ),
    ],
)
def test_what_a_step_becomes(text: str, expected: dict[str, tuple[str, str]]) -> None:
    nodes = layout(parse(text)).nodes
    shown = {n.id: (n.kind, n.text) for n in nodes if n.kind not in ("leaf", "state")}
    assert shown == expected


@pytest.mark.parametrize(
    "name", [n for n, about in ABOUT.items() if about.title.startswith("LSTM")]
)
def test_roles_are_seen_from_what_a_value_multiplies(name: str) -> None:
    parts = {n: p.role for n, p in ABOUT[name].parts.items()}
    derived = {n.id: n.role for n in layout(GALLERY[name], roles={}).nodes}
    assert {n: derived[n] for n in parts} == parts


def test_a_cell_as_large_as_the_language_allows_is_laid_out() -> None:
    lines = ["a0 = tanh(W @ x + U @ h_prev)"]
    lines += [f"a{i} = sigmoid(U_{i} @ a{i - 1} + a{i // 2})" for i in range(1, 60)]
    drawn = layout(parse("\n".join([*lines, "h = a59 * a0 + h_prev"])))
    assert len(drawn.nodes) == len(lines) + len(["x", "h_prev", "h.1", "h", "h.next"])
