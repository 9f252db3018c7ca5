"""What comes out of the units on the Train page."""

import numpy as np

from rnnviz.course.beliefs.belief import power
from rnnviz.training import advance, start
from rnnviz.training.comparison.choices import read
from rnnviz.training.recipes import RECIPES
from rnnviz.training.recipes.outcomes import findings_of, recorded_of
from tests.course.came_out.links import asked


def runs(link: str, updates: int, **more):
    """The Train page's runs, so many updates on."""
    chosen, note = read(asked(link))
    assert not note
    return [advance(start(**{**one, **more}), updates) for one in chosen.runs]


def clipping(unit):
    *others, d = runs(unit.link, 500)
    assert d.history["grad_norm"].max() < 1.0
    assert (d.history["grad_norm"] == d.history["grad_norm_clipped"]).all()
    solved = [run.solved_at for run in others]
    assert solved[1] is not None
    assert all(at is None or at > solved[1] for at in (solved[0], solved[2], d.solved_at))
    assert d.evaluations[-1].metric < 0.5
    median = float(np.median(d.history["grad_norm"][:100]))
    return 1, {f"{median:.2f}", "1", "0.25"}


def training_opens(unit):
    rnn, lstm, gru = runs(unit.link, 475)
    first, last = (
        [
            run.history["dh_norms"][at][0] / run.history["dh_norms"][at][-1]
            for run in (rnn, lstm, gru)
        ]
        for at in (0, -1)
    )
    assert max(first) < 1e-6
    assert gru.solved_at is not None
    assert rnn.solved_at is None
    assert last[2] > 1e-3 > 1e-6 > last[0]
    began, ended = (lstm.history["gate_mean.f"][at] for at in (0, -1))
    assert abs(began - 0.5) < 0.05 < abs(ended - began)
    return 2 if first[1] < 1e-6 else 1, {power(first[1]), "0.5"}


def lstm_or_gru(unit):
    recipe = RECIPES["equal parameters"]
    sooner = sum(found == {"gru"} for found in findings_of(recipe))
    lstm, gru = runs(unit.link, 275)
    assert gru.solved_at is not None
    assert lstm.solved_at is None
    stand = [one.loss for run in (lstm, gru) for one in run.evaluations[1:5]]
    said = {f"{sooner} of 10", str(recorded_of(recipe, recipe.variants[1]).median), "1"}
    return 2, said | {f"{np.mean(stand):.2f}", "10"}


def clip_returns(unit):
    free, clipped = runs(unit.link, 10)
    before, after = (clipped.history[n] for n in ("grad_norm", "grad_norm_clipped"))
    assert after.max() <= 1 + 1e-6
    assert free.stopped is not None
    assert clipped.stopped is None
    return 1 if before[0] > 1 else 0, {f"{before[0]:.1f}", "1"}


def nan(unit):
    (run,) = runs(unit.link, 40)
    assert run.knobs.truncate == 1
    losses = run.history["loss"][-8:]
    factors = losses[1:] / losses[:-1]
    assert factors.min() > 10
    return 1 if run.stopped is not None else 2, set()
