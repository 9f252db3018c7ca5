"""Lessons one click away: runs that differ in one choice, a question, what comes out.

What it says was measured with these very knobs on ten seeds (`outcomes`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

LN_50 = 3.912


@dataclass(frozen=True)
class Variant:
    """One of the runs: its key in the lesson, and what it chose, in words and as knobs."""

    key: str
    says: str
    knobs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """A lesson: `shared` are the knobs of all; `answer` is the place of the right option.

    says: what comes out, with figures. look: where on the charts it is seen. told: the usual tale
    that this contradicts, or nothing.
    """

    name: str
    title: str
    question: str
    options: tuple[str, ...]
    answer: int
    says: str
    look: str
    shared: Mapping[str, Any]
    variants: tuple[Variant, ...]
    told: str = ""

    def runs(self, seed: int | None = None) -> tuple[dict[str, Any], ...]:
        """The knobs of each variant, as `runs.start` takes them."""
        own = {} if seed is None else {"seed": seed}
        return tuple({**self.shared, **variant.knobs, **own} for variant in self.variants)


_QUICK = {"precision": "float32", "hidden": 32, "batch": 32}
_ADAM = {**_QUICK, "optimizer": "adam", "learning_rate": 0.01, "clip_norm": 1.0}
_SGD = {**_QUICK, "optimizer": "sgd", "learning_rate": 0.1}
_SCALED = {"recurrent_initial": "scaled", "spectral_radius": 1.2}
_OPEN = {"cell": "LSTM", "forget_bias": 1.0}

_ALL = (
    Recipe(
        name="at the start",
        title="Before training",
        question="Before any training, whose gradient reaches back 50 steps?",
        options=("that of the LSTM and the GRU", "only the LSTM's", "nobody's"),
        answer=2,
        told="Gates keep the gradient alive.",
        says="Nobody's: at the first update ‖dL/dh₁‖ is 10⁻⁷ to 10⁻¹⁵ of ‖dL/dh₅₀‖ in the tanh "
        "RNN, by seed, 10⁻¹⁰ to 10⁻¹¹ in the LSTM and 10⁻⁹ to 10⁻¹¹ in the GRU. What gates buy is "
        "that training can open them: after 600 updates it is 10⁻⁴ to 10⁻¹ in the LSTM, 10⁻² or "
        "more in the GRU, and 10⁻⁵ to 10⁻³⁸ in the RNN, by seed and processor.",
        look="the maps of ‖dL/dh‖: their first rows, then their last",
        shared={**_ADAM, "task": "marked recall", "length": 50, "updates": 600},
        variants=(
            Variant("rnn", "tanh RNN", {"cell": "RNN (tanh)"}),
            Variant("lstm", "LSTM", {"cell": "LSTM"}),
            Variant("gru", "GRU", {"cell": "GRU (PyTorch)"}),
        ),
    ),
    Recipe(
        name="first symbol",
        title="First symbol",
        question="Which learns to recall the first of 20 symbols?",
        options=("only the LSTM", "both", "only the tanh RNN", "neither"),
        answer=2,
        told="A plain RNN cannot look back more than ten steps; an LSTM can.",
        says="The tanh RNN, and soon, on eight seeds of ten. The symbol always stands at the same "
        "place and the rest come in on other wires, which a saturating unit can latch; the LSTM "
        "starts with its forget gate half shut, keeps 0.5²⁰ of what it read, and gets no gradient "
        "to open it.",
        look="the loss, and the mean of the LSTM's forget gate",
        shared={**_ADAM, "task": "recall", "length": 20, "updates": 400},
        variants=(
            Variant("rnn", "tanh RNN", {"cell": "RNN (tanh)"}),
            Variant("lstm", "LSTM", {"cell": "LSTM"}),
        ),
    ),
    Recipe(
        name="exploding",
        title="Exploding, clipped",
        question="What becomes of the run that is not clipped?",
        options=("its loss goes to NaN", "it learns, only slower", "it jitters at chance for ever"),
        answer=2,
        told="Without clipping the loss goes to NaN.",
        says="It jitters at chance: now and then one step far too long throws it away from what "
        "it had found. Clipped to norm 1 it learns. Clipping bounds the long steps only: "
        "from a recurrent matrix of spectral radius 0.5 nothing explodes, the gradient "
        "vanishes, and clipping does not help.",
        look="the gradient norm before clipping, and the line of the threshold",
        shared={
            **_SGD,
            **_SCALED,
            "task": "temporal order",
            "length": 30,
            "cell": "RNN (tanh)",
            "updates": 1200,
        },
        variants=(
            Variant("unclipped", "not clipped"),
            Variant("norm-1", "norm 1", {"clip_norm": 1.0}),
            Variant("norm-0.1", "norm 0.1", {"clip_norm": 0.1}),
            Variant(
                "norm-1-radius-0.5",
                "norm 1, radius 0.5",
                {"clip_norm": 1.0, "spectral_radius": 0.5},
            ),
        ),
    ),
    Recipe(
        name="one step",
        title="One bad step",
        question="A ReLU network from the identity, SGD, not clipped: what happens?",
        options=("it learns like the clipped one", "one step destroys it", "it slowly drifts off"),
        answer=1,
        says="The first step is so long that the next state is multiplied at every time step: "
        "within four updates, on ten seeds of ten, h or the loss is no number any more. ReLU "
        "has no ceiling, so here it is the state itself that explodes. The clipped run goes "
        "the same way with short steps: its loss leaps once, then it learns.",
        look="the first few updates of the loss and of the gradient norm",
        shared={
            **_SGD,
            "task": "noisy sine",
            "length": 50,
            "cell": "RNN (ReLU)",
            "recurrent_initial": "identity",
            "updates": 300,
        },
        variants=(
            Variant("unclipped", "not clipped"),
            Variant("norm-1", "norm 1", {"clip_norm": 1.0}),
        ),
    ),
    Recipe(
        name="to infinity",
        title="To NaN",
        question="A tanh cell's state stays within ±1. Can its loss still go to infinity?",
        options=("no: everything is bounded", "yes"),
        answer=1,
        says="Yes, after some twenty updates, and hardly by backpropagation through time: with the "
        "gradient cut at every step, eight seeds of ten get there as soon. The learning rate is "
        "too large for the readout, whose weights overshoot further each time. Clipping hides "
        "that: the clipped run learns.",
        look="the loss, and the mark where the first number was not finite",
        shared={
            **_SGD,
            **_SCALED,
            "task": "noisy sine",
            "length": 50,
            "cell": "RNN (tanh)",
            "learning_rate": 0.5,
            "updates": 600,
        },
        variants=(
            Variant("unclipped", "not clipped"),
            Variant("norm-1", "norm 1", {"clip_norm": 1.0}),
        ),
    ),
    Recipe(
        name="norm or value",
        title="Norm or value",
        question="Which of the two turns the gradient?",
        options=("by norm", "by value", "both", "neither"),
        answer=1,
        says="By value: each entry is cut on its own, so the step points elsewhere. At the median "
        "clipped update that is 9° to 27° with limit 0.1, by seed, and 39° to 48° with 0.01. By "
        "norm only shortens it. The turned ones learn on nine and six seeds of ten, by norm on "
        "all; on the cliff the turn decides.",
        look="the angle between the gradient and what is left of it",
        shared={
            **_SGD,
            **_SCALED,
            "task": "temporal order",
            "length": 30,
            "cell": "RNN (tanh)",
            "updates": 1200,
        },
        variants=(
            Variant("norm-1", "norm 1", {"clip_norm": 1.0}),
            Variant("value-0.1", "value 0.1", {"clip_value": 0.1}),
            Variant("value-0.01", "value 0.01", {"clip_value": 0.01}),
        ),
    ),
    Recipe(
        name="forget bias",
        title="Forget bias",
        question="Which of these LSTMs learn to recall the first symbol over 50 steps?",
        options=(
            "all of them",
            "all but bias 0",
            "those with bias ln 50",
            "only: ln 50, and the input gate closed",
        ),
        answer=2,
        told="An LSTM never forgets; a forget bias of 1 is enough.",
        says="With f = 0.5 a cell keeps 0.5⁵⁰ of the first symbol, with bias 1 still only 10⁻⁷ of "
        "it: no gradient tells the gate to open. With ln 50, 0.37 is left, and most seeds learn, "
        "sooner or later. If the input gate starts closed too, nothing later is written over the "
        "memory: all ten learn, and soon.",
        look="the forget gate's mean, and ‖dL/dc‖ at the first steps",
        shared={**_ADAM, "task": "recall", "length": 50, "cell": "LSTM", "updates": 600},
        variants=(
            Variant("bias-0", "forget bias 0", {"forget_bias": 0.0}),
            Variant("bias-1", "forget bias 1", {"forget_bias": 1.0}),
            Variant("bias-ln-50", "ln 50", {"forget_bias": LN_50}),
            Variant(
                "bias-ln-50-input",
                "ln 50, input −ln 50",
                {"forget_bias": LN_50, "write_bias": -LN_50},
            ),
        ),
    ),
    Recipe(
        name="vanishing",
        title="Vanishing",
        question="One of 30 symbols is marked, at any step. Who learns to recall it?",
        options=("all three", "the LSTM and the GRU", "only the LSTM", "nobody"),
        answer=1,
        says="The gated cells. The tanh RNN stays at one in four: no gradient reaches it from far "
        "back, and it has no gate that would keep the other symbols out of its memory. It "
        "takes both to fail: with the first symbol asked for, it wins.",
        look="the maps of ‖dL/dh‖, and the gates' means",
        shared={**_ADAM, "task": "marked recall", "length": 30, "updates": 400},
        variants=(
            Variant("rnn", "tanh RNN", {"cell": "RNN (tanh)"}),
            Variant("lstm", "LSTM, forget bias 1", _OPEN),
            Variant("gru", "GRU", {"cell": "GRU (PyTorch)"}),
        ),
    ),
    Recipe(
        name="equal parameters",
        title="LSTM or GRU",
        question="LSTM with 32 units, GRU with 37: 4,513 and 4,515 parameters. Who is faster?",
        options=("the LSTM", "the GRU", "no difference"),
        answer=1,
        says="The GRU, on this task, in less than half the updates. On marked recall over 100 "
        "steps it is the other way round: the LSTM solves it and the GRU does not (PyTorch, three "
        "seeds). There is no winner in general.",
        look="the loss against the solved line",
        shared={**_ADAM, "task": "adding problem", "length": 50, "updates": 900},
        variants=(
            Variant("lstm", "LSTM, 32 units", _OPEN),
            Variant("gru", "GRU, 37 units", {"cell": "GRU (PyTorch)", "hidden": 37}),
        ),
    ),
    Recipe(
        name="learning rate",
        title="Learning rate",
        question="Adam, LSTM, adding problem: which learning rates learn in 700 updates?",
        options=("0.001 only", "0.03 only", "0.001 and 0.03", "all but 1"),
        answer=1,
        says="0.03, on eight seeds of ten. A thirtieth of it crawls, ten times as much leaps to a "
        "loss of 12 to 42, by seed, and comes back to the baseline, and 1 leaps to 141 to 391.",
        look="the loss on its log axis",
        shared={**_ADAM, **_OPEN, "task": "adding problem", "length": 50, "updates": 700},
        variants=(
            Variant("0.001", "0.001", {"learning_rate": 0.001}),
            Variant("0.03", "0.03", {"learning_rate": 0.03}),
            Variant("0.3", "0.3", {"learning_rate": 0.3}),
            Variant("1", "1", {"learning_rate": 1.0}),
        ),
    ),
    Recipe(
        name="adam and clipping",
        title="Adam, clipped",
        question="Learning rate 1 with Adam: does clipping to norm 1 save the run?",
        options=("yes", "no"),
        answer=1,
        told="Clipping bounds the step.",
        says="No. Both leap to the same loss, 141 to 391 by seed. Adam divides by the size of past "
        "gradients: a gradient ten times shorter makes nearly the same step. Clipping bounds "
        "the gradient, and with SGD the step; with Adam it does not.",
        look="the loss of both, and the gradient after clipping",
        shared={
            **_ADAM,
            **_OPEN,
            "task": "adding problem",
            "length": 50,
            "learning_rate": 1.0,
            "updates": 400,
        },
        variants=(
            Variant("norm-1", "norm 1"),
            Variant("unclipped", "not clipped", {"clip_norm": None}),
        ),
    ),
    Recipe(
        name="identity",
        title="ReLU, identity",
        question="Which of these plain networks learns to add over 50 steps?",
        options=("tanh from the identity", "ReLU from the identity", "both", "neither"),
        answer=1,
        says="ReLU from the identity: as long as its units are on, the gradient is handed on as "
        "it is (Le, Jaitly & Hinton 2015). Clipping keeps it alive; tanh squashes what it "
        "hands on, identity or not.",
        look="the maps of ‖dL/dh‖ at the first updates",
        shared={
            **_ADAM,
            "task": "adding problem",
            "length": 50,
            "learning_rate": 0.003,
            "recurrent_initial": "identity",
            "updates": 1200,
        },
        variants=(
            Variant("relu-norm-1", "ReLU, norm 1", {"cell": "RNN (ReLU)"}),
            Variant(
                "relu-unclipped", "ReLU, not clipped", {"cell": "RNN (ReLU)", "clip_norm": None}
            ),
            Variant("tanh-norm-1", "tanh, norm 1", {"cell": "RNN (tanh)"}),
        ),
    ),
    Recipe(
        name="by heart",
        title="By heart",
        question="100 random series, a random value to fit to each: one run fits all, the other "
        "none. Whose error is smaller on new series?",
        options=("of the one that fits", "of the one that does not", "no difference"),
        answer=1,
        told="A training loss near zero shows that a network has learnt its task.",
        says="Of the one that does not. There is no rule to find: it stays near always answering "
        "0.5, whose error is 1/12, or 0.083. After the tutorials' 100 epochs, 1,000 updates, the "
        "other knows little more; after 200 it knows all 100 series by heart (the training loss is "
        "below 0.001 on eight seeds of ten), and its error on new ones is 0.12 to 0.18. What it "
        "says of a new series is as good as drawn by lot, and two lots are 1/6 apart, not 1/12.",
        look="the loss, and beside it the error on held-out sequences",
        shared={
            **_QUICK,
            "task": "series regression",
            "length": 10,
            "cell": "GRU (PyTorch)",
            "batch": 10,
            "optimizer": "adam",
            "updates": 2000,
        },
        variants=(
            Variant("0.01", "learning rate 0.01", {"learning_rate": 0.01}),
            Variant("0.001", "0.001, as in tutorials", {"learning_rate": 0.001}),
        ),
    ),
)

RECIPES: Mapping[str, Recipe] = MappingProxyType({recipe.name: recipe for recipe in _ALL})
