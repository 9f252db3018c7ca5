"""What explodes, and what is taken for it."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

LARGE = "?cells=LSTM&length=100&hidden=64&forget_bias=3"
SHOWN = "&guess=show"
ONE_STEP = "?lesson=one+step"
CUT = (
    "?task=noisy+sine&length=50&cell=RNN+(tanh)&optimizer=sgd&learning_rate=0.5&updates=100&seed=7"
    "&recurrent_initial=scaled&spectral_radius=1.2&truncate=1&precision=float32"
)

LSTM_EXPLODES = Unit(
    key="lstm-explodes",
    title=N_("Can an LSTM explode?"),
    page="gradients",
    link=LARGE,
    revealed=f"{LARGE}{SHOWN}",
    seconds=120,
    guess=Guess(
        N_(
            "The recurrent matrices of this LSTM are made larger, to a spectral radius of 3. What "
            "becomes of its gradient over 100 steps back?"
        ),
        (
            N_("it vanishes"),
            N_("it stays about as large: the cell state protects it"),
            N_("it grows more than tenfold"),
        ),
        2,
        N_(
            "It grows 65 times here, and more than tenfold with each of 19 other draws. In the way "
            "along c there is no matrix; but the gates read h, and in that way there is one."
        ),
    ),
    acts=(
        Act(
            N_("Drag “Recurrent scale” up to 3."),
            Seen("knob", {"name": "scale", "value": Between(least=2.95)}),
            N_("Seen from the loss, it grows on its way to the left."),
            f"{LARGE}&scale=3{SHOWN}",
        ),
        Act(
            N_("Drag “Length” up to 190 or more."),
            Seen("knob", {"name": "length", "value": Between(least=190)}),
            N_("More steps, and it grows further: this is how explosions go."),
            f"?cells=LSTM&length=200&hidden=64&forget_bias=3&scale=3{SHOWN}",
        ),
        Act(
            N_("Shut the forget gates: drag “Bias of the gate that keeps” to −3 or less."),
            Seen("knob", {"name": "forget_bias", "value": Between(most=-3)}),
            N_("Now it vanishes: it is the gates that decide."),
            f"?cells=LSTM&length=200&hidden=64&forget_bias=-3&scale=3{SHOWN}",
        ),
    ),
    belief=BELIEFS[11],
)

CLIP_RETURNS = Unit(
    key="clip-returns",
    title=N_("What clip_grad_norm_ returns"),
    page="train",
    link=ONE_STEP,
    seconds=120,
    guess=Guess(
        N_(
            "norm = clip_grad_norm_(parameters, 1.0), and the gradient was 20.9 long. What is norm "
            "now?"
        ),
        (N_("1.0, its length after clipping"), N_("20.9, its length before"), N_("nothing")),
        1,
        N_(
            "20.9: one can keep an eye on it although the step is short. And it must stand before "
            "optimizer.step(): after it the step is made."
        ),
    ),
    acts=(
        Act(
            N_("Press “10”, for as many updates."),
            Seen("trained", {"update": Between(least=1)}),
            N_("A, not clipped, soon meets a number that is not finite; B goes on."),
            f"{ONE_STEP}&guess=-1&made=20",
        ),
        Act(
            N_("Look back at the first updates: click the left end of a chart."),
            Seen("update"),
            N_(
                "In the table “gradient norm” is the length before, “after clipping” what was "
                "left of it: in B never more than 1."
            ),
            f"{ONE_STEP}&guess=-1&made=20&at=1",
        ),
    ),
    belief=BELIEFS[8],
)

NAN = Unit(
    key="nan",
    title=N_("Where NaN comes from"),
    page="train",
    link=CUT,
    seconds=120,
    guess=Guess(
        N_(
            "With a learning rate of 0.5 a tanh RNN ends in NaN. Now its gradient is cut at every "
            "step: nothing goes back through time. What happens?"
        ),
        (
            N_("it learns: nothing can explode any more"),
            N_("it ends in NaN as well"),
            N_("it stays finite, but learns nothing"),
        ),
        1,
        N_(
            "NaN again. The step is too long for the readout, whose weights overshoot further each "
            "time. Ask which number went first before you blame the way back through time."
        ),
    ),
    acts=(
        Act(
            N_("Press “play”, and wait until the run stops."),
            Seen("trained", {"stopped": Between(least=1)}),
            N_("Its loss was no longer finite, and no gradient had come back through time."),
            f"{CUT}&made=40",
        ),
        Act(
            N_("Click the chart of the loss, a few updates before it stopped."),
            Seen("update"),
            N_("Update for update it is larger by about the same factor: it overshoots."),
        ),
    ),
    belief=BELIEFS[21],
)

ACTIVITIES = (LSTM_EXPLODES, CLIP_RETURNS, NAN)
