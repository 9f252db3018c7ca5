"""Gates: what they are, and the two of a GRU."""

from rnnviz.course.beliefs import BELIEFS
from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

RECALL = "?sequence=marked+recall&cell=LSTM"
GRU = "?sequence=marked+recall&cell=GRU+(PyTorch)"
KEPT = "hold:1:z:every:10-15:1"

ONE_GATE = Unit(
    key="one-gate",
    title=N_("One gate at a time"),
    page="step",
    link=RECALL,
    seconds=150,
    guess=Guess(
        N_(
            "This LSTM has 16 units with three gates each and reads 15 letters: that makes 720 "
            "numbers, all from 0 to 1. How many of them lie between 0.05 and 0.95?"
        ),
        (
            N_("hardly any: a gate is open or shut"),
            N_("about half of them"),
            N_("most of them"),
        ),
        2,
        N_(
            "86 % of them. A gate is the sigmoid of a sum, and the sum must be large for it to be "
            "all but 0 or 1."
        ),
    ),
    acts=(
        Act(
            N_("Press “inside one step”, then → until the forget gate f is computed."),
            Seen("part", {"name": "f"}),
            N_(
                "One value after the other. Each gate adds up what is read, the h of the step "
                "before, and a bias, and bends the sum into 0 to 1 by σ."
            ),
            f"{RECALL}#view=inside:2,end",
        ),
        Act(
            N_("Click the bold number of the forget gate: see what its sum is made of."),
            Seen("explained", {"name": "f"}),
            N_("A sum of 0 gives 0.5. For 0.95 it must be 2.9, for 0.999 already 6.9."),
            f"{RECALL}#view=inside:2,explained:f:1,end",
        ),
        Act(
            N_("Drag the bold number of a gate, up or down, and let go."),
            Seen("held", {"name": ("i", "f", "o")}),
            N_(
                "Held like this, it is what you made it, whatever its sum says, and all that comes "
                "after it follows. The original stays in grey."
            ),
            f"{RECALL}#view=hold:1:f:1:1-1:0.3,end",
        ),
    ),
    belief=BELIEFS[15],
)

TWO_GATES = Unit(
    key="two-gates",
    title=N_("The GRU's two gates"),
    page="step",
    link=f"{GRU}#view=step:9,end",
    seconds=150,
    guess=Guess(
        N_(
            "Here h is (1 − z) of the new value and z of the old. Elsewhere one reads it with z "
            "and 1 − z exchanged. If this GRU is written so, and the parameters of z get the other "
            "sign, what does it compute?"
        ),
        (
            N_("the same h at every step"),
            N_("another h: one of the two ways is wrong"),
            N_("the same h with the other sign"),
        ),
        0,
        N_(
            "The same h, since σ(−a) = 1 − σ(a). Only what z is called differs: the share that is "
            "kept, or the share that is new."
        ),
    ),
    acts=(
        Act(
            N_("Press “After step 9, forget nothing: z = 1”, below the equations."),
            Seen("held", {"name": "z", "value": Between(least=0.9), "units": 16, "steps": 6}),
            N_("All of the old h goes on, and nothing new comes in: one gate does both."),
            f"{GRU}#view=step:9,{KEPT},end",
        ),
        Act(
            N_("Go to the last step and read the answer."),
            Seen("step", {"last": True}),
            N_("It is B, the marked letter: h is what it was after step 9."),
            f"{GRU}#view=step:15,{KEPT},end",
        ),
        Act(
            N_("Click the bold number of h: see how the two shares are added."),
            Seen("explained", {"name": "h"}),
            N_(
                "The shares make 1. “Update gate z” in the sidebar writes the same GRU the other "
                "way round: h stays."
            ),
            f"{GRU}#view=step:15,explained:h:1,{KEPT},end",
        ),
    ),
    belief=BELIEFS[16],
)
