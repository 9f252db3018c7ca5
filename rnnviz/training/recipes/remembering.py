"""Lessons on what a cell keeps of what it has read."""

from rnnviz.texts import N_
from rnnviz.training.recipes import findings
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Variant
from rnnviz.training.recipes.shared import ADAM, ON_SERVER

LN_50 = 3.912

LESSONS = (
    Recipe(
        name="first symbol",
        title=N_("First symbol"),
        heading="vanishing",
        question=N_("Which network learns to recall the first of 20 symbols?"),
        options=(
            Option(N_("Only the LSTM learns it."), frozenset({"lstm"})),
            Option(N_("Both learn it."), frozenset({"rnn", "lstm"})),
            Option(N_("Only the tanh RNN learns it."), frozenset({"rnn"})),
            Option(N_("Neither learns it."), frozenset()),
        ),
        find=findings.learners,
        figures=(
            Figures(
                N_(
                    "At the end the tanh RNN recalls {A} of the held-out first symbols, the LSTM "
                    "{B}; guessing gives 25%."
                ),
                findings.of_each(findings.held_out),
            ),
            Figures(
                N_(
                    "The LSTM's forget gate is {first} on average at update 1 and {last} at the "
                    "end."
                ),
                findings.forget_gate_of("lstm"),
            ),
        ),
        why=N_(
            "The symbol always stands at the same place and the rest come in on other inputs: a "
            "saturating unit can latch that. The LSTM starts with its forget gate half open, keeps "
            "0.5²⁰ (a millionth) of what it read, and gets hardly any gradient to open it."
        ),
        told=N_("A plain RNN cannot look back more than ten steps; an LSTM can."),
        look=Look(N_("Look at the held-out accuracy, and at the mean of the LSTM's forget gate.")),
        shared={**ADAM, "task": "recall", "length": 20, "updates": 400},
        variants=(
            Variant("rnn", N_("tanh RNN"), {"cell": "RNN (tanh)"}),
            Variant("lstm", N_("LSTM"), {"cell": "LSTM"}),
        ),
    ),
    Recipe(
        name="forget bias",
        title=N_("Forget bias"),
        heading="vanishing",
        question=N_(
            "Which of these LSTMs learn in 150 updates to recall the first symbol over 50 steps?"
        ),
        options=(
            Option(
                N_("All of them learn it."),
                frozenset({"bias-0", "bias-1", "bias-ln-50", "bias-ln-50-input"}),
            ),
            Option(
                N_("All but the one with bias 0 learn it."),
                frozenset({"bias-1", "bias-ln-50", "bias-ln-50-input"}),
            ),
            Option(
                N_("The two with bias ln 50 learn it."),
                frozenset({"bias-ln-50", "bias-ln-50-input"}),
            ),
            Option(
                N_("Only the one with bias ln 50 and a closed input gate learns it."),
                frozenset({"bias-ln-50-input"}),
            ),
        ),
        find=findings.learners,
        figures=(
            Figures(
                N_(
                    "At the end they recall {A}, {B}, {C} and {D} of the held-out first symbols; "
                    "guessing gives 25%."
                ),
                findings.of_each(findings.held_out),
            ),
        ),
        why=N_(
            "With f = 0.5 a cell keeps 0.5⁵⁰ of the first symbol, with bias 1 still only 10⁻⁷ of "
            "it: no gradient tells the gate to open. With ln 50, 0.37 is left, which is enough for "
            "some seeds; others take several hundred updates. If the input gate starts closed too, "
            "nothing later is written over the memory, and the cell learns soon."
        ),
        told=N_("An LSTM never forgets; a forget bias of 1 is enough."),
        look=Look(N_("Look at the forget gate's mean, and at ‖dL/dcₜ‖ at the first steps.")),
        shared={
            **ADAM,
            **ON_SERVER,
            "task": "recall",
            "length": 50,
            "cell": "LSTM",
            "updates": 150,
        },
        variants=(
            Variant("bias-0", N_("forget bias 0"), {"forget_bias": 0.0}),
            Variant("bias-1", N_("forget bias 1"), {"forget_bias": 1.0}),
            Variant("bias-ln-50", N_("ln 50"), {"forget_bias": LN_50}),
            Variant(
                "bias-ln-50-input",
                N_("ln 50, input −ln 50"),
                {"forget_bias": LN_50, "write_bias": -LN_50},
            ),
        ),
    ),
)
