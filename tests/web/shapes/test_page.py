"""The Shapes page without a browser: the address in and out, and what its component is sent."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from streamlit.testing.v1 import AppTest

from rnnviz.shapes import SETTINGS, Setup
from rnnviz.shapes.example import example
from rnnviz.web.shapes import state
from rnnviz.web.shapes.asked import Asked
from rnnviz.web.shapes.payload import call_payload
from rnnviz.web.shapes.state import Place
from tests.web.components import components

APP = Path(__file__).parent.parent.parent.parent / "app.py"
PADDED = Setup(bidirectional=True, lengths=(2, 5, 3))
SETUPS = [
    Setup(),
    PADDED,
    Setup(kind="GRU", batch_first=True, vocabulary=50, outputs=4, initial="given"),
    Setup(kind="RNN", nonlinearity="relu", num_layers=1, batch=0),
    Setup(proj_size=3, lengths=(5, 2, 1), packed=False),
]


@pytest.fixture
def visit():
    def open_page(**query):
        page = AppTest.from_file(str(APP), default_timeout=60)
        page.switch_page("pages/5_Shapes.py")
        page.query_params.update(query)
        return page.run()

    return open_page


def header(page):
    """What the component on the page was sent."""
    assert [error.message for error in page.exception] == []
    call, _more = components(page)
    assert call.proto.component_name == "rnnviz.shapes"
    return unpacked(call.proto.bytes)[0]


def unpacked(payload):
    """A payload's header and its arrays."""
    length = int.from_bytes(payload[:4], "little")
    header, start = json.loads(payload[4 : 4 + length]), -(-(4 + length) // 8) * 8
    arrays = {}
    for one in header["arrays"]:
        count = int(np.prod(one["shape"]))
        arrays[one["name"]] = np.frombuffer(payload, "<f8", count, start).reshape(one["shape"])
        start += 8 * count
    return header, arrays


def shape(sent, name):
    (found,) = [one["shape"] for one in sent["tensors"] if one["name"] == name]
    return found


def test_it_begins_with_the_call_that_every_tutorial_has(visit):
    sent = header(visit())
    assert [shape(sent, name) for name in ("x", "h_0", "output", "h_n", "c_n")] == [
        "(5, 3, 10)",
        "(2, 3, 20)",
        "(5, 3, 20)",
        "(2, 3, 20)",
        "(2, 3, 20)",
    ]


@pytest.mark.parametrize("setup", SETUPS)
def test_every_choice_is_in_the_address_and_is_read_from_it(visit, setup):
    page = visit(**SETTINGS.write(vars(setup)))
    sent = header(page)
    assert {key: one["value"] for key, one in sent["settings"].items()} == {
        name: one.write(getattr(setup, name)) for name, one in SETTINGS.items()
    }
    written = {key: page.query_params[key] for key in page.query_params}
    assert Setup(**SETTINGS.read(written)) == setup


@pytest.mark.parametrize(
    "query",
    [{"hidden_size": "-4", "lengths": "9;9;9;9"}, {"kind": "Transformer", "look": "<b>"}],
)
def test_a_link_that_makes_no_sense_shows_the_nearest_that_does(visit, query):
    page = visit(**query)
    assert header(page)["refusal"] == ""
    assert page.error == [] or not page.error


@pytest.mark.parametrize("setup", SETUPS)
def test_the_numbers_that_are_sent_are_torchs(setup):
    """Of the last layer, at every step; the module has the example's own weights."""
    found = example(setup)
    sent, arrays = unpacked(call_payload(Place(setup)))
    kind = getattr(torch.nn, setup.kind)
    options = {
        key: getattr(setup, key) for key in ("num_layers", "bias", "batch_first", "bidirectional")
    }
    if setup.kind == "RNN":
        options["nonlinearity"] = setup.nonlinearity
    if setup.kind == "LSTM":
        options["proj_size"] = setup.proj_size
    rnn = kind(setup.input_size, setup.hidden_size, **options, dtype=torch.float64)
    given = {
        name.removeprefix("rnn."): torch.tensor(array)
        for name, array in found.weights.items()
        if name.startswith("rnn.")
    }
    rnn.load_state_dict(given)
    tensors = {name: torch.tensor(array) for name, array in found.arrays.items()}
    states = tuple(tensors[f"{state}_0"] for state in setup.states)
    x = tensors["x"]
    if setup.is_packed:
        x = torch.nn.utils.rnn.pack_padded_sequence(
            x, setup.lengths, batch_first=setup.batch_first, enforce_sorted=False
        )
    with torch.no_grad():
        output, last = rnn(x, states if setup.kind == "LSTM" else states[0])
        if setup.is_packed:
            output, _ = torch.nn.utils.rnn.pad_packed_sequence(
                output, batch_first=setup.batch_first
            )
    time_first = output if not setup.batch_first else output.transpose(0, 1)
    top = arrays["h"][-setup.directions :, : setup.output_length]
    ours = np.concatenate(list(top), axis=-1)
    assert np.allclose(ours, time_first.reshape(ours.shape), rtol=0, atol=1e-12)
    h_n = last[0] if setup.kind == "LSTM" else last
    net = sent["net"]
    for row in range(setup.num_layers * setup.directions):
        for item in range(setup.sequences):
            step = 0 if row % setup.directions else setup.read_steps[item] - 1
            theirs = h_n[row] if not setup.batch else h_n[row, item]
            assert np.allclose(arrays["h"][row, step, item], theirs, rtol=0, atol=1e-12)
    assert net["lengths"] == list(setup.steps)


def asked(changed, **settings):
    return Asked(1, "", settings, changed, None)


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("proj_size", "30", "proj_size must be smaller than hidden_size, 20"),
        ("lengths", "5;9;2", "No sequence is longer than the input, 5 steps"),
        ("lengths", "5;2", "2 lengths for 3 sequences"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_leaves_what_was_there(key, text, says):
    before = Place(Setup())
    now = state.answered(before, asked((key,), **{key: text}))
    assert says in now.refusal
    assert now.setup == before.setup
    assert now.turn == 1


@pytest.mark.parametrize(
    ("before", "changed", "found"),
    [
        (Setup(proj_size=5), {"kind": "GRU"}, Setup(kind="GRU")),
        (PADDED, {"length": "3"}, Setup(bidirectional=True, length=3, lengths=(2, 3, 3))),
        (Setup(kind="RNN", nonlinearity="relu"), {"kind": "LSTM"}, Setup()),
    ],
)
def test_what_follows_from_a_change_changes_with_it(before, changed, found):
    now = state.answered(Place(before), asked(tuple(changed), **changed))
    assert (now.refusal, now.setup) == ("", found)


def test_code_is_read_and_what_is_none_leaves_what_was_there():
    code = "rnn = nn.GRU(10, 20, 2, bidirectional=True)"
    now = state.answered(Place(Setup()), Asked(1, "", {}, (), code))
    assert now.setup == Setup(kind="GRU", bidirectional=True)
    assert "nn.GRU(10, 20, num_layers=2, bidirectional=True)" in now.pasted
    wrong = state.answered(now, Asked(2, "", {}, (), "import os; os.system('rm -rf /')"))
    assert wrong.setup == now.setup
    assert wrong.is_refused
    assert wrong.pasted != ""


def test_of_many_sequences_those_that_are_looked_at_are_sent():
    setup = Setup(hidden_size=200, length=40, batch=64)
    sent, arrays = unpacked(call_payload(Place(setup, look="3-60-0_1-2-7_")))
    assert sent["example"]["items"] == [2, 60]
    expected = example(setup).h[1, 0, :, [2, 60]]
    assert np.array_equal(arrays["h"][1].swapaxes(0, 1), expected)
