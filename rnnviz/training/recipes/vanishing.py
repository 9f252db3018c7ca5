"""Lessons on gradients that vanish, and on what keeps them."""

from rnnviz.texts import N_
from rnnviz.training.recipes import findings
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Variant
from rnnviz.training.recipes.shared import ADAM, ON_SERVER, OPEN

_NONE = Option(N_("None of them learns it."), frozenset())

LESSONS = (
    Recipe(
        name="vanishing",
        title=N_("Marked symbol"),
        heading="vanishing",
        question=N_("One of 30 symbols is marked, at any step. Which networks learn to recall it?"),
        options=(
            Option(N_("All three learn it."), frozenset({"rnn", "lstm", "gru"})),
            Option(N_("The LSTM and the GRU learn it."), frozenset({"lstm", "gru"})),
            Option(N_("Only the LSTM learns it."), frozenset({"lstm"})),
            _NONE,
            Option(N_("Only the GRU learns it."), frozenset({"gru"}), is_offered=False),
        ),
        find=findings.learners,
        figures=(
            Figures(
                N_(
                    "At update 1, ‖dL/dh₁‖ ÷ ‖dL/dh₃₀‖ is {A} in the tanh RNN, {B} in the LSTM "
                    "and {C} in the GRU."
                ),
                findings.of_each(findings.back_at_first),
            ),
            Figures(
                N_(
                    "At the end they answer {A}, {B} and {C} of the held-out sequences right; "
                    "guessing gives 25%."
                ),
                findings.of_each(findings.held_out),
            ),
        ),
        why=N_(
            "Hardly any gradient reaches the tanh RNN from far back before it has learnt anything, "
            "and it has no gate that would keep the other symbols out of its memory. Either alone "
            "would not stop it: asked for the first symbol instead, the tanh RNN wins. The GRU's "
            "gradient begins about as short, but training opens its gates."
        ),
        look=Look(
            N_(
                "Look at the profile ‖dL/dhₜ‖ at update 1, and then at how the top of the maps "
                "fills where gates open."
            ),
            update=1,
        ),
        shared={**ADAM, "task": "marked recall", "length": 30, "updates": 400},
        variants=(
            Variant("rnn", N_("tanh RNN"), {"cell": "RNN (tanh)"}),
            Variant("lstm", N_("LSTM, forget bias 1"), OPEN),
            Variant("gru", N_("GRU"), {"cell": "GRU (PyTorch)"}),
        ),
    ),
    Recipe(
        name="at the start",
        title=N_("Before training"),
        heading="vanishing",
        question=N_(
            "Before any training, in which network does a thousandth of the gradient reach "
            "back over 50 steps?"
        ),
        options=(
            Option(N_("In the LSTM and in the GRU it does."), frozenset({"lstm", "gru"})),
            Option(N_("In the LSTM alone it does."), frozenset({"lstm"})),
            Option(N_("In none of them it does."), frozenset()),
        ),
        find=findings.reaching_back,
        figures=(
            Figures(
                N_(
                    "At update 1, ‖dL/dh₁‖ ÷ ‖dL/dh₅₀‖ is {A} in the tanh RNN, {B} in the LSTM "
                    "and {C} in the GRU."
                ),
                findings.of_each(findings.back_at_first),
            ),
            Figures(N_("At update {update} it is {A}, {B} and {C}."), findings.at_the_end),
        ),
        why=N_(
            "A gate starts half open, and a product of 50 halves is 10⁻¹⁵. What gates buy is that "
            "training can open them."
        ),
        told=N_("Gates keep the gradient alive."),
        look=Look(
            N_(
                "Look at the maps' left edge (untrained) and right edge (trained): where the top "
                "is empty, no gradient reaches the first steps."
            ),
            update=1,
            pauses=True,
        ),
        shared={**ADAM, **ON_SERVER, "task": "marked recall", "length": 50, "updates": 600},
        variants=(
            Variant("rnn", N_("tanh RNN"), {"cell": "RNN (tanh)"}),
            Variant("lstm", N_("LSTM"), {"cell": "LSTM"}),
            Variant("gru", N_("GRU"), {"cell": "GRU (PyTorch)"}),
        ),
    ),
    Recipe(
        name="identity",
        title=N_("ReLU, identity"),
        heading="vanishing",
        question=N_(
            "Three plain networks start from the identity. Which learn to add over 50 steps?"
        ),
        options=(
            Option(
                N_("All three learn it."),
                frozenset({"relu-norm-1", "relu-unclipped", "tanh-norm-1"}),
            ),
            Option(
                N_("Both ReLU networks learn it."), frozenset({"relu-norm-1", "relu-unclipped"})
            ),
            Option(N_("Only the clipped ReLU network learns it."), frozenset({"relu-norm-1"})),
            Option(N_("Only the tanh network learns it."), frozenset({"tanh-norm-1"})),
            _NONE,
        ),
        find=findings.learners,
        figures=(
            Figures(
                N_("At update 1, ‖dL/dh₁‖ ÷ ‖dL/dh₅₀‖ is {A} with ReLU and {C} with tanh."),
                findings.of_each(findings.back_at_first),
            ),
            Figures(
                N_(
                    "The held-out error at the end is {A}, {B} and {C}; always answering 1 gives "
                    "0.17."
                ),
                findings.of_each(findings.held_out),
            ),
        ),
        why=N_(
            "As long as a ReLU unit is on, it hands the gradient on as it is (Le, Jaitly & Hinton "
            "2015); clipping keeps the network alive when a step would throw it off. tanh shortens "
            "what it hands on, identity or not."
        ),
        look=Look(N_("Look at the maps of ‖dL/dhₜ‖ at the first updates."), update=1),
        shared={
            **ADAM,
            "task": "adding problem",
            "length": 50,
            "learning_rate": 0.003,
            "recurrent_initial": "identity",
            "updates": 1200,
        },
        variants=(
            Variant("relu-norm-1", N_("ReLU, norm 1"), {"cell": "RNN (ReLU)"}),
            Variant(
                "relu-unclipped", N_("ReLU, not clipped"), {"cell": "RNN (ReLU)", "clip_norm": None}
            ),
            Variant("tanh-norm-1", N_("tanh, norm 1"), {"cell": "RNN (tanh)"}),
        ),
    ),
)
