"""A lesson on what an answer is read from: the last state, or all of them."""

from rnnviz.texts import N_
from rnnviz.training.recipes import findings
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Variant
from rnnviz.training.recipes.shared import ADAM, ON_SERVER

LESSONS = (
    Recipe(
        name="attention",
        title=N_("Attention"),
        heading="vanishing",
        question=N_(
            "One of 100 symbols is marked, at any step. Four tanh RNNs differ in what the answer "
            "is read from: which learn to recall it?"
        ),
        options=(
            Option(N_("All four learn it."), frozenset({"last", "mean", "maximum", "attention"})),
            Option(
                N_("All but the one that reads the last state learn it."),
                frozenset({"mean", "maximum", "attention"}),
            ),
            Option(
                N_("Those that read the maximum or an attention learn it."),
                frozenset({"maximum", "attention"}),
            ),
            Option(N_("Only the one with attention learns it."), frozenset({"attention"})),
            Option(N_("None of them learns it."), frozenset()),
            Option(
                N_("Only the one that reads the maximum learns it."),
                frozenset({"maximum"}),
                is_offered=False,
            ),
        ),
        find=findings.learners,
        figures=(
            Figures(
                N_(
                    "At update 1, ‖dL/dh₁‖ ÷ ‖dL/dh₁₀₀‖ is {A} from the last state, {B} from the "
                    "mean, {C} from the maximum and {D} from the attention."
                ),
                findings.of_each(findings.back_at_first),
            ),
            Figures(
                N_(
                    "At the end they answer {A}, {B}, {C} and {D} of the held-out sequences right; "
                    "guessing gives 25%."
                ),
                findings.of_each(findings.held_out),
            ),
        ),
        why=N_(
            "From the last state the gradient comes back through 99 steps, and hardly any is left. "
            "The others have a way of their own from L to every step, without any gate. That alone "
            "is not enough: in the mean one state is a hundredth, and only the maximum and the "
            "attention can let it stand out."
        ),
        told=N_("Without gates a network cannot learn what lies 100 steps back."),
        look=Look(
            N_(
                "Look at the profile ‖dL/dhₜ‖ at update 1: from the last state it falls step by "
                "step, from the others it does not."
            ),
            update=1,
        ),
        shared={
            **ADAM,
            **ON_SERVER,
            "task": "marked recall",
            "length": 100,
            "cell": "RNN (tanh)",
            "updates": 300,
        },
        variants=(
            Variant("last", N_("last state"), {"readout": "last"}),
            Variant("mean", N_("mean"), {"readout": "mean"}),
            Variant("maximum", N_("maximum"), {"readout": "maximum"}),
            Variant("attention", N_("attention"), {"readout": "attention"}),
        ),
    ),
)
