"""What a notebook shows: everything escaped, bounded, and nothing from elsewhere."""

import csv
import io
import re
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import torch
from IPython.core.formatters import DisplayFormatter

import rnnviz
from rnnviz.cells import GALLERY, named
from rnnviz.diagram import layout
from rnnviz.network.network import Network
from rnnviz.representation import is_part
from rnnviz.web.notebook import recordings
from rnnviz.web.notebook.markup import card, element, written

X = np.random.default_rng(0).standard_normal((12, 3))
NETWORK = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=4, outputs=2, bidirectional=True)
REC = rnnviz.trace(NETWORK, X)
RUN = rnnviz.training.advance(
    rnnviz.training.start(task="adding problem", length=5, hidden=4, batch=4, clip_norm=0.1), 30
)


def watched():
    rnn = torch.nn.RNN(3, 4)
    optimizer = torch.optim.SGD(rnn.parameters(), lr=0.1)
    with rnnviz.watch(rnn, every=1) as seen:
        for _ in range(3):
            optimizer.zero_grad()
            rnn(torch.from_numpy(X).float())[0].square().sum().backward()
            optimizer.step()
    return seen


WATCHED = watched()
SHOWN = {
    "recording": REC,
    "gradients": REC.backward(at=-1),
    "gradients of a layer": REC.backward(at=-1).layer(0, reverse=True),
    "run": RUN,
    "run before any update": rnnviz.training.start(hidden=4),
    "network": NETWORK,
    "cell": GALLERY["GRU (Cho)"],
    "cell by name": named("LSTM"),
    "watched training": WATCHED,
    "large recording": rnnviz.trace(NETWORK, np.zeros((recordings.MOST_STEPS + 1, 3))),
}


def tree(thing):
    return ET.fromstring(thing._repr_html_())


