"""The search over sizes under AppTest: what it takes, what it finds, what it refuses."""

import csv
import io
import math

import numpy as np
import pytest

from rnnviz import training
from rnnviz.data import made_series, series
from rnnviz.training.comparison.choices import Chosen
from rnnviz.web.training import sizes, sizes_words
from rnnviz.web.training.sizes_figures import parallel_figure, scores_figure
from rnnviz.web.training.sizes_settings import MOST_RUNS, SizesSettings
from rnnviz.web.training.sizes_table import columns_of
from tests.training.trials.executors import Here, Pretended
from tests.web.training.test_train_page import button, desk, fine, page, workers  # noqa: F401

SMALL = {
    "sizes task": "bit recall",
    "sizes length": "3",
    "sizes hidden": "1, 3",
    "sizes seeds": "2",
    "sizes updates": "50",
}


def searched(**query):
    """The page after a small search to its end, and the search."""
    at = fine(page(view="sizes", **{**SMALL, **query}))
    fine(button(at, "Start the search").click().run())
    return at, at.session_state[sizes.SEARCH]


def test_a_search_says_what_it_takes_before_it_starts_and_runs_to_its_end():
    at = fine(page(view="sizes", **SMALL))
    assert any("2 choices × 2 seeds = **4 runs**: about" in one.value for one in at.markdown)
    assert at.get("download_button") == []
    fine(button(at, "Start the search").click().run())
    found = at.session_state[sizes.SEARCH]
    assert found.is_over
    assert found.error is None
    assert [(one.choice, one.scores) for one in found.tried] == [
        ({"hidden": hidden}, [alone(hidden, seed).metric for seed in range(2)]) for hidden in (1, 3)
    ]
    assert len(at.get("download_button")) == 1
    assert len(at.dataframe) == 1
    assert any(one.value.startswith(("**Best is hidden size", "No choice")) for one in at.markdown)
    rows = list(csv.DictReader(io.StringIO(found.to_csv())))
    assert [(row["hidden"], row["seed"], row["ended"]) for row in rows] == [
        (hidden, seed, "to the end") for hidden in "13" for seed in "01"
    ]


def alone(hidden, seed, updates=50):
    """The last evaluation of the same run outside of any search."""
    run = training.start(
        task="bit recall", length=3, hidden=hidden, seed=seed, updates=updates, learning_rate=0.01,
        clip_norm=1.0, batch=32, precision="float32",
    )  # fmt: skip
    return training.advance(run, updates).evaluations[-1]


def test_the_page_shows_and_says_the_scores_of_the_runs_ends():
    at, found = searched(**{"sizes updates": "60"})
    ends = {
        hidden: np.mean([alone(hidden, seed, 60).metric for seed in range(2)]) for hidden in (1, 3)
    }
    table = at.dataframe[0].value
    shown = dict(zip(table["Hidden size"], table["held-out accuracy"], strict=True))
    assert shown == pytest.approx(ends)
    best = max(ends, key=ends.get)
    said = " ".join(one.value for one in at.markdown)
    assert f"{ends[best]:.4g}" in said
    assert any("The score is that of a run at its end" in one.value for one in at.caption)
    assert all(one.run.evaluations[-1].update == 60 for t in found.tried for one in t.results)


def test_a_search_as_run_a_says_where_run_a_is_not_what_the_address_asks_for():
    """As after a reload: the series is gone with the session."""
    at = fine(page(view="sizes", task="series", **{**SMALL, "sizes task": "run"}))
    assert any("bring one on the page “Your data”" in one.value for one in at.main.error)
    at = fine(page(tide(), view="sizes", task="series", **{**SMALL, "sizes task": "run"}))
    assert not at.main.error
    assert any("Your series: level" in one.value.replace("\\", "") for one in at.main.caption)


def test_a_search_that_is_cancelled_at_once_says_that_nothing_had_ended():
    chosen = SizesSettings(task="bit recall", hidden="2, 3", seeds=2, updates=50)
    found = chosen.search({}, 1.0)
    found.cancel()
    assert sizes._cancelled(found) == "Cancelled: none of the 4 runs had ended."


def test_the_best_is_trained_on_the_train_page_as_it_was_in_the_search():
    at, found = searched()
    fine(button(at, "Train the best").click().run())
    (member,) = desk(at).comparison.members
    assert desk(at).chosen.view == "train"
    result = found.best.results[0]
    run = training.advance(member.run, 50)
    assert run.knobs == result.run.knobs
    assert run.evaluations == result.run.evaluations


