"""The job of rating texts under AppTest: its choices, refusals, and what is shown of its runs."""

import re
import time

import numpy as np
import pytest

from rnnviz import training
from rnnviz.data import made_reviews
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.web.data.reviews import numbering
from rnnviz.web.data.reviews import seeds as review_seeds
from rnnviz.web.data.reviews.rated import MOST_LEARNT, WHILE_LEARNING
from rnnviz.web.training import handover
from rnnviz.web.training import state as training_state
from tests.web.data import job
from tests.web.data.job import fine
from tests.web.training.inline import Inline

QUICK = {"data": "reviews", "hidden": "4", "embedding": "3", "epochs": "0.1"}
UPDATES = 25


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def page(**query):
    return job.page(**{**QUICK, **query})


def comparison(at):
    return job.comparison(at, "reviews")


def reviews_of(at):
    return at.session_state["the texts of this session, by number"].of


def learnt(at):
    return job.learnt(at, "reviews")


def shown(at, name):
    """The tables of this name, as texts of their cells, row by row."""
    bodies = [one.proto.body for one in at.get("html")]
    found = [body for body in bodies if f'data-testid="{name}"' in body]
    return [
        [[re.sub("<[^>]*>", " ", cell).split() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
         for row in re.findall(r"<tr.*?</tr>", body)]
        for body in found
    ]  # fmt: skip


def paste(at, text):
    at.text_area[0].set_value(text)
    return fine(at.run())


def test_both_cells_are_taught_the_made_reviews_over_epochs():
    at = page(data="reviews", epochs="5")
    of, runs = reviews_of(at), [one.run.knobs for one in comparison(at).members]
    assert (len(of.train), len(of.test)) == (7_999, 2_001)
    assert [one.cell.name for one in runs] == ["LSTM", "GRU (PyTorch)"]
    assert {one.updates for one in runs} == {5 * 8_000 // 32}
    assert any("1,250 updates of 32 texts are 5 epochs" in one.value for one in at.caption)


def test_what_is_chosen_is_what_is_learnt_and_what_the_link_says():
    query = {**QUICK, "cells": "GRU (PyTorch)", "vocabulary": "40", "longest": "9",
             "padding": "pre", "held_out": "0.3", "layers": "2", "seed": "3"}  # fmt: skip
    at = page(**query)
    of, (one,) = reviews_of(at), comparison(at).members
    assert len(of.coding.vocabulary) == 40
    assert (of.coding.length, of.coding.padding) == (9, "pre")
    assert len(of.test) == 3_000
    knobs = one.run.knobs
    assert (knobs.cell.name, knobs.layers, knobs.seed) == ("GRU (PyTorch)", 2, 3)
    assert (knobs.hidden, knobs.embedding) == (4, 3)
    said = {name: value if isinstance(value, str) else value[-1]
            for name, value in at.query_params.items()}  # fmt: skip
    assert {**said, **query} == said


@pytest.mark.parametrize("on", ["rows", "templates"])
def test_runs_that_have_ended_are_judged_on_all_texts_and_on_the_other_templates(on):
    at = learnt(page(judged_on=on))
    of, runs = reviews_of(at), [one.run for one in comparison(at).members]
    (rows,) = shown(at, "accuracies")
    other = made_reviews(2_000, seed=1, held_out=on == "rows")
    for run, row in zip(runs, rows[1:], strict=True):
        parts = of.test, of.train.first(MOST_LEARNT), other
        expected = [f"{of.judge(run.network, part).accuracy:.3f}" for part in parts]
        assert [cell for (cell,) in row[1:]] == expected
    for run, matrix in zip(runs, shown(at, "confusion"), strict=True):
        counts = [[int(cell[0].replace(",", "")) for cell in row[1:]] for row in matrix[1:]]
        assert np.array_equal(counts, of.judge(run.network).confusion)


def test_as_long_as_it_learns_a_few_are_judged():
    at = page(epochs="100")
    comparison(at).play(1)
    fine(at.run())
    assert comparison(at).update < comparison(at).planned
    (rows,) = shown(at, "accuracies")
    assert rows[0][1] == ["held", "out,", "the", "first", f"{WHILE_LEARNING}"]
    of, run = reviews_of(at), comparison(at).members[0].run
    few = of.judge(run.network, of.test.first(WHILE_LEARNING))
    assert rows[1][1] == [f"{few.accuracy:.3f}"]


def test_a_text_of_ones_own_is_read_by_each_network_and_gates_are_held_where_it_says():
    at = page(sentence="The ending was zzz not good", word="5")
    of = reviews_of(at)
    for one, table, held in zip(
        comparison(at).members, shown(at, "words"), shown(at, "held"), strict=True
    ):
        read = of.read(one.run.network, "The ending was zzz not good")
        assert [cell[0] for cell in table[0][1:]] == [*read.words]
        for row, label, shares in zip(table[2:5], of.labels, read.after_each.T, strict=True):
            assert row[0] == [label]
            assert [cell[0] for cell in row[1:]] == [f"{share:.2f}" for share in shares]
        whole, *others = [row[-4:-1] for row in held[1:]]
        assert whole == [[f"{share:.2f}"] for share in read.probabilities]
        expected = [[[f"{p:.2f}"] for p in found.probabilities] for found in read.held(4)]
        assert others == expected


def test_a_cell_without_gates_has_none_to_hold():
    at = page(cells="RNN (tanh)")
    assert not shown(at, "held")
    assert any("no gate that could be held" in one.value for one in at.caption)


def test_a_text_without_a_word_is_refused_and_scores_stay():
    at = page(sentence="...")
    assert [one.value for one in at.error] == ["There is no word in it to be read."]
    assert shown(at, "confusion")


def test_the_steppers_words_are_those_of_the_text():
    at = page(sentence="It is not bad", cells="LSTM")
    at.button(key="step through A").click().run()
    reading = at.session_state[handover.HANDED].view.scene.reading
    assert reading.labels == (("it", "is", "not", "bad"),)
    run = comparison(at).members[0].run
    answer = reviews_of(at).read(run.network, "It is not bad").answer
    assert reading.targets[-1, 0].argmax() == answer


def test_a_pasted_table_is_learnt_from_its_own_columns():
    rows = "\n".join(f"{k % 2}\tword{k} {'good' if k % 2 else 'bad'}\tx{k}" for k in range(40))
    at = page(data="paste", job="reviews")
    at = paste(at, f"stars\tsaid\tid\n{rows}\n")
    of = reviews_of(at)
    assert (of.text, of.label, of.labels) == ("said", "stars", ("0", "1"))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("A good film,x\nA bad film,x", "Every row has the label “x”"),
        ("A good film,x\nA fine film,x\nA bad film,y", "“y” is the label of one row"),
        (
            "\n".join(f"a film of {k} words,l{k % 12}" for k in range(60)),
            "“label” has 12 different labels",
        ),
    ],
)
def test_what_cannot_be_learnt_is_said_in_a_sentence(rows, says):
    at = paste(page(data="paste", job="reviews"), f"text,label\n{rows}\n")
    assert any(says in one.value for one in at.error)
    assert "learning reviews" not in at.session_state


