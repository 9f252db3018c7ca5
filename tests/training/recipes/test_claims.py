"""What lessons say holds: of any seed where it is derived from runs, of ten where it says so."""

import re
import string
from dataclasses import replace

import numpy as np
import pytest

from rnnviz import tasks
from rnnviz.training import advance, start
from rnnviz.training.comparison.choices import LESSONS, of_recipe
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.recipes import HEADINGS, RECIPES, outcomes
from rnnviz.training.recipes.remembering import LN_50
from rnnviz.training.recipes.verdicts import usual, verdict
from rnnviz.training.runs.runs import Evaluation

FATES = {"stopped", "learnt"}
SEEDS = [*range(10), 7919, 2**32 - 1]


def keys(recipe):
    return {variant.key for variant in recipe.variants}


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_lesson_offers_sentences_that_tell_different_things(recipe):
    assert recipe.heading in HEADINGS
    assert len({option.finding for option in recipe.options}) == len(recipe.options)
    assert usual(recipe) in recipe.offered
    for option in recipe.options:
        assert re.fullmatch(r"[A-Z0-9].*[.]", option.text)
        assert option.finding <= keys(recipe) or option.finding <= FATES
    for text in (recipe.why, recipe.look.text):
        assert re.fullmatch(r"[A-Z0-9].*[.]", text)
    assert recipe.question.endswith("?")


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_each_outcome_that_was_measured_has_its_sentence(recipe):
    assert len(outcomes.findings_of(recipe)) == outcomes.SEEDS
    for finding in outcomes.findings_of(recipe):
        assert recipe.option(finding) is not None


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_what_is_looked_at_is_among_the_updates(recipe):
    updates, look = recipe.shared["updates"], recipe.look
    assert look.update is None or 1 <= look.update <= updates
    assert look.updates is None or 1 <= look.updates[0] < look.updates[1] <= updates
    assert look.update is not None or not look.pauses


def test_the_first_lesson_shown_is_the_rule():
    assert next(iter(RECIPES)) == LESSONS.keys[0] == "vanishing"
    headings = [recipe.heading for recipe in RECIPES.values()]
    assert [*dict.fromkeys(headings)] == [*HEADINGS]


def runs_of(recipe, seed, updates):
    chosen = zip(recipe.variants, recipe.runs(seed), strict=True)
    return {variant.key: advance(start(**knobs), updates) for variant, knobs in chosen}


@pytest.mark.parametrize("seed", [0, 3])
def test_the_sentence_and_the_table_agree_whatever_the_seed(seed):
    recipe = RECIPES["first symbol"]
    runs = runs_of(recipe, seed, recipe.shared["updates"])
    solved = frozenset(key for key, run in runs.items() if run.solved_at is not None)
    told = {
        frozenset(): "Neither learns it.",
        frozenset({"rnn"}): "Only the tanh RNN learns it.",
        frozenset({"lstm"}): "Only the LSTM learns it.",
        frozenset({"rnn", "lstm"}): "Both learn it.",
    }[solved]
    found = verdict(recipe, runs, recipe.offered[1])
    assert found.outcome == told
    before = [recipe.option(one).text for one in outcomes.findings_of(recipe)]
    assert str(before.count(told)) in found.seeds
    assert ("otherwise than with most" in found.seeds) == (told != usual(recipe).text)
    assert bool(found.tale) == (told == usual(recipe).text)
    assert found.is_right == (told == "Both learn it.")
    for run, share in zip(runs.values(), re.findall(r"(\d+)%", found.figures[0]), strict=False):
        assert int(share) == round(100 * run.evaluations[-1].metric)


