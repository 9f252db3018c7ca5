"""The glossary: each term has one entry, each part of each cell has one, and pages use them all."""

import ast
from collections import Counter

import pytest

from rnnviz.cells import ABOUT, GALLERY, NamedCell, named, own
from rnnviz.equations import parse
from rnnviz.glossary import ENTRIES, entry_of, key_of, part_key
from tests.glossary.words import has, has_any
from tests.settings.pages import SCHEMAS
from tests.texts.sources import (
    ROOT,
    browser_files,
    python_files,
    python_literals,
    script_literals,
)

PLACES = [(key, p) for key, one in ENTRIES.items() for m in one.meanings for p in m.places]
PAGES = {"Step", *(p.stem.lstrip("0123456789_").replace("_", " ") for p in ROOT.glob("pages/*.py"))}
NOT_OF_PAGES = ("rnnviz/glossary/", "rnnviz/web/glossary.py", "browser/corner/glossary")
FIELD = """
time step; sequence; batch; padding; packed; token; embedding; vocabulary; unit; hidden size; layer;
gate; forget gate; input gate; output gate; update gate; reset gate; candidate; cell state; hidden
state; weight; parameter; bias; recurrent matrix; readout; softmax; sigmoid; tanh; ReLU; saturation;
slope; attention; skip connection; dropout; recurrent dropout; loss; cross entropy; mean squared
error; gradient; norm; backpropagation; truncated; vanish; explode; clip by norm; clip by value;
clipping; Jacobian; singular value; spectral radius; eigenvalue; upper bound; direct path; float32;
update; epoch; learning rate; schedule; optimizer; SGD; momentum; RMSProp; Adam; AdamW;
weight decay; forget bias; forget-gate bias; chrono; orthogonal; auxiliary loss; seed; held out;
baseline; cross-validation; folds; window; horizon; season; perplexity; temperature; top-k; output;
h_n; c_n; h_0; batch_first; proj_size; detach; teacher forcing; exposure bias; one-hot; encoder;
decoder; minibatch; learning curve; early stopping; overfitting; layer normalisation;
batch normalisation; hyperparameter; regularisation; warm-up; logits; beam search; gradient
checkpointing; stateful
"""
"""Words of the field that a learner may not know. Where a page uses one, it has an entry."""


@pytest.fixture(scope="module")
def sentences():
    """What pages say, in English, lower case, without the glossary's own words."""
    found = []
    for path in python_files():
        if not any(part in path.as_posix() for part in NOT_OF_PAGES):
            found += python_literals(ast.parse(path.read_text()))
    for path in browser_files():
        if "/bundles/" not in path.as_posix() and not any(
            part in path.as_posix() for part in NOT_OF_PAGES
        ):
            found += script_literals(path.read_text())
    return "\n".join(found).casefold()


def test_names_and_aliases_lead_to_one_entry():
    names = Counter(key_of(n) for e in ENTRIES.values() for n in {e.name, *e.aliases})
    assert {name for name, times in names.items() if times > 1} == set()
    assert "" not in names
    for key, entry in ENTRIES.items():
        assert key == entry.key == key_of(entry.name)
        for name in (entry.name, *entry.aliases):
            assert entry_of(name) is entry


def test_an_unknown_name_has_none():
    assert entry_of("flux capacitor") is None


@pytest.mark.parametrize("cell", GALLERY)
def test_every_part_of_every_cell_has_an_entry_that_says_what_it_is_for(cell):
    for value, part in ABOUT[cell].parts.items():
        entry = ENTRIES[part_key(named(cell), value)]
        meaning = next(m for m in entry.meanings if m.purpose == part.purpose)
        assert entry.name == part.title
        assert ABOUT[cell].title in {place.title for place in meaning.places}
        assert meaning.paper
        known = {*entry.aliases, *meaning.symbols, value}
        assert set(part.aliases) <= known


@pytest.mark.parametrize(
    ("value", "key"), [("k", "gate"), ("u", "candidate"), ("m", "state"), ("h", "hidden-state")]
)
def test_a_value_that_nobody_has_named_is_of_its_kind(value, key):
    text = "u = tanh(W @ x)\nk = sigmoid(W @ x)\nm = k * m_prev + u\nh = m"
    assert part_key(own(parse(text)), value) == key


def test_a_written_cell_that_is_like_one_of_the_gallery_has_its_parts():
    like = ABOUT["LSTM"].equations.replace("sigmoid", "hard_sigmoid")
    assert part_key(own(parse(like)), "f") == "forget-gate"
    assert part_key(NamedCell("LSTM", GALLERY["LSTM"]), "f") == "forget-gate"


@pytest.mark.parametrize("name", ["forget gate", "remember gate", "遗忘门", "c̃", "merge gate"])
def test_whatever_goes_by_a_name_has_an_entry(name):
    found = [
        part_key(named(cell), value)
        for cell in GALLERY
        for value, part in ABOUT[cell].parts.items()
        if any(name in one for one in (part.title, *part.aliases))
    ]
    assert found
    assert set(found) <= set(ENTRIES)


def test_a_word_of_the_field_that_a_page_uses_has_an_entry(sentences):
    words = [" ".join(word.split()) for word in FIELD.split(";")]
    used = [word for word in words if has(sentences, word)]
    assert len(used) > 75
    assert [word for word in used if entry_of(word) is None] == []


def test_every_entry_is_used_by_a_page(sentences):
    unused = [entry.name for entry in ENTRIES.values() if not has_any(sentences, entry)]
    assert unused == []


@pytest.mark.parametrize(("key", "place"), PLACES, ids=lambda it: it if isinstance(it, str) else "")
def test_a_place_is_a_view_of_a_page(key, place):
    """What its link says is what that page can be, and not what it is anyway."""
    assert place.page in PAGES
    page = {"Train": ("run", "Train")}.get(place.page, (place.page,))
    settings = {one.key: one for name in page for one in SCHEMAS[name].values()}
    for name, text in place.query.items():
        assert settings[name].write(settings[name].read(text)) == text, (key, name)


def test_every_entry_says_something_short_and_has_a_place():
    for entry in ENTRIES.values():
        for meaning in entry.meanings:
            assert meaning.places, entry.name
            assert 10 <= len(meaning.purpose) <= 190, entry.name
            assert not meaning.purpose.endswith("."), entry.name
