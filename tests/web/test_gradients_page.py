"""The Gradients page without a browser: its address, what it sends, phase diagram, check."""

import importlib
import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnnviz.gradients.phase import PhaseDiagram
from rnnviz.gradients.setup import CELLS, Setup
from tests.web.components import components

APP = Path(__file__).parent.parent.parent / "app.py"
PAGE = "pages/1_Gradients.py"


@pytest.fixture
def visit():
    def open_page(**query):
        page = AppTest.from_file(str(APP), default_timeout=60)
        page.switch_page(PAGE)
        page.query_params.update(query)
        return page.run()

    return open_page


@pytest.fixture
def section(visit):
    """The module of the phase diagram. A component can be declared only where an app has run."""
    visit()
    return importlib.import_module("rnnviz.web.gradients.phase_section")


def sent(page, which=0):
    """The header and arrays that a component on the page was sent."""
    assert [error.message for error in page.exception] == []
    payload = components(page)[which].proto.bytes
    length = int.from_bytes(payload[:4], "little")
    header = json.loads(payload[4 : 4 + length])
    numbers, at = {}, -(-(4 + length) // 8) * 8
    for entry in header["arrays"]:
        count = int(np.prod(entry["shape"]))
        numbers[entry["name"]] = np.frombuffer(payload, "<f8", count, at).reshape(entry["shape"])
        at += 8 * count
    return header, numbers


def turn(page, **knobs):
    """What the component reports when a knob is let go."""
    page.session_state["gradients"] = {"knobs": knobs}
    return page.run()


def button(page, words):
    return next(one for one in page.button if words in one.label)


def said(page):
    return " ".join(element.value for element in (*page.markdown, *page.caption))


def test_the_component_gets_every_cell_and_the_step_page_s_network(visit):
    header, arrays = sent(visit())
    assert [one["name"] for one in header["layers"] if "draws" in one] == list(CELLS)
    assert header["scene"]["title"] == "Which letter carried the mark?"
    assert "trained beforehand" in header["scene"]["badge"]
    assert arrays["x"].shape == (200, 4)


def test_the_network_is_the_one_the_step_page_showed_last():
    page = AppTest.from_file(str(APP), default_timeout=60)
    page.query_params.update(cell="MGU", sequence="noisy sine")
    page.run()
    page.switch_page(PAGE).run()
    header, _ = sent(page)
    assert header["scene"]["cell"] == "MGU"
    assert header["scene"]["title"] != "Which letter carried the mark?"


def test_the_address_sets_the_knobs_and_rubbish_is_clamped(visit):
    header, _ = sent(visit(length="30", scale="1.5", cells="mgu;lstm;nonsense", scene="shown"))
    start = header["start"]
    assert (start["length"], start["scale"]) == (30, 1.5)
    assert start["cells"] == ["MGU", "LSTM", "scene"]
    header, _ = sent(visit(length="1e99", hidden="-4", activation="sin", loss="never", scale="nan"))
    start = header["start"]
    assert (start["length"], start["hidden"], start["activation"]) == (200, 1, "tanh")
    assert (start["loss"], start["scale"]) == ("last", 1.0)


def test_a_knob_let_go_is_in_the_address_and_sends_nothing_again(visit):
    page = visit()
    before = sent(page)[0]["id"]
    turn(page, cells="LSTM", length=40, scale=1.25, scene="")
    assert page.query_params == {"cells": "LSTM", "length": "40", "scale": "1.25"}
    assert sent(page)[0]["id"] == before


def test_another_seed_sends_other_draws(visit):
    page = visit()
    before, arrays = sent(page)
    turn(page, seed=5)
    after, others = sent(page)
    assert before["id"] != after["id"]
    assert not np.array_equal(arrays["x"], others["x"])
    assert after["seed"] == 5


def test_a_large_hidden_size_in_the_address_gets_larger_draws(visit):
    header, arrays = sent(visit(hidden="50"))
    assert header["knobs"]["hidden"]["high"] == 64
    assert arrays["draw.1.hidden.hidden"].shape == (64, 64)
    assert sent(visit())[0]["knobs"]["hidden"]["high"] == 32


OWN_TEXT = "k = sigmoid(W_k @ x + b_k)\nh = k * h_prev + (1 - k) * tanh(W @ x + U @ h_prev)"


def own_layer(page):
    """What the component is told of the visitor's own cell; None where it has none."""
    layers = sent(page)[0]["layers"]
    return next((layer for layer in layers if layer["name"] == "own"), None)


def test_a_link_has_a_cell_of_ones_own_by_its_equations(visit):
    page = visit(cells="RNN;own", own=OWN_TEXT)
    assert sent(page)[0]["start"]["cells"] == ["RNN", "own"]
    assert own_layer(page)["memory"] == {"keep": "b_k", "sign": 1}
    assert dict(page.query_params) == {"cells": "RNN;own", "own": OWN_TEXT}


def test_a_cell_is_typed_and_gone_again(visit):
    page = visit()
    assert own_layer(page) is None
    page.text_area(key="own").set_value(OWN_TEXT).run()
    assert own_layer(page)["cell"]["names"] == ["k", "h"]
    assert page.query_params["own"] == OWN_TEXT
    turn(page, cells="RNN;own")
    assert page.query_params["cells"] == "RNN;own"
    page.text_area(key="own").set_value("").run()
    assert own_layer(page) is None
    assert dict(page.query_params) == {"cells": "RNN"}


def test_an_empty_box_can_begin_with_the_equations_of_the_lstm(visit):
    page = visit()
    button(page, "Begin with the LSTM").click().run()
    assert own_layer(page)["cell"] == next(
        one["cell"] for one in sent(page)[0]["layers"] if one["name"] == "LSTM"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("h = __import__('os')", "Line 1, column"),
        ("h = tanh(W @ x + r * U @ h_prev)", "r * (U @ h_prev)"),
        ("h = tanh(W @ x)", "nothing comes from the step before"),
        ("9" * 5000, "each line is one equation"),
        ("![](http://a.b/c)", "Line 1, column"),
    ],
)
@pytest.mark.parametrize("cells", ["RNN;own", "own"])
def test_what_is_no_cell_ends_in_one_sentence_and_all_else_is_drawn(visit, text, says, cells):
    page = visit(cells=cells, own=text)
    (error,) = page.error
    assert says in error.value
    assert own_layer(page) is None
    assert sent(page)[0]["start"]["cells"][0] == "RNN"


