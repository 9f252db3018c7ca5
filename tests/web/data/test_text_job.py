"""The job of going on with a text under AppTest: its choices, refusals, and what is said of it."""

import html
import math
import re
from dataclasses import replace

import numpy as np
import pytest
import streamlit as st

from rnnviz.data.characters import cut
from rnnviz.language_model import Score
from rnnviz.scenes.reading import shown
from rnnviz.summary import NamedValues
from rnnviz.training.comparison.comparison import network_of
from rnnviz.web.data.text.words import Judged, foretold_says
from rnnviz.web.training import handover
from rnnviz.web.training import state as training_state
from tests.web.data import job
from tests.web.data.job import fine
from tests.web.training.inline import Inline

QUICK = {"data": "rhymes", "text_hidden": "8", "text_window": "6", "text_updates": "40"}


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def page(**query):
    return job.page(**{**QUICK, **query})


def learnt(at):
    return job.learnt(at, "text")


def bodies(at, name):
    return [
        html.unescape(one.proto.body)
        for one in at.get("html")
        if f'data-testid="{name}"' in one.proto.body
    ]


def samples(at):
    return [re.search(r"<pre[^>]*>(.*)</pre>", body, re.DOTALL)[1] for body in bodies(at, "sample")]


def in_link(at, name):
    found = at.query_params[name]
    return found if isinstance(found, str) else found[-1]


def said(at):
    return " ".join(one.value for one in at.markdown).replace("\\", "")


def put(at, key, value):
    kinds = (at.number_input, at.text_input)
    widget = next(one for kind in kinds for one in kind if one.key == key)
    widget.set_value(value)
    return fine(at.run())


def test_each_run_writes_and_is_judged_beside_n_grams():
    at = learnt(page(text_cells="LSTM;GRU (PyTorch)"))
    (table,) = bodies(at, "perplexity")
    assert re.findall(r"<tr><th>(.*?)</th>", table)[1:] == [
        "A LSTM",
        "B GRU (PyTorch)",
        "by frequency alone (1-gram)",
        "from the last token (2-gram)",
        "from the last two tokens (3-gram)",
    ]
    assert len(samples(at)) == 2


def test_the_same_seed_writes_the_same_and_the_address_says_which():
    at = learnt(page())
    first = samples(at)
    other = samples(put(at, "text_draw", 5))
    assert other != first
    assert in_link(at, "text_draw") == "5"
    assert samples(put(at, "text_draw", 0)) == first
    assert "text_draw" not in at.query_params


def test_a_start_of_one_s_own_is_gone_on_with_and_is_no_markup():
    at = page(text_start="<b>jack</b>", text_length="7")
    (body,) = bodies(at, "sample")
    raw = next(o.proto.body for o in at.get("html") if 'data-testid="sample"' in o.proto.body)
    assert '<span class="start"><b>jack</b></span>' in body
    assert '<span class="start">&lt;b&gt;jack&lt;/b&gt;</span>' in raw


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ({"text_window": "150"}, "both parts have to be longer than a window of 150"),
        ({"text_asked": "ß"}, "“ß” is no token that the text has."),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(query, refusal):
    at = page(**query)
    assert refusal in at.error[0].value.replace("\\", "")


def test_what_is_refused_changes_nothing():
    at = learnt(page())
    before = samples(at)
    put(at, "text_window", 150)
    assert at.error[0].value.endswith("What is shown is as before.")
    assert samples(at) == before


def test_tokens_that_are_not_known_are_said():
    at = page(text_by="words", text_window="2")
    assert any("are not among the known ones" in one.value for one in at.caption)
    assert not page().caption or "not among" not in page().caption[0].value


def test_the_text_that_is_looked_into_goes_to_the_step_page(monkeypatch):
    went = []
    monkeypatch.setattr(st, "switch_page", went.append)
    at = learnt(page(text_sentence="jack and jill", text_asked="w"))
    at.button(key="step through the text").click()
    fine(at.run())
    scene = at.session_state[handover.HANDED].view.scene
    assert went == ["app.py"]
    assert scene.reading.labels == (tuple("jack␣and␣jill"),)
    names = scene.reading.task.output_names
    answers = [names[code] for code in scene.reading.targets[:, 0].argmax(axis=-1)]
    assert "".join(answers) == "ack and jillw"


@pytest.mark.parametrize("by", ["characters", "words"])
def test_a_sample_goes_to_the_step_page_as_it_was_written_by_its_run(monkeypatch, by):
    went = []
    monkeypatch.setattr(st, "switch_page", went.append)
    at = learnt(page(text_cells="LSTM;GRU (PyTorch)", text_by=by, text_start="jack and"))
    written = samples(at)[1]
    at.button(key="step through the sample B").click()
    fine(at.run())
    scene = at.session_state[handover.HANDED].view.scene
    assert went == ["app.py"]
    tokens = cut(re.sub("<[^>]*>", "", written), by)
    assert len(tokens) > 120
    assert scene.reading.labels == (tuple(map(shown, tokens)),)
    names = scene.reading.task.output_names
    answers = [names[code] for code in scene.reading.targets[:, 0].argmax(axis=-1)]
    assert answers[:-1] == list(tokens[1:])
    learnt_by = network_of(job.comparison(at, "text").members[1].run)
    for name, array in scene.network.parameters.items():
        np.testing.assert_array_equal(array, learnt_by.parameters[name])


def test_a_run_that_diverged_says_so_and_the_page_stays():
    at = page(text_cells="RNN (tanh);LSTM")
    live = at.session_state["learning text"].desk.comparison.members[0].live
    broken = {name: np.full_like(array, np.nan) for name, array in live.run.parameters.items()}
    object.__setattr__(live, "run", replace(live.run, parameters=NamedValues(broken)))
    fine(at.run())
    assert "A RNN (tanh) predicts no numbers: it has diverged." in said(at)
    assert at.button(key="step through the text").label == "Step B LSTM through this text"
    assert "<td>–</td>" in bodies(at, "perplexity")[0]


def judged(says, perplexity):
    return Judged(says, Score(math.log(perplexity), 1, 1))


@pytest.mark.parametrize(
    ("ours", "theirs", "ends"),
    [
        (3.0, 5.0, "as among 5: the network foretells better."),
        (5.0, 3.0, "as among 3: so far the network foretells worse."),
        (5.0, 5.01, "is about as good."),
    ],
)
def test_the_best_run_is_compared_with_the_best_n_grams(ours, theirs, ends):
    runs = [judged("B", ours * 2), judged("A", ours)]
    counted = [judged("1-gram", theirs * 2), judged("2-gram", theirs)]
    sentence = foretold_says(runs, counted)
    assert sentence.startswith(f"A is as much at a loss for the next token as among {ours:g} ")
    assert "2-gram" in sentence
    assert sentence.endswith(ends)


def test_a_run_that_diverged_foretells_nothing():
    assert "has diverged" in foretold_says([judged("A", float("nan"))], [judged("1-gram", 2.0)])
