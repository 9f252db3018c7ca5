"""What comes out of each unit, measured as its page is set up.

Of each: the place of the right option, and the numbers that its sentences say.
"""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

import numpy as np

from rnnviz.course.beliefs.belief import power
from rnnviz.course.beliefs.reaching_back import reaches_back
from rnnviz.engine.checks import Hold
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import KNOBS, Setup
from rnnviz.network.counterpart import counterpart_of
from rnnviz.notation import percent
from rnnviz.recording import trace
from rnnviz.scenes.examples import reading, trained
from rnnviz.shapes import SETTINGS as SHAPES
from rnnviz.shapes import refusals
from rnnviz.shapes.calls import CARRIED, DETACHED, RESET, calls
from rnnviz.shapes.example import example
from rnnviz.shapes.setup import Setup as Module
from rnnviz.shapes.tensors import tensors
from rnnviz.training import advance, start
from rnnviz.training.choices import read

SEEDS = range(20)


def asked(link: str) -> dict[str, str]:
    """The query of a link."""
    return dict(parse_qsl(link.partition("#")[0].removeprefix("?")))


def knobs(link: str, **more) -> Setup:
    """What the Gradients page is set up to."""
    return Setup(**{**KNOBS.defaults, **KNOBS.read(asked(link)), **more})


def module(link: str, **more) -> Module:
    """What the Shapes page is set up to."""
    return Module.nearest(**{**SHAPES.defaults, **SHAPES.read(asked(link)), **more})


def runs(link: str, updates: int, **more):
    """The Train page's runs, so many updates on."""
    chosen, note = read(asked(link))
    assert not note
    return [advance(start(**{**one, **more}), updates) for one in chosen.runs]


def one_gate(unit):
    network, _record = trained("marked recall", "LSTM")
    run = trace(network, reading("marked recall").x[:, 0])
    values = np.concatenate([run[gate].ravel() for gate in network.layers[0].cell.gates])
    between = float(((values > 0.05) & (values < 0.95)).mean())
    sums = [np.log(one / (1 - one)) for one in (0.95, 0.999)]
    said = {percent(between).replace("%", " %"), "0.5", "0.95", "0.999", "0", "1", "720"}
    assert values.size == 720
    return 2 if between > 0.75 else 1, said | {f"{one:.1f}" for one in sums}


def two_gates(unit):
    network, _record = trained("marked recall", "GRU (PyTorch)")
    x = reading("marked recall").x[:, 0]
    one, other = trace(network, x)["h"], trace(counterpart_of(network), x)["h"]
    kept = trace(network, x, hold=Hold("z", 1.0, steps=range(9, 15)))
    assert np.array_equal(kept["h"][8], kept["h"][14])
    assert reading("marked recall").symbols[int(kept.prediction[-1].argmax())] == "B"
    return 0 if np.abs(one - other).max() < 1e-12 else 1, set()


def saturation(unit):
    larger, smaller, identity = (knobs(act.link) for act in [*unit.acts[1::-1], unit.acts[2]])
    assert reaches_back(smaller) > 1e3 * reaches_back(larger)
    other = knobs(unit.acts[2].link, input_scale=1.0)
    assert np.isclose(reaches_back(identity), reaches_back(other))
    slopes = 1 - np.tanh(np.linspace(-9, 9, 1801)) ** 2
    steeper = np.diff(np.tanh(4 * np.array([-1e-4, 1e-4])))[0] / 2e-4
    return 1 if slopes.max() == 1.0 else 0, {"0", "1", f"{steeper:.0f}", "−1"}


def vanishing(unit):
    left = [reaches_back(knobs(unit.link, seed=seed)) for seed in SEEDS]
    assert max(left) < 0.1
    grows, again, smaller = (reaches_back(knobs(act.link)) for act in unit.acts)
    assert grows > 100
    assert again == left[0] > smaller
    return 2 if left[0] < 0.1 else 1, {power(left[0]), str(len(left) - 1)}


def forget_bias(unit):
    setup = knobs(unit.link)
    gates = measure(setup.network("LSTM"), setup.x, setup.judge).run.value("f")
    product = float(gates.prod(axis=0).max())
    assert abs(gates.mean() - 0.5) < 0.05
    half_open, open_, longer, shut = (
        reaches_back(knobs(link)) for link in (unit.link, *(act.link for act in unit.acts))
    )
    assert half_open * 1e3 < longer < open_
    assert shut < 1e-9 * longer
    opened = 1 / (1 + np.exp(-3))
    said = {"0.5", "50", power(0.5**50), f"{opened:.2f}", f"{0.95**50:.2f}"}
    return 2 if product < 1e-9 else 1, said


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
    from rnnviz.training.outcomes import findings_of, recorded_of
    from rnnviz.training.recipes import RECIPES

    recipe = RECIPES["equal parameters"]
    sooner = sum(found == {"gru"} for found in findings_of(recipe))
    lstm, gru = runs(unit.link, 275)
    assert gru.solved_at is not None
    assert lstm.solved_at is None
    stand = [one.loss for run in (lstm, gru) for one in run.evaluations[1:5]]
    said = {f"{sooner} of 10", str(recorded_of(recipe, recipe.variants[1]).median), "1"}
    return 2, said | {f"{np.mean(stand):.2f}", "10"}