def test_in_a_room_the_page_ends_before_the_phase_diagram_so_that_the_bar_is_answered(
    section, visit
):
    page = visit(hidden="3", room="abcd")
    button(page, "Compute it").click().run()
    growing = page.session_state[section.GROWING]
    assert (growing.phase.done, growing.is_whole) == (0.0, False)
    assert "Cancel" in [one.label for one in page.button]


def test_a_cell_of_ones_own_has_a_map_in_the_phase_diagram(visit):
    page = computed(visit(cells="own", own=OWN_TEXT, hidden="2"), "1,500 networks")
    header, arrays = sent(page, 1)
    assert header["cells"][-1] == "own"
    assert np.isfinite(arrays["log10"][-1]).all()


def test_a_cell_that_does_not_hand_h_on_has_none_and_the_page_says_why(visit):
    page = visit(cells="own", own="c = 0.5 * c_prev + W @ x\nh = tanh(c)", hidden="2")
    header, _ = sent(computed(page, "1,250 networks"), 1)
    assert "own" not in header["cells"]
    assert "has no map" in header["about"]


def test_the_check_takes_a_cell_of_ones_own(visit):
    page = visit(length="12", hidden="4", cells="own", own=OWN_TEXT)
    button(page, "Check the gradient").click().run()
    rows = page.table[0].value
    engine, torchs = rows["engine"].astype(float), rows["PyTorch"].astype(float)
    np.testing.assert_allclose(engine, torchs, rtol=1e-10, atol=1e-18)
    assert "your own cell, length 12" in said(page)


def computed(page, label="Compute it"):
    """The page runs until there is nothing left to compute."""
    return button(page, label).click().run(timeout=60)


