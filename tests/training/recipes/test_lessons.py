"""What the lessons say comes out, over ten seeds; `pytest -m lessons -s` prints the table."""

import math
import statistics
from functools import lru_cache

import numpy as np
import pytest

from rnnviz.training import advance, start
from rnnviz.training.recipes import RECIPES, outcomes
from rnnviz.training.recipes.verdicts import usual, verdict
from tests.training.ranks import chance_by_ranks

pytestmark = pytest.mark.lessons
LEEWAY = 3  # seeds: figures move with the machine's arithmetic
RARE = 0.01


@lru_cache(maxsize=4)
def trained(name, key):
    recipe = RECIPES[name]
    place = [variant.key for variant in recipe.variants].index(key)
    return outcomes.trained(recipe, place)


def share_back(row):
    return math.log10(max(row[0], 1e-320) / row[-1])


@pytest.mark.parametrize(
    ("name", "place"),
    [(name, k) for name, recipe in RECIPES.items() for k in range(len(recipe.variants))],
    ids=[
        f"{name}: {variant.says}" for name, recipe in RECIPES.items() for variant in recipe.variants
    ],
)
def test_a_lesson_comes_out(name, place):
    recipe, variant = RECIPES[name], RECIPES[name].variants[place]
    found = trained(name, variant.key)
    here, recorded = outcomes.outcome_of(found), outcomes.recorded_of(recipe, variant)
    print(f"{recipe.title}, {variant.says}: {here}: {here.solved_at}")
    assert abs(len(here.solved) - len(recorded.solved)) <= LEEWAY
    assert chance_by_ranks(here.solved_at, recorded.solved_at) > RARE
    EXTRA.get((name, place), lambda runs: None)(found)


@pytest.mark.parametrize("name", RECIPES)
def test_what_comes_out_of_a_lesson_is_what_the_record_says(name):
    recipe = RECIPES[name]
    runs = {variant.key: trained(name, variant.key) for variant in recipe.variants}
    seeds = [dict(zip(runs, of_seed, strict=True)) for of_seed in zip(*runs.values(), strict=True)]
    found = [recipe.option(recipe.find(one)) for one in seeds]
    assert abs(found.count(usual(recipe)) - _before(recipe).count(usual(recipe))) <= LEEWAY
    for one in seeds:
        said = verdict(recipe, one)
        assert all(said.figures)
        assert said.why == recipe.why
    TOGETHER.get(name, lambda runs: None)(runs)


def _before(recipe):
    return [recipe.option(finding) for finding in outcomes.findings_of(recipe)]


def late(run):
    return run.history["loss"][-50:].mean()


def clipped_it_stays_worse(runs):
    for clipped, free in zip(runs["norm-1"], runs["unclipped"], strict=True):
        assert clipped.history["loss"].max() == pytest.approx(free.history["loss"].max(), rel=0.05)
        assert late(clipped) > 2 * late(free)
        assert clipped.evaluations[-1].loss > free.evaluations[-1].loss


def clipped_it_leaps_once_and_learns(runs):
    for run in runs["norm-1"]:
        assert run.history["loss"].argmax() < 5
        assert run.solved_at is not None


def with_the_gradient_cut_it_happens_as_soon_on_most_seeds(runs):
    assert all(run.solved_at is not None for run in runs["norm-1"])
    chosen = [RECIPES["to infinity"].runs(seed)[0] for seed in range(outcomes.SEEDS)]
    cut = [advance(start(**one, truncate=1), 40) for one in chosen]
    assert abs(sum(run.stopped is not None for run in cut) - 8) <= LEEWAY


def thrown_back_before_its_gradients_grow(runs):
    for run in runs["unclipped"]:
        assert np.median(run.history["grad_norm"]) < 2
    for run in runs["norm-1-radius-0.5"]:
        assert run.history["grad_norm"].max() < 2
        assert np.median(run.history["dh_norms"][:, 0] / run.history["dh_norms"][:, -1]) < 1e-6


def turned_it_learns_on_half_of_the_seeds_and_sooner_on_some(runs):
    norm = [run.solved_at or math.inf for run in runs["norm-1"]]
    for key in ("value-0.1", "value-0.01"):
        value = [run.solved_at or math.inf for run in runs[key]]
        assert sum(map(math.isfinite, value)) >= outcomes.SEEDS / 2 - LEEWAY
        assert any(one < other for one, other in zip(value, norm, strict=True))