def test_the_choices_are_in_the_link_and_those_of_a_link_are_shown():
    at = fine(
        page(view="sizes", **SMALL, **{"sizes vary": "hidden;cell", "sizes cell": "LSTM;MGU"})
    )
    assert at.text_input(key="sizes hidden").value == "1, 3"
    fine(at.text_input(key="sizes hidden").set_value("2, 5, 7").run())
    assert at.query_params["sizes hidden"] == "2, 5, 7"
    assert any("6 choices × 2 seeds = **12 runs**" in one.value for one in at.markdown)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"sizes hidden": "4, many"}, "“many” is not possible"),
        ({"sizes vary": ""}, "at least one thing to vary"),
        ({"sizes hidden": "2 … 8"}, "which can only be drawn"),
        ({"sizes length": "5", "sizes task": "temporal order"}, "the length of temporal order"),
        ({"sizes vary": "cell", "sizes cell": ""}, "cell has no value to try"),
        (
            {"sizes hidden": "1,2,3,4,5,6,7,8", "sizes seeds": "10", "sizes folds": "10"},
            f"800 runs are more than the {MOST_RUNS}",
        ),
        (
            {
                "sizes hidden": "200, 256",
                "sizes updates": "2000",
                "sizes length": "90",
                "sizes seeds": "10",
            },
            "would take",
        ),
    ],
)
def test_what_cannot_be_searched_is_said_at_once_and_what_was_typed_stays(query, said):
    at = fine(page(view="sizes", **{**SMALL, **query}))
    assert any(said in one.value.replace("\\", "") for one in at.error)
    assert button(at, "Start the search").disabled
    if "sizes hidden" in query:
        assert at.text_input(key="sizes hidden").value == query["sizes hidden"]


def test_a_refused_search_leaves_what_was_found_before_as_it_is():
    at, found = searched()
    fine(at.text_input(key="sizes hidden").set_value("nonsense").run())
    assert at.session_state[sizes.SEARCH] is found
    assert len(at.dataframe) == 1
    assert any("nonsense" in one.value for one in at.error)


def test_as_run_a_the_search_takes_all_else_from_it():
    run_a = {"task": "latch", "length": 7, "cell": "GRU", "optimizer": "rmsprop", "seed": 5}
    chosen = SizesSettings(task="run", vary=("hidden", "learning_rate"), hidden="3", seeds=2)
    found = chosen.search(Chosen(run_a).base, 1.0)
    for trial in found._trials.trials:
        knobs = trial.knobs
        assert (knobs.task, knobs.length, knobs.optimizer) == ("latch", 7, "rmsprop")
        assert (knobs.cell.name, knobs.hidden) == ("GRU (PyTorch)", 3)
    assert [t.knobs.seed for t in found._trials.trials] == [0, 1] * 3


@pytest.mark.parametrize("way", ["random", "tpe"])
def test_draws_are_as_many_as_are_said_and_within_what_was_typed(way):
    chosen = SizesSettings(
        way=way, draws=5, vary=("hidden", "learning_rate"), hidden="2 … 9",
        learning_rate="0.001 … 0.1", seeds=1, updates=25,
    )  # fmt: skip
    found, executor = chosen.search({}, 1.0), Pretended()
    while not found.is_over:
        found.proceed(executor)
    assert len(found.tried) == found.runs == 5
    for one in found.tried:
        assert 2 <= one.choice["hidden"] <= 9
        assert 0.001 <= one.choice["learning_rate"] <= 0.1


def a_search(score, kind="bit recall", hidden="2, 4, 8", seeds=3, **more):
    """A search to its end whose scores are these: knobs → metric."""
    chosen = SizesSettings(task=kind, hidden=hidden, seeds=seeds, updates=25, **more)
    found, executor = chosen.search({}, 1.0), Pretended(score)
    while not found.is_over:
        found.proceed(executor)
    return found


def test_the_sentences_follow_from_the_scores():
    clear = a_search(lambda knobs: {2: 0.6, 4: 0.7, 8: 0.9}[knobs.hidden] + knobs.seed / 1000)
    best, second = sizes_words.outcome(clear)
    assert best == "**Best is hidden size 8: held-out accuracy 0.901, the mean of 3 runs.**"
    assert "hidden size 4, is 0.2 away, more than the runs of one choice differ" in second
    close = a_search(lambda knobs: {2: 0.6, 4: 0.89, 8: 0.9}[knobs.hidden] + knobs.seed / 10)
    best, second, smaller = sizes_words.outcome(close)
    assert "Best is hidden size 8" in best
    assert "these runs do not tell the two apart" in second
    few, many = (t.parameters for t in close.tried[1:])
    assert f"is hidden size 4: {few:,} parameters instead of {many:,}." in smaller
    alone_ = a_search(lambda knobs: knobs.hidden / 10, seeds=1)
    assert "with one run each nobody knows" in sizes_words.outcome(alone_)[1]