def test_the_phase_diagram_is_the_engine_s_and_tells_how_far_it_is(visit, section, monkeypatch):
    shown, progress = [], section._progress
    monkeypatch.setattr(
        section, "_progress", lambda request: shown.append(progress(request)) or shown[-1]
    )
    page = visit(hidden="4", seed="2")
    assert len(components(page)) == 1
    computed(page)
    header, arrays = sent(page, 1)
    assert header["done"] == 1.0
    shares = [share for share, _ in shown]
    assert len(shares) > 20
    assert shares == sorted(shares)
    assert shown[-1] == (1.0, "100% of the networks are measured")
    assert not any("Cancel" in one.label for one in page.button)
    *_, whole = PhaseDiagram(Setup(hidden=4, seed=2)).blocks()
    np.testing.assert_array_equal(arrays["log10"], whole.log10)


def test_a_cancelled_phase_diagram_is_kept_as_far_as_it_is(visit, section):
    base = Setup(hidden=5, seed=3)
    part = next(PhaseDiagram(base).blocks())
    page = visit(hidden="5", seed="3")
    page.session_state[section.GROWING] = section.Growing(base, None, part)
    header, arrays = sent(page.run(), 1)
    assert header["done"] == part.done < 1.0
    assert "Cancelled" in header["about"]
    np.testing.assert_array_equal(arrays["log10"], part.log10)
    computed(page, "for the knobs above")
    assert sent(page, 1)[0]["done"] == 1.0


def test_a_finished_phase_diagram_is_there_at_once_the_second_time(visit, section, monkeypatch):
    computed(visit(hidden="3", seed="4"))
    monkeypatch.setattr(PhaseDiagram, "blocks", None)
    again = visit(hidden="3", seed="4")
    button(again, "Compute it").click().run()
    assert sent(again, 1)[0]["done"] == 1.0


@pytest.mark.parametrize(
    ("others", "says"),
    [(1, "1 other diagram is computed first"), (3, "3 other diagrams are computed first")],
)
def test_a_phase_diagram_that_has_to_wait_says_for_what(section, others, says):
    queue = section._queue()
    first = [queue.ask(Setup(hidden=2, seed=seed)) for seed in range(others)]
    with ExitStack() as stack:
        for request in first:
            stack.enter_context(queue.watching(request))
        _, text = section._progress(queue.ask(Setup(hidden=2, seed=99)))
    assert says in text


def test_a_phase_diagram_says_for_which_knobs_it_is(visit):
    page = computed(visit(hidden="3", seed="4"))
    turn(page, hidden=3, seed=4, forget_bias=2.5)
    assert "bias 1," in sent(page, 1)[0]["about"]
    assert button(page, "for the knobs above")


@pytest.mark.parametrize("cell", ["RNN", "LSTM"])
def test_the_check_shows_three_opinions_with_every_digit(visit, cell):
    page = visit(length="12", hidden="4")
    page.selectbox(key="cell to check").set_value(cell).run()
    button(page, "Check the gradient").click().run()
    (table,) = page.table
    rows = table.value
    assert len(rows) == 6
    engine, torchs = rows["engine"].astype(float), rows["PyTorch"].astype(float)
    np.testing.assert_allclose(engine, torchs, rtol=1e-10, atol=1e-18)
    np.testing.assert_allclose(
        engine, rows["central difference"].astype(float), rtol=1e-4, atol=1e-8
    )
    assert max(len(text) for text in rows["engine"]) > 15
    assert f"{cell}, length 12" in said(page)


def test_torch_is_imported_only_for_the_check():
    source = (
        "import sys\n"
        "from streamlit.testing.v1 import AppTest\n"
        f"page = AppTest.from_file({str(APP)!r}, default_timeout=60)\n"
        f"page.switch_page({PAGE!r}).run()\n"
        "assert not page.exception\n"
        "assert len(page.get('bidi_component')) == 3\n"
        "print('torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, cwd=APP.parent)
    assert done.stdout.decode().split()[-1:] == ["False"], done.stderr.decode()
