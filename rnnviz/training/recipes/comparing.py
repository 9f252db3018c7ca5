"""Lessons on how networks are compared, and on what a training loss shows."""

from rnnviz.texts import N_
from rnnviz.training.recipes import findings
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Variant
from rnnviz.training.recipes.shared import ADAM, ON_SERVER, OPEN, QUICK

LESSONS = (
    Recipe(
        name="equal parameters",
        title=N_("LSTM or GRU"),
        heading="comparing",
        question=N_(
            "An LSTM with 32 units has 4,513 parameters, a GRU with 37 has 4,515. Which "
            "learns to add sooner?"
        ),
        options=(
            Option(N_("The LSTM does."), frozenset({"lstm"})),
            Option(N_("The GRU does."), frozenset({"gru"})),
            Option(N_("Both take the same number of updates."), frozenset({"lstm", "gru"})),
            Option(N_("Neither learns it in time."), frozenset(), is_offered=False),
        ),
        find=findings.first_learners,
        figures=(
            Figures(
                N_("Updates until it was solved: LSTM {A}, GRU {B} (–: not solved)."),
                findings.of_each(findings.solved_after),
            ),
        ),
        why=N_(
            "This is one task. On marked recall over 100 steps it is the other way round: the "
            "LSTM solves it and the GRU does not (PyTorch, three seeds). There is no winner in "
            "general."
        ),
        look=Look(
            N_(
                "Look at the held-out error against the solved line, and at the LSTM's map where "
                "it turns dark."
            )
        ),
        shared={**ADAM, **ON_SERVER, "task": "adding problem", "length": 50, "updates": 900},
        variants=(
            Variant("lstm", N_("LSTM, 32 units"), OPEN),
            Variant("gru", N_("GRU, 37 units"), {"cell": "GRU (PyTorch)", "hidden": 37}),
        ),
    ),
    Recipe(
        name="by heart",
        title=N_("By heart"),
        heading="comparing",
        question=N_(
            "100 random series have a random value each: one run fits them all, the other "
            "none. Whose error is smaller on new series?"
        ),
        options=(
            Option(N_("The run that fits has the smaller error."), frozenset({"0.01"})),
            Option(N_("The run that does not fit has the smaller error."), frozenset({"0.001"})),
            Option(N_("Their errors are alike."), frozenset({"0.01", "0.001"})),
        ),
        find=findings.least_held_out_error,
        figures=(
            Figures(
                N_(
                    "On the 100 series the loss of the last 25 updates is {A} with learning rate "
                    "0.01 and {B} with 0.001."
                ),
                findings.of_each(findings.late_loss),
            ),
            Figures(
                N_("On new series the error is {A} and {B}."), findings.of_each(findings.held_out)
            ),
        ),
        why=N_(
            "There is no rule to find: the slow run stays near always answering 0.5, whose error "
            "is 1/12, or 0.083. After the tutorials' 100 epochs, which are 1,000 updates, the "
            "faster run knows little; after 2,000 it knows nearly all 100 series by heart. What "
            "it answers to a new series is as good as drawn by lot, and two lots are 1/6 apart, "
            "not 1/12."
        ),
        told=N_("A training loss near zero shows that a network has learnt its task."),
        look=Look(N_("Look at the loss, and beside it at the error on held-out sequences.")),
        shared={
            **QUICK,
            "task": "series regression",
            "length": 10,
            "cell": "GRU (PyTorch)",
            "batch": 10,
            "optimizer": "adam",
            "updates": 2000,
        },
        variants=(
            Variant("0.01", N_("learning rate 0.01"), {"learning_rate": 0.01}),
            Variant("0.001", N_("0.001, as in tutorials"), {"learning_rate": 0.001}),
        ),
    ),
)
