"""Which cell, under AppTest: measured from a click, guesses beside verdicts, a link, the cards."""

import csv
import io
import math

import pytest

from rnnviz.cells import named
from rnnviz.data import made_reviews, made_series, reviews, series, text
from rnnviz.training.comparison.choices import Chosen
from rnnviz.training.numerals import numeral
from rnnviz.training.tradeoffs import SAYINGS, Figures, Study, Verdict, contenders
from rnnviz.training.tradeoffs.sample import Sample
from rnnviz.training.tradeoffs.table import COLUMNS, csv_of_study
from rnnviz.web.training import state as training_state
from rnnviz.web.training.tradeoffs.cards import cards
from rnnviz.web.training.tradeoffs.drawn import drawn
from rnnviz.web.training.tradeoffs.page import STUDY, setting_of
from rnnviz.web.training.tradeoffs.settings import COMPARE, CompareSettings, link_of
from tests.web.training.inline import Inline
from tests.web.training.test_own_tasks_page import page as own_page
from tests.web.training.test_train_page import button, fine, page

SMALL = {
    "view": "cells", "task": "bit recall", "length": "3", "hidden": "4", "batch": "8",
    "updates": "50", "compare cells": "LSTM;GRU (PyTorch)", "compare seeds": "3",
    "compare lengths": "5",
}  # fmt: skip
BASE = {"task": "bit recall", "length": 3, "hidden": 4, "batch": 8, "updates": 50}


@pytest.fixture(autouse=True)
def workers(monkeypatch):
    monkeypatch.setattr(training_state, "_workers", Inline)


def texts(at):
    return [one.value for one in at.main.markdown]


def test_the_cost_is_said_before_and_nothing_is_measured():
    at = fine(page(**SMALL))
    assert STUDY not in at.session_state
    assert any(one.startswith("It takes at most about") for one in texts(at))
    assert any("bit recall" in one.value.lower() or "3" in one.value for one in at.main.caption)
    for saying in SAYINGS:
        assert f"**{saying.text}**" in texts(at)
    assert not any("here.**" in one for one in texts(at))
    assert at.get("download_button") == []


def test_from_the_click_to_the_verdicts():
    at = fine(page(**SMALL))
    pills = next(one for one in at.button_group if one.key == "guess quarter")
    fine(pills.set_value("differs").run())
    fine(button(at, "Measure").click().run())
    study = at.session_state[STUDY]
    assert study.is_over
    assert study.error is None
    said = " ".join(texts(at))
    assert said.count("here.**") == len(SAYINGS)
    for saying in SAYINGS:
        assert saying.judge(study.figures, study.task).why in said
    assert "You had guessed: it does not." in said or "You guessed so." in said
    assert at.get("download_button")[0].label == "CSV"
    (html,) = (one.proto.body for one in at.get("html") if 'data-testid="cards"' in one.proto.body)
    assert setting_of(study) in html
    assert "not measured" not in html
    fine(button(at, "ask again").click().run())
    assert STUDY not in at.session_state
    assert not any("here.**" in one for one in texts(at))


def test_what_is_chosen_is_in_the_link():
    at = fine(page(view="cells"))
    fine(at.multiselect(key="compare layers").set_value([1, 3]).run())
    fine(at.multiselect(key="compare cells").set_value(["CIFG"]).run())
    assert at.query_params["compare layers"] in ("1;3", ["1;3"])
    assert at.query_params["compare cells"] in ("CIFG", ["CIFG"])
    assert at.query_params["view"] in ("cells", ["cells"])


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ({"compare cells": ""}, "at least one cell"),
        ({"compare layers": ""}, "at least one"),
        ({"hidden": "128", "length": "200", "updates": "2000", "compare seeds": "10"}, "more than"),
    ],
)
def test_what_cannot_be_measured_is_said_and_not_offered(query, why):
    at = fine(page(**{**SMALL, **query}))
    assert why in at.main.error[0].value
    assert button(at, "Measure") is None


def test_lengths_that_a_task_has_not_are_left_out_and_named():
    query = {**SMALL, "task": "temporal order", "length": "12", "compare lengths": "5;20"}
    at = fine(page(**query))
    assert any("of length 5: they are left out" in one.value for one in at.main.caption)


def test_a_cell_of_ones_own_is_measured_too():
    query = {
        **SMALL,
        "compare cells": "own;LSTM",
        "compare equations": "h = tanh(W @ x + U @ h_prev)",
    }
    at = fine(page(**query))
    fine(button(at, "Measure").click().run())
    study = at.session_state[STUDY]
    assert [one.says for one in study.contenders] == ["your own cell", "LSTM"]
    assert study.is_over