def test_runs_that_nobody_foresaw_are_not_called_by_another_s_sentence():
    recipe = RECIPES["learning rate"]
    runs = runs_of(recipe, 0, 50)
    past = (Evaluation(25, 0.0, 0.0), Evaluation(50, 0.0, 0.0))
    solved = {key: replace(runs[key], evaluations=past) for key in ("1", "0.03")}
    found = verdict(recipe, runs | solved)
    assert found.outcome.startswith("Something else came out")
    assert "otherwise than with most" in found.seeds
    assert not found.is_right


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_every_hole_of_a_figure_is_filled(recipe):
    runs = runs_of(recipe, 1, 2)
    for figures in recipe.figures:
        holes = {name for _, name, _, _ in string.Formatter().parse(figures.text) if name}
        assert holes <= figures.of(runs).keys() or not figures.of(runs)
        assert "{" not in figures.sentence(runs)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_verdict_can_be_given_of_runs_that_stopped_at_once(recipe):
    found = verdict(recipe, runs_of(recipe, 0, 0))
    assert found.outcome
    assert found.why


def first_ratios(name, seed):
    runs = runs_of(RECIPES[name], seed, 1)
    norms = {key: run.history["dh_norms"][0] for key, run in runs.items()}
    return {key: of[0] / of[-1] for key, of in norms.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_before_it_has_learnt_hardly_any_gradient_reaches_a_tanh_rnn_from_far_back(seed):
    ratio = first_ratios("vanishing", seed)
    assert ratio["rnn"] < 1e-4 < ratio["lstm"]
    assert ratio["gru"] < 1e-5


@pytest.mark.parametrize("seed", SEEDS)
def test_before_training_nobodys_gradient_reaches_back(seed):
    assert max(first_ratios("at the start", seed).values()) < 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_from_a_pool_the_gradient_reaches_the_first_step_as_the_last(seed):
    ratio = first_ratios("attention", seed)
    assert ratio["last"] < 1e-10
    assert min(ratio[pool] for pool in ("mean", "maximum", "attention")) > 0.5


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize(
    ("name", "said", "number"),
    [
        ("at the start", "10⁻¹⁵", 0.5**50),
        ("first symbol", "a millionth", 0.5**20),
        ("forget bias", "10⁻⁷", sigmoid(1.0) ** 50),
        ("forget bias", "0.37", sigmoid(LN_50) ** 50),
        ("by heart", "0.083", 1 / 12),
        ("by heart", "1/6", np.mean(np.subtract.outer(*[np.linspace(0, 1, 2001)] * 2) ** 2)),
    ],
)
def test_a_number_in_an_explanation_is_right(name, said, number):
    values = {"10⁻¹⁵": 1e-15, "a millionth": 1e-6, "10⁻⁷": 1e-7, "1/6": 1 / 6}
    assert said in RECIPES[name].why
    assert number == pytest.approx(
        values.get(said) or float(said), rel=0.8 if "10" in said else 0.06
    )


def test_what_guessing_gives_is_the_tasks_own_baseline():
    for recipe in RECIPES.values():
        task = tasks.find(recipe.shared["task"])
        for figures in recipe.figures:
            for said in re.findall(r"guessing gives (\d+)%", figures.text):
                assert int(said) == round(100 * task.baseline.metric(task.length.default))
            for said in re.findall(r"always answering 1 gives (\d\.\d+)", figures.text):
                assert float(said) == pytest.approx(task.baseline.loss(50), abs=0.005)


def test_the_parameters_in_a_question_are_those_of_its_runs():
    said = re.findall(r"(\d,\d{3})", RECIPES["equal parameters"].question)
    made = [Knobs(**knobs).parameters for knobs in of_recipe("equal parameters").runs]
    assert [int(one.replace(",", "")) for one in said] == made


@pytest.mark.parametrize("task", tasks.TASKS.values(), ids=tasks.TASKS)
def test_a_story_says_what_is_asked_and_not_what_comes_out(task):
    told = r"RNN|LSTM|GRU|tanh|gate|clip|solve|manage|learn|cell|network|by heart|memoris"
    assert not re.search(told, task.story)
    assert task.findings