def test_less_is_better_where_the_score_is_an_error():
    found = a_search(lambda knobs: 0.01 / knobs.hidden, kind="adding problem")
    assert found.best.choice == {"hidden": 8}
    assert "held-out mean squared error 0.00125" in sizes_words.outcome(found)[0]


@pytest.mark.parametrize(("kind", "score"), [("bit recall", 0.5), ("adding problem", 0.2)])
def test_where_nothing_is_better_than_guessing_nothing_is_said_of_sizes(kind, score):
    found = a_search(lambda knobs: score, kind=kind)
    (said,) = sizes_words.outcome(found)
    assert said.startswith("No choice is clearly better than")
    assert "These runs say nothing about sizes" in said


def test_a_choice_that_is_not_finite_is_in_the_table_without_a_mean_and_never_best():
    found = a_search(lambda knobs: math.nan if knobs.hidden == 8 else 0.9)
    assert found.best.choice != {"hidden": 8}
    columns = columns_of(found)
    assert columns["Hidden size"][-1] == 8
    assert columns["held-out accuracy"][-1] is None
    assert columns["each run"][-1] == "not finite, not finite, not finite"


def test_each_run_is_a_mark_and_each_choice_a_mean_with_its_spread():
    found = a_search(
        lambda knobs: knobs.hidden / 10 + knobs.seed / 100,
        vary=("hidden", "cell"), cell=("LSTM", "GRU (PyTorch)"),
    )  # fmt: skip
    marks = scores_figure(found).data
    titles = [*dict.fromkeys(one.choice["cell"].title for one in found.tried)]
    assert [one.name for one in marks if one.showlegend] == titles
    for runs, means in zip(marks[::2], marks[1::2], strict=True):
        assert len(runs.x) == 9
        assert [*means.x] == [2, 4, 8]
        assert [*means.y] == pytest.approx([0.21, 0.41, 0.81])
        assert [*means.error_y.array] == pytest.approx([0.01] * 3)
    (lines,) = parallel_figure(found).data
    assert [one.label for one in lines.dimensions] == ["Hidden size", "Cell", "held-out accuracy"]
    assert sorted(lines.dimensions[-1].values) == pytest.approx(
        [0.21, 0.21, 0.41, 0.41, 0.81, 0.81]
    )


def test_a_series_is_searched_as_run_a_has_it_with_folds_by_time():
    whole = series(made_series("tide", rows=150), inputs=["level"], target="level", window=8)
    chosen = SizesSettings(task="run", hidden="2, 3", seeds=1, folds=2, updates=25)
    found = chosen.search(Chosen({"task": whole.task, "cell": "GRU"}).base, 1.0)
    while not found.is_over:
        found.proceed(Here())
    for one in found.tried:
        for result, fold in zip(one.results, whole.folds(2), strict=True):
            run = training.start(task=fold, cell="GRU", **one.choice, seed=0, updates=25)
            assert result.evaluation == training.advance(run, 25).evaluations[-1]


def tide():
    return series(made_series("tide", rows=150), inputs=["level"], target="level", window=8).task


def test_own_data_are_searched_directly_with_all_else_as_said():
    task = tide()
    chosen = SizesSettings(task="series", hidden="2, 3", seeds=1, updates=25)
    found = chosen.search({"task": "latch", "optimizer": "rmsprop"}, 1.0, {"series": task})
    for trial in found._trials.trials:
        knobs = trial.knobs
        assert (knobs.task, knobs.cell.name, knobs.optimizer) == (task, "LSTM", "adam")
        assert knobs.length_in_force == task.length.default


def test_the_page_offers_own_data_once_they_are_there_and_says_what_to_bring_before():
    at = fine(page(view="sizes", **SMALL))
    assert not {"your reviews", "your series"} & {*at.selectbox(key="sizes task").options}
    at = fine(page(tide(), view="sizes", **{**SMALL, "sizes task": "series"}))
    assert at.selectbox(key="sizes task").value == "series"
    assert "Your series: level" in at.selectbox(key="sizes task").options
    assert not [one for one in at.number_input if one.key == "sizes length"]
    fine(button(at, "Start the search").click().run())
    assert at.session_state[sizes.SEARCH].first.knobs.task == tide()
    at = fine(page(view="sizes", **{**SMALL, "sizes task": "series"}))
    assert at.selectbox(key="sizes task").value == "series"
    assert any("bring one on the page “Your data”" in one.value for one in at.error)
    assert button(at, "Start the search").disabled


@pytest.mark.parametrize("name", ["skip", "dropout"])
def test_what_changes_nothing_is_not_searched(name):
    with pytest.raises(ValueError, match="changes nothing in these runs"):
        SizesSettings(vary=(name,)).search({}, 1.0)
    assert SizesSettings(vary=(name, "layers")).search({}, 1.0).runs == 12