def a_study(base=BASE, **known):
    """A study of which the figures are given."""
    lengths = (5,) if base is BASE else ()
    found = Study(contenders(base, [named("LSTM"), named("GRU (PyTorch)")], (1,)), 3, lengths)
    figures = tuple(
        Figures(one, **{name: each[place] for name, each in known.items()})
        for place, one in enumerate(found.contenders)
    )

    class Known(Study):
        @property
        def figures(self):
            return figures

    found.__class__ = Known
    return found


def test_what_is_not_measured_yet_is_not_drawn():
    study = a_study()
    for card in cards(study):
        if card.key in ("score", "update", "step"):
            assert all(row.text == "not measured yet" for row in card.rows), card.key
            assert all(not row.dots and row.mean is None for row in card.rows), card.key
    study.cancel()
    assert all(row.text == "not measured" for row in cards(study)[0].rows)


def test_every_seed_has_a_dot_and_the_best_is_marked_by_a_word():
    scores = (Sample((0.5, 0.6, 0.7)), Sample((0.9, 0.95, 1.0)))
    seeds = ((0, 1, 2), (0, 1, 2))
    study = a_study(scores=scores, seeds=seeds)
    lstm, gru = cards(study)[0].rows
    assert [dot.at for dot in lstm.dots] == [0.5, 0.6, 0.7]
    assert lstm.spread == (0.5, 0.7)
    assert gru.mean == pytest.approx(0.95)
    assert (lstm.is_best, gru.is_best) == (False, True)
    assert lstm.text == "0.6 ± 0.12"  # twice 0.1 / √3
    html = drawn(cards(study), setting_of(study))
    assert ">best<" in html
    assert html.count('title="0.95, seed 1"') == 1


def test_a_lost_seed_is_counted_and_has_no_dot():
    scores = (Sample((0.5, math.nan, 0.7)), Sample((0.5, 0.6, 0.7)))
    study = a_study(scores=scores, seeds=((0, 1, 2), (0, 1, 2)))
    (row, _) = cards(study)[0].rows
    assert [dot.says for dot in row.dots] == ["0.5, seed 0", "0.7, seed 2"]
    assert "1 stopped" in row.note


def test_errors_far_beyond_the_baseline_stay_on_the_axis():
    base = {**BASE, "task": "adding problem", "length": 5}
    study = Study(contenders(base, [named("LSTM")], (1,)), 3)
    (one,) = study.contenders
    known = Figures(one, scores=Sample((0.01, 0.2, 1e9)), seeds=(0, 1, 2))

    class Known(Study):
        figures = (known,)

    study.__class__ = Known
    (row,) = cards(study)[0].rows
    assert [dot.at for dot in row.dots] == pytest.approx([0.01 / (4 / 6), 0.2 / (4 / 6), 1.0])


def test_the_table_has_every_figure():
    scores = (Sample((0.5, math.nan, 0.7)), Sample((0.9, 0.95, 1.0)))
    seeds = ((4, 5, 6), (4, 5, 6))
    updates = (Sample((0.001, 0.002)), Sample((0.003, 0.004)))
    solved = ({3: Sample((1.0, 0.0, 1.0))}, {})
    written = csv_of_study(a_study(scores=scores, seeds=seeds, updates=updates, solved=solved))
    rows = list(csv.reader(io.StringIO(written)))
    assert tuple(rows[0]) == COLUMNS
    assert ["LSTM", "1", "0", "4", "score", "5", ""] in rows
    assert ["GRU (PyTorch)", "1", "0", "4", "score", "6", "1.0"] in rows
    assert ["GRU (PyTorch)", "1", "0", "4", "seconds of an update", "2", "0.004"] in rows
    assert ["LSTM", "1", "0", "4", "seeds that solve a length", "3", "2.0"] in rows
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert {one.value for one in Verdict} == {"agrees", "differs", "open"}


def test_on_ones_own_data_it_is_measured_and_overfitting_is_judged():
    task = series(made_series("tide", rows=200), inputs=["level"], target="level", window=6).task
    small = {name: SMALL[name] for name in ("view", "hidden", "batch", "updates", "compare seeds")}
    at = own_page(task, **small, task="series", **{"compare cells": "LSTM;GRU (PyTorch)"})
    assert any("they are left out" in one.value for one in at.main.caption)
    fine(button(at, "Measure").click().run())
    study = at.session_state[STUDY]
    assert study.error is None
    assert study.task == task
    assert study.lengths == ()
    judged = {one.key: one.judge(study.figures, study.task) for one in SAYINGS}
    assert judged["overfits"].is_ready
    assert "Held-out loss less training loss" in judged["overfits"].why
    assert all(len(one.gaps.finite) == 3 for one in study.figures)
    assert setting_of(study).startswith(str(task.title))


def of_a_text():
    return text("to be or not to be that is the question " * 20, window=8)