def relu_hands_on_more_than_tanh_at_first(runs):
    at_first = {key: [share_back(r.history["dh_norms"][0]) for r in of] for key, of in runs.items()}
    assert min(at_first["relu-norm-1"]) > max(at_first["tanh-norm-1"])
    assert min(at_first["relu-norm-1"]) > math.log10(0.3)


def one_crawls_and_two_come_back_to_the_baseline_at_best(runs):
    for key in ("0.001", "0.3", "1"):
        assert min(run.evaluations[-1].loss for run in runs[key]) > 0.14
    assert max(run.evaluations[-1].loss for run in runs["0.001"]) < 0.19


def after_half_the_time_the_faster_run_knows_little(runs):
    at_1000 = [run.history["loss"][975:1000].mean() for run in runs["0.01"]]
    assert min(at_1000) > 0.05


TOGETHER = {
    "adam and clipping": clipped_it_stays_worse,
    "one step": clipped_it_leaps_once_and_learns,
    "to infinity": with_the_gradient_cut_it_happens_as_soon_on_most_seeds,
    "exploding": thrown_back_before_its_gradients_grow,
    "norm or value": turned_it_learns_on_half_of_the_seeds_and_sooner_on_some,
    "identity": relu_hands_on_more_than_tanh_at_first,
    "learning rate": one_crawls_and_two_come_back_to_the_baseline_at_best,
    "by heart": after_half_the_time_the_faster_run_knows_little,
}


def nobody_reaches_back_at_first(runs):
    assert statistics.median(share_back(r.history["dh_norms"][0]) for r in runs) < -9


def it_reaches_back_later(runs):
    nobody_reaches_back_at_first(runs)
    assert statistics.median(share_back(r.history["dh_norms"][-1]) for r in runs) > -4


def it_never_reaches_back(runs):
    nobody_reaches_back_at_first(runs)
    at_the_end = [share_back(r.history["dh_norms"][-1]) for r in runs]
    assert max(at_the_end) < -4
    assert statistics.median(at_the_end) < -10


def it_knows_by_heart_and_errs_on_new_series(runs):
    baseline = 1 / 12
    assert statistics.median(r.history["loss"][-25:].mean() for r in runs) < 1e-3
    assert min(r.evaluations[-1].loss for r in runs) > 1.3 * baseline


def it_errs_like_the_baseline(runs):
    baseline = 1 / 12
    for run in runs:
        assert run.history["loss"][-25:].mean() > 0.8 * baseline
        assert run.evaluations[-1].loss == pytest.approx(baseline, rel=0.2)


def it_stays_at_chance_and_finite(runs):
    for run in runs:
        assert run.stopped is None
        assert run.history["loss"][-50:].mean() == pytest.approx(math.log(4), abs=0.15)


def it_stops_within(updates):
    def check(runs):
        assert all(run.stopped and run.stopped.update <= updates for run in runs)

    return check


def the_angle_is(degrees):
    def check(runs):
        of = [r.history["clip_cosine"][r.history["clipped"]] for r in runs]
        median = statistics.median(math.degrees(math.acos(np.median(each))) for each in of)
        assert median == pytest.approx(degrees, abs=10)

    return check


def the_loss_leaps_over(loss):
    def check(runs):
        assert statistics.median(r.history["loss"].max() for r in runs) > loss

    return check


EXTRA = {
    ("at the start", 0): it_never_reaches_back,
    ("at the start", 1): it_reaches_back_later,
    ("at the start", 2): it_reaches_back_later,
    ("exploding", 0): it_stays_at_chance_and_finite,
    ("exploding", 3): it_stays_at_chance_and_finite,
    ("one step", 0): it_stops_within(5),
    ("to infinity", 0): it_stops_within(40),
    ("norm or value", 0): the_angle_is(0),
    ("norm or value", 1): the_angle_is(17),
    ("norm or value", 2): the_angle_is(44),
    ("learning rate", 2): the_loss_leaps_over(20),
    ("learning rate", 3): the_loss_leaps_over(150),
    ("adam and clipping", 0): the_loss_leaps_over(150),
    ("adam and clipping", 1): the_loss_leaps_over(150),
    ("by heart", 0): it_knows_by_heart_and_errs_on_new_series,
    ("by heart", 1): it_errs_like_the_baseline,
}
