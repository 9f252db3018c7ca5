"""Links that were written before options had keys are read to what they meant, for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnviz.cells import NamedCell
from rnnviz.equations import parse
from rnnviz.network.given import GivenWeights
from rnnviz.notation.writer import plain
from rnnviz.training.comparison.choices import FIRST_LESSON, Chosen, of_recipe, read
from tests.settings.pages import SCHEMAS, chosen

# What stood in links in a key's place: the text that the option was shown as.
OLD = [
    ("Step", "sequence", "your own numbers", "numbers"),
    ("Step", "sequence", "your own text", "text"),
    ("Step", "cell", "your own equations", "own"),
    ("Step", "z", "keeps the old", "keeps"),
    ("Step", "z", "takes the new", "takes"),
    ("Step", "weights", "your file", "file"),
    ("Step", "kind", "what the file proves", "proven"),
    ("Step", "initial", "spectral radius", "scaled"),
    ("Step", "memory", "as drawn", "drawn"),
    ("Step", "memory", "one number", "number"),
    ("Step", "loss", "as trained", "trained"),
    ("Step", "loss", "last step", "last"),
    ("Step", "loss", "each step", "every"),
    ("Step", "loss", "one step", "one"),
    ("Gradients", "loss", "last step", "last"),
    ("Gradients", "loss", "each step", "every"),
    ("Gradients", "loss", "one step", "one"),
    ("run", "gate_function", "as written", "written"),
    ("run", "candidate_function", "as written", "written"),
    ("run", "cell", "RNN", "RNN (tanh)"),
    ("run", "cell", "GRU", "GRU (PyTorch)"),
    ("Train", "view", "fair race", "race"),
    ("Train", "view", "the cliff", "cliff"),
]
WORDS = {(page, name, key): old for page, name, old, key in OLD if old not in ("RNN", "GRU")}


@pytest.mark.parametrize(("page", "name", "old", "key"), OLD)
def test_an_old_spelling_is_read_as_its_key(page, name, old, key):
    one = SCHEMAS[page][name]
    assert one.read(old) == one.read(old.upper()) == one.read(key)
    assert one.write(one.read(old)) == key


def as_before(page, values):
    """The query that stood in links for these values."""
    query = {}
    for name, value in values.items():
        one = SCHEMAS[page][name]
        if value != one.default:
            query[one.key] = spelled_before(page, WORDS.get((page, name, value), value))
    return query


def spelled_before(page, value):
    if value is None:
        return "none"
    if isinstance(value, NamedCell):
        return plain(value.cell) if value.is_own else value.name
    if isinstance(value, GivenWeights):
        return value.text
    if isinstance(value, tuple):  # Streamlit wrote the race's: one entry for each
        return ";".join(value) if page == "Gradients" else list(map(str, value))
    if isinstance(value, float):
        return str(value).removesuffix(".0") if page in ("Step", "cliff") else f"{value:.10g}"
    return str(value)


def rounded(values):
    """With ten digits at most, as links had them."""
    return {n: float(f"{v:.10g}") if isinstance(v, float) else v for n, v in values.items()}


@pytest.mark.parametrize("page", ["Step", "Gradients", "run", "race", "cliff"])
@given(st.data())
def test_every_link_that_was_written_is_read_to_the_same_settings(page, data):
    schema = SCHEMAS[page]
    values = rounded(data.draw(chosen(schema)))
    if values.get("lags") == () or values.get("cells") == ():
        return  # an empty list had no spelling of its own
    assert {**schema.defaults, **schema.read(as_before(page, values))} == values


OWN = "h = tanh(W @ x + U @ h_prev + b)"


@pytest.mark.parametrize(
    ("query", "means"),
    [
        ({}, of_recipe(FIRST_LESSON)),
        ({"lesson": "vanishing"}, of_recipe("vanishing")),
        ({"lesson": "norm or value", "seed": "3"}, of_recipe("norm or value", seed=3)),
        ({"view": "fair race", "lesson": "identity"}, of_recipe("identity")),
        (
            {"task": "recall", "b": "clip_norm:none;hidden:7", "c": ""},
            Chosen({"task": "recall"}, ({"clip_norm": None, "hidden": 7}, {})),
        ),
        (
            {"gate_function": "as written", "b": "gate_function:hard_sigmoid"},
            Chosen({"gate_function": "written"}, ({"gate_function": "hard_sigmoid"},)),
        ),
        ({"b": f"cell:{OWN}"}, Chosen({}, ({"cell": parse(OWN)},))),
        ({"cell": "GRU", "d": "cell:lstm"}, Chosen({"cell": "GRU (PyTorch)"}, ({"cell": "LSTM"},))),
    ],
)
def test_an_old_link_to_runs_is_those_runs(query, means):
    found, complaint = read(query)
    assert complaint == ""
    assert found.makes_the_same(means)
    assert found.differing == means.differing
