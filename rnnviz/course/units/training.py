"""What clipping does, what training opens, and whether LSTM or GRU."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

EXPLODING = "?lesson=exploding"
AT_THE_START = "?lesson=at+the+start"
EQUAL = "?lesson=equal+parameters"
SHOWN = "&guess=-1"

CLIPPING = Unit(
    key="clipping",
    title=N_("What clipping does, and what not"),
    page="train",
    link=EXPLODING,
    seconds=240,
    guess=Guess(
        N_(
            "Run D begins with small recurrent matrices: the norm of its gradient is about 0.25, "
            "and hardly any of it reaches the first steps. It is clipped to norm 1. What does "
            "clipping do to it?"
        ),
        (
            N_("it raises the norm to 1"),
            N_("nothing: the norm stays as it is"),
            N_("it makes the gradient smaller still"),
        ),
        1,
        N_(
            "Nothing. Clipping shortens what is longer than the threshold, so it helps where a "
            "gradient explodes, as in run B, and not where it vanishes."
        ),
    ),
    acts=(
        Act(
            N_("Press “play”, and let the runs make 100 updates."),
            Seen("trained", {"update": Between(least=100)}),
            N_(
                "In the table “gradient norm” and “after clipping” are the same for D. Of B and C "
                "the longer ones are cut."
            ),
            f"{EXPLODING}{SHOWN}&made=100",
        ),
        Act(
            N_("Let them go on until one has solved the task."),
            Seen("trained", {"solved": Between(least=1)}),
            N_(
                "It is B, the run with clipping at 1 and a larger matrix. A is thrown back again "
                "and again; D, clipped like B, stays at guessing."
            ),
            f"{EXPLODING}{SHOWN}&made=400",
        ),
        Act(
            N_("Click a chart to look back at an early update."),
            Seen("update"),
            N_("In the map of D the first steps are white from the beginning: it vanishes."),
        ),
    ),
    belief=BELIEFS[7],
)

TRAINING_OPENS = Unit(
    key="training-opens",
    title=N_("What training opens"),
    page="train",
    link=AT_THE_START,
    seconds=240,
    guess=Guess(
        N_(
            "An LSTM that has learnt nothing yet reads 50 steps. How much of the gradient at the "
            "last step reaches the first?"
        ),
        (
            N_("nearly all: that is what its gates are for"),
            N_("about a hundredth"),
            N_("less than a millionth"),
        ),
        2,
        N_(
            "10⁻¹⁰ of it here. An LSTM starts with its gates half open, and a product of halves is "
            "soon nothing. What gates buy is that training can open them."
        ),
    ),
    acts=(
        Act(
            N_("Press “1 update”."),
            Seen("trained", {"update": Between(least=1)}),
            N_(
                "‖dL/dh₁‖ ÷ ‖dL/dh_T‖, in the table, begins below a millionth in all three, gates "
                "or not."
            ),
            f"{AT_THE_START}{SHOWN}&made=1",
        ),
        Act(
            N_("Press “play”, and wait until one of them has solved the task."),
            Seen("trained", {"solved": Between(least=1)}),
            N_(
                "It is a gated one. Its map has filled up to the top: now the gradient reaches the "
                "first steps. The map of the tanh RNN stays empty there."
            ),
            f"{AT_THE_START}{SHOWN}&made=325",
        ),
        Act(
            N_(
                "Below the maps, under “Gates”, tick “shares over 0.9 (dotted) and under 0.1 "
                "(dashed)”."
            ),
            Seen("gates", {"shown": True}),
            N_("They began at 0.5, half open, and training has moved them."),
        ),
    ),
    belief=BELIEFS[9],
)

LSTM_OR_GRU = Unit(
    key="lstm-or-gru",
    title=N_("LSTM or GRU?"),
    page="train",
    link=EQUAL,
    seconds=180,
    guess=Guess(
        N_("An LSTM and a GRU with as many parameters: which is the better one?"),
        (
            N_("the LSTM, since it has a cell state of its own"),
            N_("the GRU, since it is simpler"),
            N_("neither: it depends on the task"),
        ),
        2,
        N_(
            "Here the GRU was sooner on 10 of 10 seeds, and solved the task after 250 updates (the "
            "median). On other tasks it is the other way round: measure on your own."
        ),
    ),
    acts=(
        Act(
            N_("Press “play”, and let them learn until one has solved the task."),
            Seen("trained", {"solved": Between(least=1)}),
            N_("It is the GRU, on this task and with this seed."),
            f"{EQUAL}{SHOWN}&made=275",
        ),
        Act(
            N_("Look back: click a chart at an earlier update."),
            Seen("update"),
            N_(
                "For a long while both errors stand at about 0.16, hardly better than always "
                "answering 1; then they fall."
            ),
        ),
    ),
)
