"""Laws of the unrolled picture, and of which entry of `output` and `h_n` stands in which cell."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.javascript import run

PLAN = """
import { planOf } from "./shapes/figure_plan.js";
import { alongTime, inAndOut, upward } from "./shapes/arrows_plan.js";
import { inView } from "./shapes/in_view.js";
const { net, at, width } = input;
const view = inView(net, at);
const plan = planOf(net, view, { hasEmbedding: true, hasLinear: true }, width);
"""
NET = 'import * as net from "./shapes/net.js";\n'


@st.composite
def nets(draw):
    length, batch = draw(st.integers(1, 20)), draw(st.integers(1, 8))
    lengths = draw(st.lists(st.integers(1, length), min_size=batch, max_size=batch))
    packed = draw(st.booleans())
    hidden = draw(st.integers(1, 6))
    kind = draw(st.sampled_from(["LSTM", "GRU", "RNN"]))
    return {
        "kind": kind,
        "layers": draw(st.integers(1, 4)),
        "directions": draw(st.integers(1, 2)),
        "hidden": hidden,
        "out": hidden,
        "length": length,
        "outputLength": max(lengths) if packed else length,
        "batch": batch,
        "lengths": lengths,
        "isPacked": packed,
        "isBatchFirst": draw(st.booleans()),
    }


@st.composite
def looked_at(draw):
    net = draw(nets())
    at = {
        "step": draw(st.integers(0, net["outputLength"] - 1)),
        "item": draw(st.integers(0, net["batch"] - 1)),
    }
    return {"net": net, "at": at, "width": draw(st.integers(620, 1100))}


def planned(asked):
    return run(
        PLAN
        + "output({ ...plan, columns: [...plan.columns], view, depth: view.items.map(plan.depth),"
        " up: upward(net, plan, at.item), along: alongTime(net, plan, at.item),"
        " ends: inAndOut(net, plan, at.item) });",
        asked,
    )


def read_steps(net, item):
    return net["lengths"][item] if net["isPacked"] else net["length"]


def overlaps(one, other):
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in [("x", "width"), ("y", "height")]
    )


@settings(max_examples=40, deadline=None)
@given(looked_at())
def test_time_runs_right_layers_go_up_and_backward_has_a_lane_above_forward(asked):
    plan = planned(asked)
    assert all(left < right for (_, left), (_, right) in pairwise(plan["columns"]))
    assert [step for step, _ in plan["columns"]] == sorted(plan["view"]["steps"])
    rows = sorted(plan["lanes"], key=lambda lane: (lane["layer"], lane["direction"]))
    assert all(lower["y"] > upper["y"] for lower, upper in pairwise(rows))
    lowest = max(cell["y"] + cell["height"] for cell in plan["cells"])
    assert all(one["y"] >= lowest - max(plan["depth"]) for one in plan["inputs"])
    for one in [*plan["cells"], *plan["inputs"]]:
        assert 0 <= one["x"] <= one["x"] + one["width"] <= plan["width"]
        assert 0 <= one["y"] <= one["y"] + one["height"] <= plan["height"]


@settings(max_examples=40, deadline=None)
@given(looked_at())
def test_the_boxes_of_a_sequence_lie_beside_one_another(asked):
    plan = planned(asked)
    for item in plan["view"]["items"]:
        boxes = [one for one in plan["cells"] if one["item"] == item]
        for k, one in enumerate(boxes):
            assert not any(overlaps(one, other) for other in boxes[:k])


@settings(max_examples=40, deadline=None)
@given(looked_at())
def test_a_strip_of_h_lies_on_one_of_c_and_only_an_lstm_has_one(asked):
    for cell in planned(asked)["cells"]:
        hidden, memory = cell["hidden"], cell["memory"]
        assert (memory is not None) == (asked["net"]["kind"] == "LSTM")
        if memory:
            assert hidden["y"] + hidden["height"] == pytest.approx(memory["y"])
            assert hidden["x"] == memory["x"]


@settings(max_examples=40, deadline=None)
@given(looked_at())
def test_the_shortest_sequence_is_in_front_and_every_sheet_further_back_is_higher(asked):
    plan, lengths = planned(asked), asked["net"]["lengths"]
    items = plan["view"]["items"]
    assert [lengths[item] for item in items] == sorted((lengths[i] for i in items), reverse=True)
    assert all(back >= front for back, front in pairwise(plan["depth"]))
    assert plan["depth"][-1] == 0
    assert asked["at"]["item"] in items
    drawn = [one["item"] for one in plan["inputs"]]
    assert drawn == sorted(drawn, key=items.index)


@settings(max_examples=40, deadline=None)
@given(looked_at())
def test_arrows_lead_up_and_along_as_far_as_the_sequence_is_read(asked):
    net, plan = asked["net"], planned(asked)
    last = read_steps(net, asked["at"]["item"])
    read = [step for step in plan["view"]["steps"] if step < last]
    states = 2 if net["kind"] == "LSTM" else 1
    lanes = net["layers"] * net["directions"]
    assert len(plan["up"]) == len(read) * (net["layers"] + 1)
    assert len(plan["along"]) == (len(read) - 1) * lanes * states
    assert all(head["towards"] == "up" for one in plan["up"] for head in one["heads"])
    towards = [one["heads"][0]["towards"] for one in plan["along"]]
    assert towards.count("left") * 2 == (len(towards) if net["directions"] == 2 else 0)
    ends = plan["ends"]["endings"]
    assert sorted(
        (e["state"], e["lane"]["layer"], e["lane"]["direction"], e["at"]) for e in ends
    ) == (
        sorted(
            (state, layer, direction, at)
            for state in "hc"[:states]
            for layer in range(net["layers"])
            for direction in range(net["directions"])
            for at in ("start", "end")
        )
    )
    for end in ends:
        goes_left = (end["at"] == "end") == (end["lane"]["direction"] == 1)
        assert end["side"] == ("left" if goes_left else "right")


@settings(max_examples=25, deadline=None)
@given(nets(), st.data())
def test_each_entry_is_found_where_torch_has_it(net, data):
    """h of every layer and direction, run one by one in torch, holds what the whole one gives."""
    torch.manual_seed(0)
    net = {**net, "kind": "RNN"}
    x = torch.randn(net["length"], net["batch"], 3)
    rnn = torch.nn.RNN(3, net["hidden"], net["layers"], bidirectional=net["directions"] == 2)
    given_ = torch.nn.utils.rnn.pack_padded_sequence(x, net["lengths"], enforce_sorted=False)
    with torch.no_grad():
        output, h_n = rnn(given_ if net["isPacked"] else x)
        if net["isPacked"]:
            output, _ = torch.nn.utils.rnn.pad_packed_sequence(output)
    step = data.draw(st.integers(0, net["outputLength"] - 1))
    item = data.draw(st.integers(0, net["batch"] - 1))
    row = data.draw(st.integers(0, net["layers"] * net["directions"] - 1))
    entry = [step, item, data.draw(st.integers(0, net["hidden"] * net["directions"] - 1))]
    state = [row, item, data.draw(st.integers(0, net["hidden"] - 1))]
    same, cell, skipped, back = run(
        NET + "const at = net.cellOfOutput(input.net, input.entry);"
        "output([net.isSameNumber(input.net, input.entry, input.state), at,"
        " net.isSkipped(input.net, at.cell), net.outputOf(input.net, at.cell, at.unit)]);",
        {"net": net, "entry": entry, "state": state},
    )
    assert back == entry
    if skipped:
        assert (output[step, item] == 0).all()
    if same:
        assert output[tuple(entry)] == h_n[tuple(state)]
    elif row == (net["layers"] - 1) * net["directions"] + cell["cell"]["direction"]:
        is_last = run(NET + "output(net.isLast(input.net, input.cell));", {"net": net, **cell})
        if is_last and not skipped:
            assert np.isclose(output[tuple(entry)], h_n[row, item, cell["unit"]])


@settings(max_examples=40, deadline=None)
@given(looked_at())
def test_every_arrow_upward_ends_under_the_middle_of_a_cell_or_at_the_output(asked):
    """Of the sequence looked at; forward stands left of backward."""
    plan, item = planned(asked), asked["at"]["item"]
    ours = [one for one in plan["cells"] if one["item"] == item]
    ends = [(one["x"] + one["width"] / 2, one["y"] + one["height"] + 2) for one in ours]
    for head in (head for arrow in plan["up"] for head in arrow["heads"]):
        is_output = head["y"] == pytest.approx(plan["top"] + 2)
        assert is_output or any((head["x"], head["y"]) == pytest.approx(end) for end in ends)
    places = {(one["layer"], one["direction"], one["step"]): one["x"] for one in ours}
    for (layer, direction, step), x in places.items():
        assert direction == 0 or places[layer, 0, step] < x


def test_a_long_sequence_shows_its_ends_and_what_is_looked_at():
    net = {
        "kind": "GRU",
        "layers": 1,
        "directions": 1,
        "hidden": 2,
        "out": 2,
        "length": 100,
        "outputLength": 100,
        "batch": 12,
        "lengths": [100] * 11 + [40],
        "isPacked": True,
        "isBatchFirst": False,
    }
    view = run(PLAN + "output(view);", {"net": net, "at": {"step": 50, "item": 11}, "width": 800})
    assert view["steps"] == [0, 1, 2, 39, 50, 97, 98, 99]
    assert view["items"][-1] == 11
    assert len(view["items"]) <= 6
