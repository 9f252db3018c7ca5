"""Lessons on gradients and losses that explode, and on clipping."""

from rnnviz.texts import N_
from rnnviz.training.recipes import findings
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Variant
from rnnviz.training.recipes.shared import SCALED, SGD

_CLIPPED_OR_NOT = (
    Variant("unclipped", N_("not clipped")),
    Variant("norm-1", N_("norm 1"), {"clip_norm": 1.0}),
)
_ORDER = {
    **SGD,
    **SCALED,
    "task": "temporal order",
    "length": 30,
    "cell": "RNN (tanh)",
    "updates": 1200,
}

LESSONS = (
    Recipe(
        name="one step",
        title=N_("One bad step"),
        heading="exploding",
        question=N_("A ReLU network from the identity, SGD, not clipped: what happens?"),
        options=(
            Option(N_("It learns like the clipped one."), frozenset({"learnt"})),
            Option(N_("Its first steps destroy it."), frozenset({"stopped"})),
            Option(N_("It slowly drifts off."), frozenset()),
        ),
        find=findings.fate_of("unclipped", within=10),
        figures=(
            Figures(
                N_("At update {update} a number was no longer finite."),
                findings.stop_of("unclipped"),
            ),
            Figures(
                N_(
                    "The clipped run's loss leapt to {largest} at update {update}, and is {last} "
                    "at the end."
                ),
                findings.leap_of("norm-1"),
            ),
        ),
        why=N_(
            "The first steps are so long that the next state is multiplied at every time step, "
            "until h or the loss is no number any more. ReLU has no ceiling, so here it is the "
            "state itself that explodes. The clipped run goes the same way with short steps: its "
            "loss leaps once, then it learns."
        ),
        look=Look(
            N_("Look at the first few updates of the loss and of the gradient norm."),
            updates=(1, 20),
        ),
        shared={
            **SGD,
            "task": "noisy sine",
            "length": 50,
            "cell": "RNN (ReLU)",
            "recurrent_initial": "identity",
            "updates": 300,
        },
        variants=_CLIPPED_OR_NOT,
    ),
    Recipe(
        name="to infinity",
        title=N_("To NaN"),
        heading="exploding",
        question=N_("A tanh cell's state stays within ±1. Can its loss still go to infinity?"),
        options=(
            Option(N_("It cannot: everything is bounded."), frozenset()),
            Option(N_("It can."), frozenset({"stopped"})),
            Option(N_("It can, and here it learnt."), frozenset({"learnt"}), is_offered=False),
        ),
        find=findings.fate_of("unclipped"),
        figures=(
            Figures(N_("It did so at update {update}."), findings.stop_of("unclipped")),
            Figures(
                N_("The largest loss was {A} without clipping, and {B} with it."),
                findings.of_each(findings.largest_loss),
            ),
        ),
        why=N_(
            "It hardly comes by backpropagation through time: with the gradient cut at every step "
            "it happens too, on eight seeds of ten, and as soon. The learning rate is too large "
            "for the readout, whose weights overshoot further each time. Clipping hides that: the "
            "clipped run learns."
        ),
        single=N_(
            "Nothing trains here: the runs are in float32, and a browser calculates in float64, "
            "which has eight times as many decades before infinity."
        ),
        look=Look(
            N_("Look at the loss, and at the mark where the first number was not finite."),
            updates=(1, 40),
        ),
        shared={
            **SGD,
            **SCALED,
            "precision": "float32",
            "task": "noisy sine",
            "length": 50,
            "cell": "RNN (tanh)",
            "learning_rate": 0.5,
            "updates": 600,
        },
        variants=_CLIPPED_OR_NOT,
    ),
    Recipe(
        name="exploding",
        title=N_("Exploding, clipped"),
        heading="exploding",
        question=N_("What becomes of the run that is not clipped?"),
        options=(
            Option(N_("Its loss goes to NaN."), frozenset({"stopped"})),
            Option(N_("It learns, only slower."), frozenset({"learnt"})),
            Option(N_("It jitters near chance and never learns."), frozenset()),
        ),
        find=findings.fate_of("unclipped"),
        figures=(
            Figures(
                N_(
                    "On held-out sequences it came to {best} right after {update} updates, and "
                    "is at {last} at the end; guessing gives 25%."
                ),
                findings.best_and_last("unclipped"),
            ),
            Figures(
                N_(
                    "Clipped to norm 1, {B} are right; to norm 0.1, {C}; to norm 1 from radius "
                    "0.5, {D}."
                ),
                findings.of_each(findings.held_out),
            ),
        ),
        why=N_(
            "Now and then one step far too long throws it away from what it had found. Its "
            "gradients look small, because it is thrown back before they grow. Clipping bounds the "
            "long steps only: from a recurrent matrix of spectral radius 0.5 nothing explodes, the "
            "gradient vanishes, and clipping does not help."
        ),
        told=N_("Without clipping the loss goes to NaN."),
        look=Look(
            N_(
                "Look at the held-out accuracy of the run that is not clipped: it rises, and is "
                "thrown back."
            )
        ),
        shared=_ORDER,
        variants=(
            *_CLIPPED_OR_NOT,
            Variant("norm-0.1", N_("norm 0.1"), {"clip_norm": 0.1}),
            Variant(
                "norm-1-radius-0.5",
                N_("norm 1, radius 0.5"),
                {"clip_norm": 1.0, "spectral_radius": 0.5},
            ),
        ),
    ),
    Recipe(
        name="norm or value",
        title=N_("Norm or value"),
        heading="exploding",
        question=N_("Which kind of clipping changes the gradient's direction?"),
        options=(
            Option(N_("Clipping by norm does."), frozenset({"norm-1"})),
            Option(N_("Clipping by value does."), frozenset({"value-0.1", "value-0.01"})),
            Option(N_("Both kinds do."), frozenset({"norm-1", "value-0.1", "value-0.01"})),
            Option(N_("Neither kind does."), frozenset()),
        ),
        find=findings.turned,
        figures=(
            Figures(
                N_(
                    "At the median clipped update the gradient was turned by {A} (norm 1), {B} "
                    "(value 0.1) and {C} (value 0.01)."
                ),
                findings.of_each(findings.angle),
            ),
        ),
        why=N_(
            "By value, each entry is cut on its own, so the step points elsewhere. By norm, the "
            "gradient is only shortened. A turned step need not be a bad one: on half of the "
            "seeds or more these runs learn too, on some of them sooner; on the cliff (above) it "
            "makes the difference."
        ),
        look=Look(
            N_(
                "Look at the angle by clipping in the table, at an update at which the gradient "
                "was clipped."
            )
        ),
        shared=_ORDER,
        variants=(
            Variant("norm-1", N_("norm 1"), {"clip_norm": 1.0}),
            Variant("value-0.1", N_("value 0.1"), {"clip_value": 0.1}),
            Variant("value-0.01", N_("value 0.01"), {"clip_value": 0.01}),
        ),
    ),
)
