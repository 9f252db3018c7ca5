"""Beliefs about how far back the gradient reaches, measured on the Gradients page's networks."""

from dataclasses import replace

import numpy as np

from rnnviz.course.beliefs.belief import Belief, Measured, power, whole
from rnnviz.gradients.credit import credit
from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import measure
from rnnviz.gradients.setup import PLAIN, Setup
from rnnviz.gradients.waterfall import waterfall
from rnnviz.network.arrays import Array
from rnnviz.notation import number, percent
from rnnviz.operations import OPERATIONS
from rnnviz.texts import N_

AT_THE_START = Setup(cells=("LSTM",), length=50, forget_bias=0.0)
RADIUS_ABOVE_1 = Setup(cells=(PLAIN,), length=60, scale=1.2)
SATURATED = Setup(cells=(PLAIN,), length=30, scale=0.5, input_scale=5.0)
CREDIT = Setup(cells=(PLAIN,), length=20)
ROUNDING = 1e-12


def reaches_back(setup: Setup) -> float:
    """‖dL/dh₁‖ ÷ ‖dL/dh_T‖ of the setup's only cell."""
    (cell,) = setup.cells
    measured = measure(setup.network(cell), setup.x, setup.judge)
    found = norms(measured.parts["h"].total)
    return float(found[0] / found[-1])


def lstm_at_the_start(seed: int) -> Measured:
    """How much of the gradient an untrained LSTM hands back over 50 steps."""
    share = reaches_back(replace(AT_THE_START, seed=seed))
    return Measured(share < 1e-3, {"share": share})


def product_of_gates(seed: int) -> Measured:
    """What the direct path along c multiplies the gradient by, beside f₁ · … · f_T."""
    setup = replace(AT_THE_START, seed=seed)
    measured = measure(setup.network("LSTM"), setup.x, setup.judge)
    found = waterfall(measured, "c")
    product = measured.run.value("f").prod(axis=0)
    along = found.direct[0] / found.direct[-1]
    is_product = np.allclose(along, product, rtol=1e-9, atol=0.0)
    largest = float(product.max())
    return Measured(is_product and largest < 1e-3, {"largest": largest, "steps": setup.length})


def slope_of_tanh(seed: int) -> Measured:
    """tanh′ at 0, and its mean over steps and units of a cell with small and with large inputs."""
    small, large = (
        float(_slopes(_hidden(replace(SATURATED, input_scale=scale, seed=seed))).mean())
        for scale in (0.0, SATURATED.input_scale)
    )
    at_zero = float(_slopes(np.zeros(1))[0])
    figures = {"at_zero": at_zero, "small": small, "large": large}
    return Measured(at_zero == 1.0 and large < 0.75 < 0.9 < small, figures)


def _hidden(setup: Setup) -> Array:
    return measure(setup.network(PLAIN), setup.x, setup.judge).run.value("h")


def _slopes(h: Array) -> Array:
    """tanh′ where tanh is h, by the engine's own rule."""
    (pull,) = OPERATIONS["tanh"].gradients
    values: dict[str, Array] = {"gradient": np.ones_like(h), "result": h}
    return pull.of(lambda source: values[source])


def radius_is_not_all(seed: int) -> Measured:
    """The same recurrent matrix of radius above 1, in a linear cell and in one with tanh."""
    setup = replace(RADIUS_ABOVE_1, seed=seed)
    tanh, linear = reaches_back(setup), reaches_back(replace(setup, activation="identity"))
    return Measured(tanh < 0.1 and linear > 100.0, {"tanh": tanh, "linear": linear})


def one_matrix(seed: int) -> Measured:
    """The gradient of the recurrent matrix, and the sum of what each step adds to it."""
    setup = replace(CREDIT, seed=seed)
    measured = measure(setup.network(PLAIN), setup.x, setup.judge)
    shares, whole_gradient = measured.cell.params_over_time("U"), measured.cell.params["U"]
    apart = float(np.abs(shares.sum(axis=0) - whole_gradient).max())
    last_two = credit(measured).shares[-2:].sum() / credit(measured).shares.sum()
    return Measured(apart <= ROUNDING, {"apart": apart, "last_two": float(last_two)})


BELIEFS = (
    Belief(
        number=9,
        key="LSTM at the start",
        sentence=N_(
            "… the gradients flow back through cell states instead of hidden states h without "
            "vanishing in every time step."
        ),
        source=N_("CS231n, notes on RNNs"),
        kindly=N_(
            "With a forget gate at 1 it is so, and a few lines on the same notes say that an LSTM"
            " does not guarantee it."
        ),
        truth=N_(
            "Untrained, with its forget gates half open, ‖dL/dh₁‖ was {share} of ‖dL/dh₅₀‖ (the "
            "median of {seeds} seeds; below a thousandth on {held}). What gates buy is that "
            "training can open them."
        ),
        measure=lstm_at_the_start,
        spelled={"share": power},
    ),
    Belief(
        number=10,
        key="product of gates",
        sentence=N_("In an LSTM's gradient there is no factor to the power T."),
        source=N_("an answer on Cross Validated (341739)"),
        kindly=N_("It is no power of one matrix, that is right. It is a product of as many gates."),
        truth=N_(
            "The way along c multiplies it by f₁ · f₂ · … · f_T, a product with as many factors. "
            "Over {steps} half-open gates it was at most {largest}, in any unit."
        ),
        measure=product_of_gates,
        spelled={"largest": power, "steps": whole},
    ),
    Belief(
        number=12,
        key="slope of tanh",
        sentence=N_(
            "tanh′ will almost always be less than 1 because tanh is always between negative one"
            " and one."
        ),
        source=N_("CS231n, notes on RNNs"),
        kindly=N_(
            "That it is less than 1 is right. The reason is another: a function may lie between "
            "−1 and 1 and be as steep as one likes."
        ),
        truth=N_(
            "The slope is 1 − tanh²: at 0 it is {at_zero}, and far out almost 0. Its mean over "
            "units and steps was {small} without input, and {large} with large inputs."
        ),
        measure=slope_of_tanh,
        spelled={"at_zero": whole, "small": number, "large": number},
    ),
    Belief(
        number=13,
        key="radius is not all",
        sentence=N_(
            "A radius below 1 makes the gradient vanish, one above 1 makes it explode, full stop."
        ),
        source=N_("the RNN explorer at mlaquatra.me; an exercise at onenoughtone.com"),
        kindly=N_("For a linear network that is the whole story."),
        truth=N_(
            "With the radius at 1.2 a linear cell multiplied the gradient by {linear} over 60 "
            "steps; with tanh and the same matrix {tanh} of it was left, since the inputs bend "
            "tanh flat."
        ),
        measure=radius_is_not_all,
        spelled={"linear": power, "tanh": power},
    ),
    Belief(
        number=19,
        key="one matrix",
        sentence=N_("Each time step has its own weights, and training updates each differently."),
        source=N_(
            "asked on Mathematics Stack Exchange (2481857) and Data Science Stack Exchange (96830)"
        ),
        kindly=N_(
            "A drawing of the network unrolled over time does show the matrix once a step. It is "
            "one matrix, drawn many times; its gradient is the sum over the steps."
        ),
        truth=N_(
            "There is one matrix, and its gradient is the sum of what each step adds: of all that "
            "was added {last_two} came from the last two of 20 steps."
        ),
        measure=one_matrix,
        spelled={"last_two": percent},
    ),
)
