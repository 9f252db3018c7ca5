"""Lessons on learning rates and on what clipping does to Adam."""

from rnnviz.texts import N_
from rnnviz.training.recipes import findings
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Variant
from rnnviz.training.recipes.shared import ADAM, ON_SERVER, OPEN

_ADDING = {**ADAM, **ON_SERVER, **OPEN, "task": "adding problem", "length": 50}

LESSONS = (
    Recipe(
        name="learning rate",
        title=N_("Learning rate"),
        heading="optimizer",
        question=N_("Adam, LSTM, adding problem: which learning rates learn in 700 updates?"),
        options=(
            Option(N_("Only 0.001 learns it."), frozenset({"0.001"})),
            Option(N_("Only 0.03 learns it."), frozenset({"0.03"})),
            Option(N_("Both 0.001 and 0.03 learn it."), frozenset({"0.001", "0.03"})),
            Option(N_("All but 1 learn it."), frozenset({"0.001", "0.03", "0.3"})),
            Option(N_("None of them learns it."), frozenset()),
        ),
        find=findings.learners,
        figures=(
            Figures(
                N_(
                    "The largest loss was {A} with 0.001, {B} with 0.03, {C} with 0.3 and {D} "
                    "with 1."
                ),
                findings.of_each(findings.largest_loss),
            ),
            Figures(
                N_(
                    "The held-out error at the end is {A}, {B}, {C} and {D}; always answering 1 "
                    "gives 0.17."
                ),
                findings.of_each(findings.held_out),
            ),
        ),
        why=N_(
            "0.001 crawls: its curve hardly leaves the baseline. 0.3 and 1 leap away from where "
            "they began within the first updates, and come back to the baseline at best."
        ),
        look=Look(N_("Look at the loss on its log axis.")),
        shared={**_ADDING, "updates": 700},
        variants=(
            Variant("0.001", N_("0.001"), {"learning_rate": 0.001}),
            Variant("0.03", N_("0.03"), {"learning_rate": 0.03}),
            Variant("0.3", N_("0.3"), {"learning_rate": 0.3}),
            Variant("1", N_("1"), {"learning_rate": 1.0}),
        ),
    ),
    Recipe(
        name="adam and clipping",
        title=N_("Adam, clipped"),
        heading="optimizer",
        question=N_("Learning rate 1 with Adam: does clipping to norm 1 save the run?"),
        options=(
            Option(N_("It does: only the other run's loss leaps."), frozenset({"unclipped"})),
            Option(N_("It does not: both losses leap."), frozenset({"norm-1", "unclipped"})),
            Option(N_("Neither loss leaps."), frozenset(), is_offered=False),
        ),
        find=findings.leaping,
        figures=(
            Figures(
                N_("The largest loss was {A} clipped and {B} not clipped."),
                findings.of_each(findings.largest_loss),
            ),
            Figures(
                N_("The mean loss of the last 25 updates is {A} clipped and {B} not clipped."),
                findings.of_each(findings.late_loss),
            ),
        ),
        why=N_(
            "Adam divides by the size of past gradients: a gradient ten times shorter makes "
            "nearly the same step. Clipping bounds the gradient, and with SGD the step; with "
            "Adam it does not. The clipped run then stays the worse one: in the other, Adam "
            "remembers the huge gradients of the leap and makes short steps, and what was "
            "clipped leaves nothing huge to remember."
        ),
        told=N_("Clipping bounds the step."),
        look=Look(N_("Look at the loss of both, and at the gradient norm after clipping.")),
        shared={**_ADDING, "learning_rate": 1.0, "updates": 400},
        variants=(
            Variant("norm-1", N_("norm 1")),
            Variant("unclipped", N_("not clipped"), {"clip_norm": None}),
        ),
    ),
)