class _Tags(HTMLParser):
    """Every element's name and attributes, read as HTML."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("thing", SHOWN.values(), ids=SHOWN)
def test_a_notebook_gets_a_picture_and_a_few_lines(thing):
    data, _ = DisplayFormatter().format(thing)
    assert {"text/html", "text/plain"} <= set(data)
    lines = data["text/plain"].split("\n")
    assert 1 <= len(lines) <= 10
    assert max(map(len, lines)) < 200
    assert "[[" not in data["text/plain"]


@pytest.mark.parametrize("thing", SHOWN.values(), ids=SHOWN)
def test_outside_a_frame_nothing_runs_and_nothing_is_fetched(thing):
    for tag, attributes in _Tags(thing._repr_html_()).found:
        assert tag not in ("script", "link", "object", "embed", "style")
        assert attributes.get("src", "data:").startswith("data:")
        assert not {"href", "onload", "onclick"} & set(attributes)
        assert "url(" not in attributes.get("style", "")


def test_texts_of_a_user_are_texts():
    hostile = "</div><script>alert(1)</script>"
    network = Network(NETWORK.body, notes=(hostile,))
    assert hostile in "".join(tree(network).itertext())
    shown = card(hostile, element("p", {"title": hostile}, hostile))
    assert [tag for tag, _ in _Tags(shown).found] == ["div", "div", "p"]
    assert _Tags(shown).found[-1][1] == {"title": hostile}
    titled = recordings.framed("<p>a</p>", '"><script>')
    assert [tag for tag, _ in _Tags(titled).found] == ["iframe"]
    found = ET.fromstring(written(element("p", {"title": '"&>'}, "a", element("b"), "&")))
    assert (found.get("title"), found.text, found[0].tail) == ('"&>', "a", "&")


def test_a_recording_is_the_file_it_can_be_written_into_in_a_sandbox():
    ((tag, found),) = _Tags(REC._repr_html_()).found
    assert tag == "iframe"
    assert found["srcdoc"] == REC.to_html()
    assert "allow-scripts" in found["sandbox"].split()
    assert "allow-same-origin" not in found["sandbox"]
    assert "height:720px" in found["style"]
    assert "default-src 'none'" in found["srcdoc"]


def test_what_a_recording_costs_is_bounded():
    wide = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=154)
    weights = sum(array.size for array in wide.parameters.values())
    steps = (recordings.MOST_NUMBERS - weights) // 3
    steps = min(steps, recordings.MOST_STEPS)
    rec = rnnviz.trace(wide, np.zeros((steps, 3)))
    assert weights + rec.x.size > 0.97 * recordings.MOST_NUMBERS
    assert len(rec._repr_html_()) < 2_000_000


@pytest.mark.parametrize(
    ("hidden", "steps"), [(4, recordings.MOST_STEPS + 1), (160, 10), (4, 40_000)]
)
def test_a_large_recording_is_a_table_and_says_how_to_see_more(hidden, steps):
    network = Network.fresh(GALLERY["LSTM"], inputs=3, hidden=hidden)
    rec = rnnviz.trace(network, np.ones((steps, 3)))
    shown = rec._repr_html_()
    assert len(shown) < 20_000
    text = "".join(ET.fromstring(shown).itertext())
    assert "iframe" not in shown
    assert 'rec.to_html("run.html")' in text
    assert f"{rec['f'].mean():.3g}" in text
    assert f"({steps}, {hidden})" in text


def test_numbers_that_are_none_leave_a_large_recording_shown():
    network = NETWORK.replace({"layers.0.b_f": np.full(4, np.nan)})
    rec = rnnviz.trace(network, np.zeros((recordings.MOST_STEPS + 1, 3)))
    assert "–" in "".join(tree(rec).itertext())


def test_the_table_of_a_padded_recording_leaves_padding_out():
    x = np.random.default_rng(1).standard_normal((recordings.MOST_STEPS + 1, 2, 3))
    rec = rnnviz.trace(NETWORK, x, lengths=[len(x), 1])
    text = "".join(tree(rec).itertext())
    own = np.concatenate([rec["h"][:, 0], rec["h"][:1, 1]])
    assert f"{own.mean():.3g}" in text
    assert f"{rec['h'].mean():.3g}" not in text


@pytest.mark.parametrize("name", GALLERY)
def test_a_cell_s_diagram_has_every_box_and_wire(name):
    cell = GALLERY[name]
    diagram, drawn = layout(cell), tree(cell).find(".//svg")
    outlines = drawn.findall("rect")
    assert len(outlines) == 1 + len(diagram.nodes)
    assert len(drawn.findall("polygon")) == len(drawn.findall("path")) == len(diagram.edges)
    texts = ["".join(text.itertext()) for text in drawn.findall("text")]
    assert all(node.text in texts for node in diagram.nodes if node.kind not in ("leaf", "state"))
    width, height = map(float, drawn.get("viewBox").split()[2:])
    for box in outlines:
        x, y, w, h = (float(box.get(key)) for key in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + w <= width
        assert y + h <= height


@pytest.mark.parametrize("name", GALLERY)
def test_a_cell_s_equations_are_those_of_its_steps(name):
    cell = GALLERY[name]
    lines = [
        "".join(div.itertext()) for div in tree(cell).iter("div") if "nowrap" in str(div.attrib)
    ]
    written_as = [
        "".join(token[1].replace("_", "") for token in line["symbols"])
        for line in rnnviz.notation.equations(cell)
    ]
    assert lines == written_as
    assert cell._repr_latex_() == f"$$\n{rnnviz.notation.latex(cell)}\n$$"


def test_an_arrow_ends_at_its_box():
    cell = GALLERY["LSTM"]
    tips = [
        tuple(map(float, head.get("points").split()[0].split(",")))
        for head in tree(cell).iter("polygon")
    ]
    assert tips == [edge.points[-1] for edge in layout(cell).edges]


def test_a_network_is_a_table_of_its_stages():
    rows = [[cell.text for cell in row] for row in tree(NETWORK).iter("tr")]
    assert rows[1][0] == "layers.0"
    assert "LSTM, 4 units in each direction" in rows[1]
    assert rows[2][0] == "readout"
    whole = sum(array.size for array in NETWORK.parameters.values())
    assert rows[-1][-1] == f"{whole:,}"


def test_a_written_cell_of_many_values_is_shown():
    text = "h = tanh(W @ x + U @ h_prev)\n" + "\n".join(f"v_{k} = h + {k}" for k in range(30))
    cell = rnnviz.parse(text)
    assert not any(map(is_part, cell.names))
    assert tree(cell).find(".//svg") is not None


WRITES = {
    "stepper": REC.to_html,
    "values": REC.to_csv,
    "training": RUN.to_csv,
    "watched training": WATCHED.to_html,
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
@pytest.mark.parametrize("kind", [str, Path])
def test_what_a_path_is_given_to_is_written_there_and_returns_nothing(write, kind, tmp_path):
    path = tmp_path / "run.txt"
    assert write(kind(path)) is None
    assert path.read_text(encoding="utf-8") == write() != ""


def test_a_run_s_table_has_a_row_for_each_update():
    rows = list(csv.DictReader(io.StringIO(RUN.to_csv())))
    assert [int(row["update"]) for row in rows] == list(range(RUN.update + 1))
    assert [float(row["loss"]) for row in rows[1:]] == RUN.history["loss"].tolist()


def test_the_version_is_the_package_s():
    assert rnnviz.__version__ == version("rnnviz")
    assert re.fullmatch(r"\d+\.\d+\.\d+", rnnviz.__version__)
