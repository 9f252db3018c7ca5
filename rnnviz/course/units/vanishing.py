"""Why a gradient vanishes, and what a bias does about it."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

SATURATED = "?cells=RNN&length=30&input_scale=5"
ABOVE_1 = "?cells=RNN&scale=1.2"
HALF_OPEN = "?cells=LSTM&length=50&forget_bias=0"
SHOWN = "&guess=show"

SATURATION = Unit(
    key="saturation",
    title=N_("Saturation"),
    page="gradients",
    link=SATURATED,
    revealed=f"{SATURATED}{SHOWN}",
    seconds=150,
    guess=Guess(
        N_("tanh always lies between −1 and 1. How steep is it at most?"),
        (
            N_("less than 1, since it lies between −1 and 1"),
            N_("1, and that at 0"),
            N_("as steep as one likes, with large inputs"),
        ),
        1,
        N_(
            "Its slope is 1 − tanh²: 1 at 0, and almost 0 far out, where tanh is flat. The bounds "
            "say nothing of it: 4 times as steep, tanh(4a) has the same ones."
        ),
    ),
    acts=(
        Act(
            N_("The inputs are large here. Drag “Input scale” down to 0.1 or less."),
            Seen("knob", {"name": "input_scale", "value": Between(most=0.1)}),
            N_(
                "Far more of the gradient arrives at step 1: h stays nearer to 0, where tanh is "
                "steep."
            ),
            f"?cells=RNN&length=30&input_scale=0{SHOWN}",
        ),
        Act(
            N_("Drag it up again, to 3 or more."),
            Seen("knob", {"name": "input_scale", "value": Between(least=3)}),
            N_(
                "Units near −1 or 1 are saturated: there tanh is flat, and each step back hands on "
                "little."
            ),
            f"{SATURATED}{SHOWN}",
        ),
        Act(
            N_("Under “Function of the plain RNN” press “identity”."),
            Seen("knob", {"name": "activation", "value": "identity"}),
            N_("A slope of 1 everywhere: now the inputs do not matter to the gradient at all."),
            f"{SATURATED}&activation=identity{SHOWN}",
        ),
    ),
    belief=BELIEFS[12],
)

VANISHING = Unit(
    key="vanishing",
    title=N_("Why it vanishes"),
    page="gradients",
    link=ABOVE_1,
    revealed=f"{ABOVE_1}{SHOWN}",
    seconds=150,
    guess=Guess(
        N_(
            "The recurrent matrix of this tanh RNN has a spectral radius of 1.2, above 1. What "
            "becomes of the gradient on its way back over 60 steps?"
        ),
        (
            N_("it grows, since 1.2 is above 1"),
            N_("it stays about as large"),
            N_("less than a tenth is left"),
        ),
        2,
        N_(
            "10⁻⁴ of it is left with these weights, and less than a tenth with each of 19 other "
            "draws. A step back multiplies by the matrix and by the slope of tanh, and the inputs "
            "keep tanh where it is flat."
        ),
    ),
    acts=(
        Act(
            N_("Take tanh away: under “Function of the plain RNN” press “identity”."),
            Seen("knob", {"name": "activation", "value": "identity"}),
            N_("It grows to the left: without tanh it is the matrix alone, again and again."),
            f"{ABOVE_1}&activation=identity{SHOWN}",
        ),
        Act(
            N_("Press “tanh” again."),
            Seen("knob", {"name": "activation", "value": "tanh"}),
            N_("The same matrix, and it vanishes: the slopes make the difference."),
            f"{ABOVE_1}{SHOWN}",
        ),
        Act(
            N_("Drag “Recurrent scale” down to 0.5 or less."),
            Seen("knob", {"name": "scale", "value": Between(most=0.5)}),
            N_("The matrix shrinks it now too: the fall is far steeper."),
            f"?cells=RNN&scale=0.5{SHOWN}",
        ),
    ),
    belief=BELIEFS[13],
)

FORGET_BIAS = Unit(
    key="forget-bias",
    title=N_("The forget bias"),
    page="gradients",
    link=HALF_OPEN,
    revealed=f"{HALF_OPEN}{SHOWN}",
    seconds=150,
    guess=Guess(
        N_(
            "The forget gates of this untrained LSTM are about 0.5. Along its cell state c, how "
            "much of the gradient is left after 50 steps back?"
        ),
        (
            N_("all of it: c is a conveyor belt"),
            N_("about half of it"),
            N_("less than a billionth"),
        ),
        2,
        N_(
            "Each step back multiplies it by f, unit by unit: 50 factors of about 0.5 make about "
            "10⁻¹⁵. No matrix stands in this way, but a product of gates does."
        ),
    ),
    acts=(
        Act(
            N_("Drag “Bias of the gate that keeps” up to 3 or more."),
            Seen("knob", {"name": "forget_bias", "value": Between(least=3)}),
            N_("f is 0.95 or so, and 50 of these factors make about 0.08: much more arrives."),
            f"?cells=LSTM&length=50&forget_bias=3{SHOWN}",
        ),
        Act(
            N_("Now drag “Length” up to 150 or more."),
            Seen("knob", {"name": "length", "value": Between(least=150)}),
            N_("It is a product still: more factors, and less of it arrives."),
            f"?cells=LSTM&length=150&forget_bias=3{SHOWN}",
        ),
        Act(
            N_("Drag the bias down to −2 or less."),
            Seen("knob", {"name": "forget_bias", "value": Between(most=-2)}),
            N_("Gates that are nearly shut keep next to nothing: it is gone after a few steps."),
            f"?cells=LSTM&length=150&forget_bias=-2{SHOWN}",
        ),
    ),
    belief=BELIEFS[10],
)
