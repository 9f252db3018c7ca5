"""How an LSTM keeps what it has read."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

RECALL = "?sequence=marked+recall&cell=LSTM"

UNITS = (
    Unit(
        key="forget-keeps",
        title=N_("Forget means keep"),
        page="step",
        link=f"{RECALL}#view=step:9,end",
        seconds=150,
        guess=Guess(
            N_(
                "The letter B at step 9 is marked, and the network must name it at the end. After "
                "step 9 the forget gate is held at 1. What will the network answer?"
            ),
            (
                N_("B: a forget gate of 1 keeps what is in c"),
                N_("not B: a forget gate of 1 forgets what is in c"),
                N_("the same as before whatever the forget gate is"),
            ),
            0,
            N_(
                "Held at 1 the answer stays B (over 99 %). Held at 0, B falls from over 99 % to "
                "9 %, and the network names D, the last letter, instead. c = f ⊙ c before + i ⊙ g: "
                "f says how much is kept."
            ),
        ),
        acts=(
            Act(
                N_("After “Try:” press “After step 9, keep no c: f = 0”."),
                Seen("held", {"name": "f", "value": Between(most=0.1), "units": 16, "steps": 6}),
                N_("Every number of c is multiplied by 0 at each step: what was in it is gone."),
                f"{RECALL}#view=step:9,hold:1:f:every:10-15:0,end",
            ),
            Act(
                N_("Go to the last step and read the answer."),
                Seen("step", {"last": True}),
                N_("B is forgotten: the answer is D, the letter it has just read."),
                f"{RECALL}#view=step:15,hold:1:f:every:10-15:0,end",
            ),
            Act(
                N_("Now press “After step 9, forget nothing: f = 1”."),
                Seen("held", {"name": "f", "value": Between(least=0.9), "units": 16, "steps": 6}),
                N_("At 1 all of c goes on to the next step, and the answer is B again."),
                f"{RECALL}#view=step:15,hold:1:f:every:10-15:1,end",
            ),
        ),
        belief=BELIEFS[14],
    ),
    Unit(
        key="conveyor",
        title=N_("The cell state: a conveyor belt"),
        page="step",
        link=f"{RECALL}#view=step:9,end",
        seconds=180,
        guess=Guess(
            N_(
                "After step 9 nothing is forgotten (f = 1) and nothing written (i = 0). What "
                "becomes of c in the six steps that follow?"
            ),
            (
                N_("it fades a little at each step"),
                N_("it does not change at all"),
                N_("it grows, as f is 1 at each step"),
            ),
            1,
            N_(
                "Not a digit of it changes: c = 1 ⊙ c + 0 ⊙ g. Neither matrix nor tanh stands "
                "between c at one step and c at the next, only a factor and a sum. The answer at "
                "the end is B still (95 %)."
            ),
        ),
        acts=(
            Act(
                N_(
                    "Go to step 10, beside “What you drag is held for” choose “every unit” and "
                    "“from here on”, and drag the bold number of the forget gate up to 1."
                ),
                Seen("held", {"name": "f", "value": Between(least=0.99), "units": 16, "t": 10}),
                N_("All that is in c stays. But each letter still adds to it: i ⊙ g."),
                f"{RECALL}#view=step:10,hold:1:f:every:10-15:1,end",
            ),
            Act(
                N_("Likewise drag the bold number of the input gate down to 0."),
                Seen("held", {"name": "i", "value": Between(most=0.01), "units": 16, "t": 10}),
                N_("Nothing is written any more."),
                f"{RECALL}#view=step:10,hold:1:f:every:10-15:1,hold:1:i:every:10-15:0,end",
            ),
            Act(
                N_("Go on to the last step, and watch c at each."),
                Seen("step", {"last": True}),
                N_("c at step 15 is c at step 9: carried along, as on a conveyor belt."),
                f"{RECALL}#view=step:15,hold:1:f:every:10-15:1,hold:1:i:every:10-15:0,end",
            ),
        ),
        belief=BELIEFS[22],
    ),
)