def what_comes_out(unit):
    found = example(module(unit.link))
    output, h_n = found.arrays["output"], found.arrays["h_n"]
    same = [bool((output == row).all(axis=(1, 2)).any()) for row in h_n]
    assert same == [False, True]
    assert example(module(unit.acts[2].link)).arrays["h_n"].shape[0] == 3
    return sum(same), {"0", "1", "3", "4"}


def backward_half(unit):
    found = example(module(unit.link))
    output, h_n, size = found.arrays["output"], found.arrays["h_n"], found.setup.h_out
    assert output[0, 2, size + 7] == h_n[1, 2, 7] != output[-1, 2, size + 7]
    return 1, {"6", "0", "1", "output[0]", str(size)}


def batch_first(unit):
    given = module(unit.acts[1].link)
    found = tensors(given)
    shape = found["h_0"].shape
    turned = (shape[1], shape[0], shape[2])
    refused = refusals.to_call(given, found["x"].shape, (turned, turned))
    assert found["x"].shape[0] == found["output"].shape[0] == 4
    assert refused is not None
    assert f"{shape}, got {list(turned)}" in refused.words
    return unit.guess.options.index(f"{shape}, as always"), {str(shape), "4"}


def features(unit):
    setup = module(unit.link)
    shape = example(setup).weights["rnn.weight_ih_l0"].shape
    fits = shape == (4 * setup.hidden_size, setup.input_size)
    return 1 if fits and setup.input_size != setup.hidden_size else 0, set()


def dropout(unit):
    setup = module(unit.acts[0].link)
    words = refusals.warning(setup)
    assert "after all but last recurrent layer" in words
    assert not refusals.warning(module(unit.acts[2].link))
    return 2, {"0", "1"}


def state_reset(unit):
    found = calls(module(unit.link))
    begun = example(module(unit.link)).arrays["output"]
    steps = len(begun)
    is_anew = np.allclose(found[RESET].output[:steps], begun, atol=1e-12)
    goes_on = not np.allclose(found[RESET].output, found[CARRIED].output)
    return 1 if is_anew and goes_on else 0, set()


def state_gradient(unit):
    for link in (unit.link, unit.acts[1].link):
        found = calls(module(link))
        assert not found[DETACHED].reaches_back
        assert not found[RESET].reaches_back
        assert np.array_equal(found[CARRIED].output, found[DETACHED].output)
        assert found[CARRIED].raises
    return 1 if found[CARRIED].reaches_back else 0, set()


def padding(unit):
    read_all, packed = example(module(unit.link)), example(module(unit.acts[0].link))
    last = read_all.arrays["output"][-1, 2]
    assert last.any()
    assert not packed.arrays["output"][-1, 2].any()
    assert np.array_equal(packed.arrays["output"][1, 2], packed.arrays["h_n"][0, 2])
    own = read_all.h[-1, 0, 1, 2]
    return 2 if not np.allclose(last, own) else 0, {"0", "1", "2"}


def lstm_explodes(unit):
    grown = [reaches_back(knobs(unit.acts[0].link, seed=seed)) for seed in SEEDS]
    assert min(grown) > 10
    longer, shut = (reaches_back(knobs(act.link)) for act in unit.acts[1:])
    assert longer > grown[0]
    assert shut < 1e-6
    return 2, {f"{grown[0]:.0f}", str(len(grown) - 1)}


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


CAME_OUT: Mapping[str, Callable] = {
    "one-gate": one_gate,
    "two-gates": two_gates,
    "saturation": saturation,
    "vanishing": vanishing,
    "forget-bias": forget_bias,
    "clipping": clipping,
    "training-opens": training_opens,
    "lstm-or-gru": lstm_or_gru,
    "what-comes-out": what_comes_out,
    "backward-half": backward_half,
    "batch-first": batch_first,
    "features": features,
    "dropout": dropout,
    "state-reset": state_reset,
    "state-gradient": state_gradient,
    "padding": padding,
    "lstm-explodes": lstm_explodes,
    "clip-returns": clip_returns,
    "nan": nan,
}
