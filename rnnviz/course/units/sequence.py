"""What a recurrent network reads, and what it carries along."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

PARITY = "?sequence=parity+at+every+step&cell=RNN+(tanh)"
ORDER = "?sequence=temporal+order&cell=RNN+(tanh)"

UNITS = (
    Unit(
        key="same-weights",
        title=N_("The same weights at every step"),
        page="step",
        link=PARITY,
        seconds=120,
        guess=Guess(
            N_(
                "This network reads 16 bits, one after the other. How many matrices W has it for "
                "what it reads?"
            ),
            (
                N_("16, one for each step"),
                N_("2, one for each kind of bit"),
                N_("1, used at every step"),
            ),
            2,
            N_(
                "One. The equation is the same at every step, and so are W, U and b in it: only "
                "what is read, and the h of the step before, are others. How long the sequence is "
                "stands nowhere in the network."
            ),
        ),
        acts=(
            Act(
                N_("Press → (or ▶ beside “play”) until it has read three bits."),
                Seen("step", {"t": Between(least=3)}),
                N_("One bit a step. The equation stays, its numbers change."),
                f"{PARITY}#view=step:3,end",
            ),
            Act(
                N_("Click the bold number at the end of the equation: see what it is made of."),
                Seen("explained", {"name": "h"}),
                N_("A weight times a number, again and again, and the bias."),
                f"{PARITY}#view=step:3,explained:h:1,end",
            ),
            Act(
                N_("With the arithmetic open, go on to another step, and compare the weights."),
                Seen("explained", {"name": "h", "t": Between(least=4)}),
                N_("Other numbers are read, but each weight is the one you saw before."),
                f"{PARITY}#view=step:6,explained:h:1,end",
            ),
        ),
        belief=BELIEFS[19],
    ),
    Unit(
        key="hidden-state",
        title=N_("What h is"),
        page="step",
        link=ORDER,
        seconds=150,
        guess=Guess(
            N_(
                "This network has 16 units and reads 20 letters. At the end it says in which order "
                "X and Y came. What does it still have of the Y at step 3 when it reads step 4?"
            ),
            (
                N_("the letter itself: it can look back at what it has read"),
                N_("16 numbers, and nothing else"),
                N_("20 numbers, one for each step"),
            ),
            1,
            N_(
                "16 numbers, one for each unit: that is h. When all 16 are set to 0 at step 3, the "
                "Y is gone, and the answer at the end is XX (99.8 %) in place of YX (99.9 %)."
            ),
        ),
        acts=(
            Act(
                N_("Go to the last step and read its answer."),
                Seen("step", {"last": True}),
                N_("It says YX, and is right: Y at step 3, X at step 12."),
                f"{ORDER}#view=step:20,end",
            ),
            Act(
                N_(
                    "Look at other units with ‹ and › beside the equation: at two of them at least."
                ),
                Seen("unit", {}, times=2),
                N_(
                    "Each unit is one number that changes from step to step. All 16 together are h."
                ),
                f"{ORDER}#view=step:20,unit:5,end",
            ),
            Act(
                N_("After “Try:” press “At step 3, forget everything: h = 0”."),
                Seen("held", {"name": "h", "value": Between(-0.05, 0.05), "units": 16, "t": 3}),
                N_("All 16 numbers are 0 after step 3: nothing of the Y goes on to step 4."),
                f"{ORDER}#view=step:3,hold:1:h:every:3-3:0,end",
            ),
            Act(
                N_("Go to the last step again, and read the answer."),
                Seen("step", {"last": True}),
                N_("Without h there is no past: the Y is forgotten, X alone is left."),
                f"{ORDER}#view=step:20,hold:1:h:every:3-3:0,end",
            ),
        ),
        belief=BELIEFS[4],
    ),
)