def test_a_refused_choice_leaves_what_is_shown():
    rows = "\n".join(f"word{k},{'ab'[k % 2]},{k}" for k in range(40))
    at = paste(page(data="paste", job="reviews"), f"text,label,id\n{rows}\n")
    before = comparison(at)
    menu = next(one for one in at.selectbox if one.label == "Labels")
    menu.set_value("id")
    fine(at.run())
    assert "“id” has 40 different labels" in at.error[0].value
    assert "What is shown is as before." in at.error[0].value
    assert comparison(at) is before


def test_over_several_seeds_each_cell_is_judged_as_the_same_run_alone_is():
    at = page(seeds="2", seed="5")
    at.button(key="train seeds").click().run()
    begin = time.monotonic()
    while at.session_state[review_seeds.OVER_SEEDS].is_on:
        fine(at.run())
        assert time.monotonic() - begin < 120
    fine(at.run())
    of = reviews_of(at)
    (rows,) = shown(at, "over seeds")
    for one, row in zip(comparison(at).members, rows[1:], strict=True):
        knobs = {name: getattr(one.run.knobs, name) for name in KNOBS}
        runs = [
            training.advance(training.start(**{**knobs, "seed": seed}), UPDATES) for seed in (5, 6)
        ]
        judged = [of.judge(run.network) for run in runs]
        for cell, values in (
            (row[2], [found.accuracy for found in judged]),
            (row[3], [found.mean_recall for found in judged]),
        ):
            expected = f"{np.mean(values):.3f} ({min(values):.3f} – {max(values):.3f})"
            assert " ".join(cell) == expected
        assert row[1] == ["2"]
        assert row[5] == [f"{runs[0].knobs.parameters:,}"]


def test_what_is_trained_over_seeds_is_cancelled_and_what_had_ended_stays():
    at = page(seeds="3", epochs="1")
    at.button(key="train seeds").click().run()
    found = at.session_state[review_seeds.OVER_SEEDS]
    assert found.is_on
    at.button(key="cancel seeds").click().run()
    fine(at)
    assert not found.is_on
    assert any("Cancelled" in one.value for one in at.caption)
    assert at.button(key="train seeds")


def test_other_choices_leave_no_table_of_these():
    at = page(seeds="2")
    at.button(key="train seeds").click().run()
    next(one for one in at.number_input if one.label == "Hidden size").set_value(5)
    fine(at.run())
    assert review_seeds.OVER_SEEDS not in at.session_state
    assert not shown(at, "over seeds")


def test_what_was_cancelled_is_numbered_when_it_is_asked_for_again(monkeypatch):
    said = []
    monkeypatch.setattr(numbering, "AT_ONCE", 0.0)
    monkeypatch.setattr(numbering, "_said", lambda _wanted, share: said.append(share) or "so far")
    at = page()
    assert said == sorted(said)
    assert (said[0] < 0.1, said[-1]) == (True, 1.0)
    of, state = reviews_of(at), at.session_state
    state[numbering.CANCELLED] = state[numbering.PREPARED].wanted
    del state[numbering.PREPARED]
    fine(at.run())
    assert any(one.value.startswith("Cancelled: the tokens") for one in at.info)
    fine(next(one for one in at.button if one.label == "Number their tokens").click().run())
    assert not at.info
    assert reviews_of(at).task == of.task
