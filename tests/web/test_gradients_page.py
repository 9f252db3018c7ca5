"""The Gradients page without a browser: its address, what it sends, phase diagram, check."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnnviz.gradients.experiment import CELLS, Experiment
from rnnviz.gradients.phase import phases
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
    assert "saved run" in header["scene"]["badge"]
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


def computed(page, label="Compute it"):
    """The page runs until there is nothing left to compute."""
    return button(page, label).click().run(timeout=60)


def test_the_phase_diagram_is_the_engine_s_and_tells_how_far_it_is(visit, section, monkeypatch):
    told, say = [], section._progress
    monkeypatch.setattr(section, "_progress", lambda growing: told.append(say(growing)) or told[-1])
    page = visit(hidden="4", seed="2")
    assert len(components(page)) == 1
    computed(page)
    header, arrays = sent(page, 1)
    assert header["done"] == 1.0
    shares = [share for share, _ in told]
    assert len(shares) > 20
    assert shares == sorted(shares)
    assert told[-1] == (1.0, "100% of the networks are measured")
    assert not any("Cancel" in one.label for one in page.button)
    *_, whole = phases(Experiment(hidden=4, seed=2))
    np.testing.assert_array_equal(arrays["log10"], whole.log10)


def test_a_cancelled_phase_diagram_is_kept_as_far_as_it_is(visit, section):
    base = Experiment(hidden=5, seed=3)
    part = next(phases(base))
    page = visit(hidden="5", seed="3")
    page.session_state[section.GROWING] = section.Growing(base, None, part)
    header, arrays = sent(page.run(), 1)
    assert header["done"] == part.done < 1.0
    assert "Cancelled" in header["said"]
    np.testing.assert_array_equal(arrays["log10"], part.log10)
    computed(page, "for the knobs above")
    assert sent(page, 1)[0]["done"] == 1.0


def test_a_finished_phase_diagram_is_there_at_once_the_second_time(visit, section, monkeypatch):
    computed(visit(hidden="3", seed="4"))
    monkeypatch.setattr(section, "phases", None)
    again = visit(hidden="3", seed="4")
    button(again, "Compute it").click().run()
    assert sent(again, 1)[0]["done"] == 1.0


def test_a_phase_diagram_says_for_which_knobs_it_is(visit):
    page = computed(visit(hidden="3", seed="4"))
    turn(page, hidden=3, seed=4, forget_bias=2.5)
    assert "bias 1," in sent(page, 1)[0]["said"]
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
        "assert len(page.get('bidi_component')) == 2\n"
        "print('torch' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, cwd=APP.parent)
    assert done.stdout.decode().split()[-1:] == ["False"], done.stderr.decode()
