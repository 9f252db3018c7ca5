"""Beliefs about gates, measured on the trained networks that ship, and on fresh ones."""

import numpy as np

from rnnviz.cells import GALLERY
from rnnviz.course.beliefs.belief import Belief, Measured, whole
from rnnviz.engine.checks import Hold
from rnnviz.network.arrays import Array
from rnnviz.network.counterpart import counterpart_of
from rnnviz.network.network import Network
from rnnviz.notation import number, percent
from rnnviz.recording.recording import trace
from rnnviz.scenes.examples import PRESETS, trained
from rnnviz.tasks.batch import Batch
from rnnviz.texts import N_

GATED = ("LSTM", "GRU (PyTorch)")
RECALL = "marked recall"
SEQUENCES = 64
OPEN = (0.05, 0.95)
ROUNDING = 1e-12


def forget_keeps(seed: int) -> Measured:
    """How often a trained LSTM still knows the marked letter, with its forget gate held."""
    network, _record = trained(RECALL, "LSTM")
    batch = _drawn(RECALL, seed)
    marks = batch.x[:, :, -1].argmax(axis=0)
    shares = {}
    for name, value in (("kept", 1.0), ("forgotten", 0.0)):
        right = [
            _is_right(network, batch, item, Hold("f", value, steps=range(mark + 1, len(batch.x))))
            for item, mark in enumerate(marks)
            if mark + 1 < len(batch.x)
        ]
        shares[name] = float(np.mean(right))
    return Measured(shares["kept"] > shares["forgotten"] + 0.25, shares)


def _is_right(network: Network, batch: Batch, item: int, hold: Hold) -> bool:
    prediction = trace(network, batch.x[:, item], hold=hold).prediction
    assert prediction is not None, "a trained network has a readout"
    return bool(prediction[-1].argmax() == batch.targets[-1, item].argmax())


def gates_are_no_switches(seed: int) -> Measured:
    """The share of gate values between 0.05 and 0.95, over the networks that ship."""
    values = [
        trace(trained(task, cell)[0], _drawn(task, seed).x)[gate]
        for task in PRESETS
        for cell in GATED
        for gate in GALLERY[cell].gates
    ]
    between = float(np.mean([_between(one) for one in values]))
    least = float(min(_between(one) for one in values))
    return Measured(between > 0.5, {"between": between, "least": least})


def _between(values: Array) -> float:
    low, high = OPEN
    return float(((values > low) & (values < high)).mean())


def z_or_rest(seed: int) -> Measured:
    """A GRU written with z and with 1 − z: how far apart what they compute is."""
    network = Network.fresh(GALLERY["GRU (PyTorch)"], inputs=3, hidden=8, seed=seed)
    x = np.random.default_rng(seed).standard_normal((50, 3))
    one, other = trace(network, x), trace(counterpart_of(network), x)
    apart = float(np.abs(one["h"] - other["h"]).max())
    turned = float(np.abs(one["z"] - (1.0 - other["z"])).max())
    return Measured(max(apart, turned) <= ROUNDING, {"apart": apart})


def h_is_a_look_at_c(seed: int) -> Measured:
    """Where c is held at 0 for a step in a trained LSTM: what is left of h at that step."""
    left, before = [], []
    for task in PRESETS:
        network, x = trained(task, "LSTM")[0], _drawn(task, seed).x
        step = len(x) // 2
        wiped = trace(network, x, hold=Hold("c", 0.0, steps=step))
        left.append(np.abs(wiped["h"][step]).max())
        before.append(np.abs(trace(network, x)["h"][step]).max())
    figures = {"left": float(max(left)), "before": float(min(before)), "networks": len(left)}
    return Measured(figures["left"] == 0.0 < figures["before"], figures)


def _drawn(task: str, seed: int) -> Batch:
    """Sequences that no network was trained on."""
    preset = PRESETS[task]
    generator = np.random.default_rng([seed, 7])
    return preset.about.held_out(generator, preset.length, SEQUENCES)


BELIEFS = (
    Belief(
        number=14,
        key="forget keeps",
        sentence=N_("A forget gate near 1 forgets."),
        source=N_("asked twice in the forum of DeepLearning.AI (23696 and 490060)"),
        kindly=N_(
            "It follows from the name. What the gate computes is how much is kept: a “keep gate” "
            "would say the same."
        ),
        truth=N_(
            "f is the share of c that is kept. With f held at 1 after the mark a trained LSTM "
            "still named the marked letter in {kept} of the sequences, with f held at 0 in "
            "{forgotten}; guessing gives 25%."
        ),
        measure=forget_keeps,
        spelled={"kept": percent, "forgotten": percent},
    ),
    Belief(
        number=15,
        key="gates as switches",
        sentence=N_(
            "This serves as a switch, where values are either almost always zero or almost "
            "always one."
        ),
        source=N_("CS231n, notes on RNNs"),
        kindly=N_(
            "A gate can be all but 0 or 1, and drawings show it as a valve that is open or shut."
        ),
        truth=N_(
            "In the trained LSTMs and GRUs of the Step page {between} of all gate values lie "
            "between 0.05 and 0.95; in the gate that is most like a switch, {least}."
        ),
        measure=gates_are_no_switches,
        spelled={"between": percent, "least": percent},
    ),
    Belief(
        number=16,
        key="z or 1 − z",
        sentence=N_("PyTorch's GRU is wrong: z stands where 1 − z should."),
        source=N_(
            "reported as pytorch/pytorch#20129, #60645, #99531; in the first, one of the GRU's "
            "authors answers that either is fine"
        ),
        kindly=N_(
            "Two papers by the same authors write it in two ways, and lessons copy one or the "
            "other."
        ),
        truth=N_(
            "Written with z or with 1 − z, and the parameters of z with the other sign, a GRU "
            "computes the same h: over 50 steps they were at most {apart} apart."
        ),
        measure=z_or_rest,
        spelled={"apart": lambda value: "10⁻¹²" if value < ROUNDING else number(value)},
    ),
    Belief(
        number=22,
        key="h is a look at c",
        sentence=N_(
            "c is the long-term memory and h the short-term memory, as if they were two stores."
        ),
        source=N_(
            "GeeksforGeeks, on hidden state and output; lecture notes of compphysics, week 45"
        ),
        kindly=N_(
            "c does last longer. But h is no store of its own: it is a look at c, through tanh "
            "and the output gate, made anew at each step."
        ),
        truth=N_(
            "h = o · tanh(c) stores nothing of its own. Where c was held at 0 for one step, h was "
            "{left} at that step in every unit of all {networks} trained LSTMs."
        ),
        measure=h_is_a_look_at_c,
        spelled={"left": whole, "networks": whole},
    ),
)
