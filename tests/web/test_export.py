"""One HTML file: its modules and styles all inside, its run the recording's, its policy closed."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

import rnnviz
from rnnviz.cells import GALLERY
from rnnviz.engine.checks import Hold
from rnnviz.network.losses import Loss
from rnnviz.scenes.asked import asked
from rnnviz.web import export
from rnnviz.web.bundle import BROWSER, bundle
from tests.javascript import run

ROOT = Path(__file__).parent.parent.parent
X = np.random.default_rng(3).standard_normal((6, 2, 3))
RUN = """
import { holdsByLayer } from "./stepper/changes/changes.js";
import { runNetwork } from "./maths/network.js";
import { unpack } from "./maths/payload.js";
const { header, arrays } = unpack(input.payload);
const told = runNetwork(header, arrays, { item: input.item, holds: holdsByLayer(header.changes) });
output({ output: told.output, prediction: told.prediction, loss: told.loss, dx: told.dx });
"""


def network(name="LSTM", **options):
    return rnnviz.Network.fresh(GALLERY[name], inputs=3, hidden=4, **options)


def payload_in(page):
    return base64.b64decode(re.search(r'id="run">([^<]*)<', page)[1])


def header_in(page):
    payload = payload_in(page)
    return json.loads(payload[4 : 4 + int.from_bytes(payload[:4], "little")])


def told(page, item=0):
    return run(RUN, {"payload": payload_in(page), "item": item})


@pytest.mark.parametrize("name", GALLERY)
def test_the_run_in_the_page_is_the_recording_whatever_the_cell(name):
    rec = rnnviz.trace(network(name, seed=4), X[:, 0])
    inside, grads = told(rec.to_html()), rec.backward(at=-1)
    np.testing.assert_allclose(inside["output"], rec.output.ravel(), atol=1e-12)
    np.testing.assert_allclose(inside["dx"], grads.x.ravel(), rtol=1e-9, atol=1e-12)
    assert inside["loss"] == pytest.approx(grads.loss)


def test_a_batch_of_several_lengths_is_shown_one_sequence_at_a_time_up_to_its_end():
    """The browser knows no padding: what it gets has none."""
    x, lengths, batch = X.copy(), [6, 4], network(layers=2, bidirectional=True, seed=4)
    x[4:, 1] = np.nan
    hold = Hold("f", 0.25, steps=[1, 5], layer=0, reverse=True)
    rec = rnnviz.trace(batch, x, lengths=lengths, hold=hold)
    for item, length in enumerate(lengths):
        page = rec.to_html(item=item, labels="hidden"[:length])
        inside = told(page)
        np.testing.assert_allclose(inside["output"], rec.output[:length, item].ravel(), atol=1e-12)
    assert payload_in(rec.to_html()) == payload_in(rec.to_html(item=0))
    whole = rnnviz.trace(batch, X)
    alone = told(whole.to_html(item=1))
    np.testing.assert_allclose(alone["output"], whole.output[:, 1].ravel(), atol=1e-12)
    with pytest.raises(ValueError, match="there is no item 2"):
        rec.to_html(item=2)


def test_holds_and_first_states_of_every_layer_and_direction_come_along():
    states = np.random.default_rng(8).standard_normal((2, 2, 4))
    rec = rnnviz.trace(
        network(layers=2, bidirectional=True, outputs=2),
        X,
        initial={"layers.1.h": states[0], "layers.0.reverse.c": states[1]},
        hold=[
            Hold("f", 0.25, steps=[0, 1, 4], unit=2, layer=0, reverse=True),
            Hold("h", -0.5, steps=-1, layer=0),
            Hold("i", 0.0),
            Hold("i", 1.0, steps=range(2, 4), unit=1),
            Hold("c", 0.5, steps=1, unit=[2, 0, 2], layer=0),
            Hold("c", 0.5, steps=1, unit=[], layer=0),
        ],
    )
    page = rec.to_html()
    for item in (0, 1):
        inside = told(page, item)
        np.testing.assert_allclose(inside["output"], rec.output[:, item].ravel(), atol=1e-12)
        np.testing.assert_allclose(inside["prediction"], rec.prediction[:, item].ravel())
    assert [(c["layer"], c["name"], c["from"], c["to"]) for c in header_in(page)["changes"]] == [
        (1, "f", 0, 2),
        (1, "f", 4, 5),
        (0, "h", 5, 6),
        (2, "i", 0, 6),
        (2, "i", 2, 4),
        (0, "c", 1, 2),
    ]
    units = [change["unit"] for change in header_in(page)["changes"]]
    assert units == [2, 2, None, None, 1, [0, 2]]


def test_a_loss_with_targets_is_the_page_s_loss():
    rec = rnnviz.trace(network(outputs=2), X[:, 0])
    loss = Loss("squared error", [2, 4], np.ones((6, 2)))
    page, grads = rec.to_html(loss=loss), rec.backward(loss=loss)
    assert told(page)["loss"] == pytest.approx(grads.loss)
    np.testing.assert_allclose(told(page)["dx"], grads.x.ravel(), rtol=1e-9, atol=1e-12)
    assert header_in(page)["loss"]["text"] == (
        "L is the squared error of its answer averaged over 2 steps."
    )


@pytest.mark.parametrize(
    ("kind", "steps", "says"),
    [
        ("sum", (4,), "L is the sum of the 8 outputs h, at the last step."),
        ("sum", (0, 1, 2, 3, 4), "L is the sum of the 8 outputs h, added over all steps."),
        ("cross entropy", (1,), "L is the cross entropy of its answer at step 2."),
        ("squared error", (0, 3), "L is the squared error of its answer averaged over 2 steps."),
    ],
)
def test_what_is_asked_is_said_in_a_sentence(kind, steps, says):
    assert asked(kind, steps, length=5, features=8).text == says


def test_words_are_the_caller_s_or_what_was_read():
    rec = rnnviz.trace(network(), np.eye(3)[[0, 2, 1]])
    own = header_in(rec.to_html(labels="cab", input_names="cba", title="T", story="S"))
    assert own["sequence"]["labels"] == ["c", "a", "b"]
    assert own["sequence"]["alphabet"] == ["c", "b", "a"]
    assert (own["title"], own["story"]) == ("T", "S")
    plain = header_in(rec.to_html())
    assert plain["sequence"]["labels"] == ["1", "3", "2"]
    assert plain["title"] == "LSTM, 4 units"
    numbers = header_in(rnnviz.trace(network(), X).to_html())["sequence"]
    assert numbers["item_labels"] == [[""] * 6] * 2
    assert (numbers["one_hot"], numbers["input_names"][0]) == (False, "input 1")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"labels": [list("abcde"), list("abcdef")]}, "there are 6 steps, and 5 labels"),
        ({"labels": [list("abcdef")]}, "there are 2 sequences, and labels for 1"),
        ({"input_names": ["a"]}, "there are 3 inputs, and 1 names"),
        ({"loss": Loss("sum", [6])}, "there is no step 6"),
        ({"loss": Loss("squared error", None, np.ones((6, 2, 9)))}, "the targets have shape"),
    ],
)
def test_what_does_not_fit_is_refused(options, says):
    with pytest.raises(ValueError, match=says):
        rnnviz.trace(network(), X).to_html(**options)


def test_what_is_no_text_in_a_title_is_replaced(tmp_path):
    path = tmp_path / "run.html"
    rnnviz.trace(network(), X).to_html(path, title="a\ud800b", story="c\udfffd")
    page = path.read_text(encoding="utf-8")
    assert "<title>a?b</title>" in page
    assert (header_in(page)["title"], header_in(page)["story"]) == ("a?b", "c?d")


def test_a_title_is_text_and_nothing_in_the_page_ends_a_script_early():
    title = "</title></script><script>alert(1)</script>"
    page = rnnviz.trace(network(), X).to_html(title=title, story=title)
    assert "alert(1)" not in page.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    assert header_in(page)["title"] == title
    assert page.count("<script") == page.count("</script") == 3  # data, the glossary, the code
    assert page.count("</style") == 1


def test_all_the_code_is_inside():
    for component in export.STANDALONE:
        script = script_in(export.one_file(b"", "t", component))
        assert script == bundle(f"standalone/{component}.js").code
        assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


def script_in(page):
    return re.search(r'<script type="module">(.*?)</script>', page, flags=re.DOTALL)[1]


def test_the_policy_lets_in_what_stands_in_the_page_and_nothing_else():
    page = export.one_file(b"", "t")
    policy = re.search(r'Security-Policy" content="([^"]*)"', page)[1]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)[1]

    def digest(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == [digest(script_in(page))]
    assert rules["style-src-elem"] == [digest(style)]
    assert "@import" not in style
    assert "http" not in policy
    # Where there is none, a browser asks the site it is served from for one.
    assert '<link rel="icon" href="data:,">' in page


def test_the_theme_is_the_app_s():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]
    css = (BROWSER / "standalone" / "page.css").read_text()
    pairs = re.findall(r"--st-([a-z-]+): light-dark\((#\w+), (#\w+)\)", css)
    light, dark = ({name: colours[k] for name, *colours in pairs} for k in (0, 1))
    for seen, theme in ((light, config["light"]), (dark, config["dark"])):
        assert {name: colour.upper() for name, colour in seen.items()} == {
            "background-color": theme["backgroundColor"].upper(),
            "text-color": theme["textColor"].upper(),
            "primary-color": theme["primaryColor"].upper(),
        }


def test_a_page_is_written_without_streamlit_plotly_or_torch(tmp_path):
    code = (
        "import sys, numpy, rnnviz\n"
        "net = rnnviz.Network.fresh(rnnviz.cells.GALLERY['LSTM'], inputs=1, hidden=2)\n"
        "rec = rnnviz.trace(net, numpy.ones((3, 1)))\n"
        f"rec.to_html({str(tmp_path / 'run.html')!r})\n"
        "assert not {'streamlit', 'plotly', 'torch'} & set(sys.modules)\n"
        "print(len(rec.to_html()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert len((tmp_path / "run.html").read_text()) == int(done.stdout)


def test_the_method_is_the_function_and_takes_nothing_else(tmp_path):
    rec, about = rnnviz.trace(network(), X), {"title": "A run", "story": "As it went."}
    export.to_html(rec, tmp_path / "run.html", **about)
    text = export.to_html(rec, **about)
    assert rec.to_html(**about) == text == (tmp_path / "run.html").read_text(encoding="utf-8")
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        rec.to_html(colour="red")
