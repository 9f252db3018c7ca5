"""The gradient's way back through the steps."""

from rnnviz.course.unit import Act, Between, Guess, Seen, Unit
from rnnviz.texts import N_

PLAIN = "?cells=RNN"

UNITS = (
    Unit(
        key="way-back",
        title=N_("The gradient's way back"),
        page="gradients",
        link=PLAIN,
        revealed=f"{PLAIN}&guess=show",
        seconds=150,
        guess=Guess(
            N_(
                "A tanh RNN reads 60 steps, and the error is measured at the last one. How much of "
                "the gradient at step 60 is left at step 1?"
            ),
            (N_("about as much"), N_("about a hundredth"), N_("less than a ten-thousandth")),
            2,
            N_(
                "With these weights 3.6×10⁻⁸ of it, and less than a ten-thousandth with each of 20 "
                "other draws. Each step back multiplies the gradient by the same matrix once more, "
                "and by the slope of tanh; a factor below 1, sixty times over, leaves next to "
                "nothing."
            ),
        ),
        acts=(
            Act(
                N_(
                    "Follow the error: click the chart near step 60, then move the cursor to the "
                    "left with ←, at least to step 50."
                ),
                Seen("step", {"t": Between(10, 50)}),
                N_(
                    "Each step to the left is one step back in time. The axis counts powers of "
                    "ten: a straight fall loses the same factor at every step."
                ),
                f"{PLAIN}&guess=show&at=50",
            ),
            Act(
                N_("Make the way shorter: drag “Length” to 20 or less."),
                Seen("knob", {"name": "length", "value": Between(most=20)}),
                N_("Fewer steps, fewer factors: more of it arrives at step 1."),
                f"{PLAIN}&guess=show&length=20",
            ),
            Act(
                N_("Make each factor smaller: drag “Recurrent scale” to 0.5 or less."),
                Seen("knob", {"name": "scale", "value": Between(most=0.5)}),
                N_("The fall is steeper: less is left after the same number of steps."),
                f"{PLAIN}&guess=show&length=20&scale=0.5",
            ),
        ),
    ),
)