@pytest.mark.parametrize(
    ("brought", "length", "half"), [("series", 6, None), ("text", 8, 4), ("reviews", 22, 17)]
)
def test_what_ones_own_data_have_beside_is_on_a_card_of_its_own_and_in_the_table(
    brought, length, half
):
    found = {"series": of_a_series, "text": of_a_text, "reviews": of_reviews}[brought]()
    known = {"scores": ((0.5,) * 3,) * 2, "reaches": ((3.0, 4.0, math.nan), (5.0, 5.0, 5.0))}
    if half:
        known |= {"shorter": ((0.5, 0.75, math.nan), (0.9, 0.9, 0.9)),
                  "longer": ((0.25, 0.5, math.nan), (0.7, 0.7, 0.7))}  # fmt: skip
    samples = {name: tuple(map(Sample, each)) for name, each in known.items()}
    study = a_study({"task": found.task, "hidden": 4}, seeds=((0, 1, 2),) * 2, **samples)
    assert (study.length, study.shorter_half) == (length, half)
    by_key = {one.key: one for one in cards(study)}
    lstm, gru = by_key["reach"].rows
    assert (lstm.text, gru.text) == ("3.5 ± 1", "5 ± 0")
    assert [dot.says for dot in lstm.dots] == [
        f"{n} of {length} steps, seed {n - 3}" for n in (3, 4)
    ]
    assert "1 stopped" in lstm.note
    assert not any(row.is_best for row in by_key["reach"].rows)  # to need more steps is no merit
    assert ("halves" in by_key) == (half is not None)
    rows = list(csv.reader(io.StringIO(csv_of_study(study))))
    name = "last steps that decide nine tenths of an answer"
    assert ["LSTM", "1", "0", "4", name, "1", "4.0"] in rows
    assert any(row[4] == "score of the shorter half" for row in rows) == (half is not None)
    if half:
        lstm, gru = by_key["halves"].rows
        assert by_key["halves"].how == f"accuracy of the answers after at most {half} steps"
        assert (lstm.text, lstm.note) == ("0.625 ± 0.25", "after more: 0.375 ± 0.25")
        assert ["GRU (PyTorch)", "1", "0", "4", "score of the longer half", "2", "0.7"] in rows


def test_of_a_toy_task_nothing_is_said_of_steps_that_decide():
    assert not {"reach", "halves"} & {one.key for one in cards(a_study())}


def test_before_it_is_measured_a_sentence_says_how_it_will_be_on_these_data():
    small = {name: SMALL[name] for name in ("view", "hidden", "batch", "updates", "compare seeds")}
    for at in (page(**SMALL), own_page(of_a_text().task, **small, task="text")):
        said = " ".join(one.value for one in fine(at).main.caption)
        is_own = "how many of the last steps decide" in said
        assert is_own == ("the longest sequences that are solved" not in said)
        assert is_own == ("on the shorter half of what is held out" in said)


def of_a_series(window=6):
    return series(made_series("tide", rows=200), inputs=["level"], target="level", window=window)


def of_reviews():
    return reviews(made_reviews(80))


@pytest.mark.parametrize(
    ("brought", "lengths"), [(of_a_series(), ()), (of_a_series(20), (10,)), (of_reviews(), ())]
)
def test_a_link_from_ones_own_data_has_their_cells_layers_and_lengths(brought, lengths):
    base = {"task": brought.task, "cell": "CIFG", "hidden": 7, "layers": 3, "skip": True}
    query = link_of(Chosen(base, ({"cell": "LSTM"},)))
    found = COMPARE.read(query)
    assert found["cells"] == ("RNN (tanh)", "LSTM", "GRU (PyTorch)", "CIFG")
    assert (found["layers"], found["skip"], found["lengths"]) == ((3,), "with", lengths)
    study = CompareSettings(**found).study(base)
    assert {(one.layers, one.skip, one.hidden) for one in study.contenders} == {(3, True, 7)}


def test_what_all_have_says_what_was_chosen_and_no_more():
    chosen = {"embedding": 3, "recurrent_dropout": 0.2, "readout": "attention", "momentum": 0.5}
    base = {"task": of_reviews().task, "hidden": 4, **chosen}
    said = setting_of(Study(contenders(base, [named("LSTM")], (1,)), 3))
    for words in ("embedding 3", "recurrent dropout 0.2", "readout", "4 units a layer"):
        assert words in said
    assert "momentum" not in said
    assert "clip" not in said


def test_a_score_says_of_how_many_and_what_is_solved():
    found = of_a_series()
    base = {"task": found.task, "hidden": 4}
    by_key = {one.key: one for one in cards(Study(contenders(base, [named("LSTM")], (1,)), 3))}
    assert by_key["score"].how.startswith(f"mean squared error on {len(found.test)} held-out")
    assert by_key["longest"].how.endswith(f"an error of {numeral(found.task.solved, 3)}")
    assert by_key["parameters"].how == "counted: all that is learnt"
