"""Lessons on gradients that vanish, and on what keeps them."""

from rnnviz.training.recipes import findings
from rnnviz.training.recipes.recipe import Figures, Look, Option, Recipe, Variant
from rnnviz.training.recipes.shared import ADAM, OPEN

LN_50 = 3.912
_NONE = Option("None of them learns it.", frozenset())

LESSONS = (
    Recipe(
        name="vanishing",
        title="Vanishing",
        heading="vanishing",
        question="One of 30 symbols is marked, at any step. Which networks learn to recall it?",
        options=(
            Option("All three learn it.", frozenset({"rnn", "lstm", "gru"})),
            Option("The LSTM and the GRU learn it.", frozenset({"lstm", "gru"})),
            Option("Only the LSTM learns it.", frozenset({"lstm"})),
            _NONE,
            Option("Only the GRU learns it.", frozenset({"gru"}), is_offered=False),
        ),
        find=findings.learners,
        figures=(
            Figures(
                "At update 1, ‖dL/dh₁‖ ÷ ‖dL/dh₃₀‖ is {A} in the tanh RNN, {B} in the LSTM and {C} "
                "in the GRU.",
                findings.of_each(findings.back_at_first),
            ),
            Figures(
                "At the end they answer {A}, {B} and {C} of the held-out sequences right; guessing "
                "gives 25%.",
                findings.of_each(findings.held_out),
            ),
        ),
        why="Hardly any gradient reaches the tanh RNN from far back before it has learnt anything, "
        "and it has no gate that would keep the other symbols out of its memory. Either alone "
        "would not stop it: asked for the first symbol instead, the tanh RNN wins. The GRU's "
        "gradient begins about as short, but training opens its gates.",
        look=Look(
            "Look at the profile ‖dL/dhₜ‖ at update 1, and then at how the top of the maps fills "
            "where gates open.",
            update=1,
        ),
        shared={**ADAM, "task": "marked recall", "length": 30, "updates": 400},
        variants=(
            Variant("rnn", "tanh RNN", {"cell": "RNN (tanh)"}),
            Variant("lstm", "LSTM, forget bias 1", OPEN),
            Variant("gru", "GRU", {"cell": "GRU (PyTorch)"}),
        ),
    ),
    Recipe(
        name="at the start",
        title="Before training",
        heading="vanishing",
        question="Before any training, in which network does a thousandth of the gradient reach "
        "back over 50 steps?",
        options=(
            Option("In the LSTM and in the GRU it does.", frozenset({"lstm", "gru"})),
            Option("In the LSTM alone it does.", frozenset({"lstm"})),
            Option("In none of them it does.", frozenset()),
        ),
        find=findings.reaching_back,
        figures=(
            Figures(
                "At update 1, ‖dL/dh₁‖ ÷ ‖dL/dh₅₀‖ is {A} in the tanh RNN, {B} in the LSTM and {C} "
                "in the GRU.",
                findings.of_each(findings.back_at_first),
            ),
            Figures("At update {update} it is {A}, {B} and {C}.", findings.at_the_end),
        ),
        why="A gate starts half open, and a product of 50 halves is 10⁻¹⁵. What gates buy is that "
        "training can open them.",
        told="Gates keep the gradient alive.",
        look=Look(
            "Look at the maps' left edge (untrained) and right edge (trained): where the top is "
            "empty, no gradient reaches the first steps.",
            update=1,
            pauses=True,
        ),
        shared={**ADAM, "task": "marked recall", "length": 50, "updates": 600},
        variants=(
            Variant("rnn", "tanh RNN", {"cell": "RNN (tanh)"}),
            Variant("lstm", "LSTM", {"cell": "LSTM"}),
            Variant("gru", "GRU", {"cell": "GRU (PyTorch)"}),
        ),
    ),
    Recipe(
        name="first symbol",
        title="First symbol",
        heading="vanishing",
        question="Which network learns to recall the first of 20 symbols?",
        options=(
            Option("Only the LSTM learns it.", frozenset({"lstm"})),
            Option("Both learn it.", frozenset({"rnn", "lstm"})),
            Option("Only the tanh RNN learns it.", frozenset({"rnn"})),
            Option("Neither learns it.", frozenset()),
        ),
        find=findings.learners,
        figures=(
            Figures(
                "At the end the tanh RNN recalls {A} of the held-out first symbols, the LSTM {B}; "
                "guessing gives 25%.",
                findings.of_each(findings.held_out),
            ),
            Figures(
                "The LSTM's forget gate is {first} on average at update 1 and {last} at the end.",
                findings.forget_gate_of("lstm"),
            ),
        ),
        why="The symbol always stands at the same place and the rest come in on other inputs: a "
        "saturating unit can latch that. The LSTM starts with its forget gate half open, keeps "
        "0.5²⁰ (a millionth) of what it read, and gets hardly any gradient to open it.",
        told="A plain RNN cannot look back more than ten steps; an LSTM can.",
        look=Look("Look at the held-out accuracy, and at the mean of the LSTM's forget gate."),
        shared={**ADAM, "task": "recall", "length": 20, "updates": 400},
        variants=(
            Variant("rnn", "tanh RNN", {"cell": "RNN (tanh)"}),
            Variant("lstm", "LSTM", {"cell": "LSTM"}),
        ),
    ),
    Recipe(
        name="forget bias",
        title="Forget bias",
        heading="vanishing",
        question="Which of these LSTMs learn in 200 updates to recall the first symbol over 50 "
        "steps?",
        options=(
            Option(
                "All of them learn it.",
                frozenset({"bias-0", "bias-1", "bias-ln-50", "bias-ln-50-input"}),
            ),
            Option(
                "All but the one with bias 0 learn it.",
                frozenset({"bias-1", "bias-ln-50", "bias-ln-50-input"}),
            ),
            Option(
                "The two with bias ln 50 learn it.", frozenset({"bias-ln-50", "bias-ln-50-input"})
            ),
            Option(
                "Only the one with bias ln 50 and a closed input gate learns it.",
                frozenset({"bias-ln-50-input"}),
            ),
        ),
        find=findings.learners,
        figures=(
            Figures(
                "At the end they recall {A}, {B}, {C} and {D} of the held-out first symbols; "
                "guessing gives 25%.",
                findings.of_each(findings.held_out),
            ),
        ),
        why="With f = 0.5 a cell keeps 0.5⁵⁰ of the first symbol, with bias 1 still only 10⁻⁷ of "
        "it: no gradient tells the gate to open. With ln 50, 0.37 is left, which is enough for "
        "some seeds; others take several hundred updates. If the input gate starts closed too, "
        "nothing later is written over the memory, and the cell learns soon.",
        told="An LSTM never forgets; a forget bias of 1 is enough.",
        look=Look("Look at the forget gate's mean, and at ‖dL/dcₜ‖ at the first steps."),
        shared={**ADAM, "task": "recall", "length": 50, "cell": "LSTM", "updates": 200},
        variants=(
            Variant("bias-0", "forget bias 0", {"forget_bias": 0.0}),
            Variant("bias-1", "forget bias 1", {"forget_bias": 1.0}),
            Variant("bias-ln-50", "ln 50", {"forget_bias": LN_50}),
            Variant(
                "bias-ln-50-input",
                "ln 50, input −ln 50",
                {"forget_bias": LN_50, "write_bias": -LN_50},
            ),
        ),
    ),
    Recipe(
        name="identity",
        title="ReLU, identity",
        heading="vanishing",
        question="Three plain networks start from the identity. Which learn to add over 50 steps?",
        options=(
            Option(
                "All three learn it.", frozenset({"relu-norm-1", "relu-unclipped", "tanh-norm-1"})
            ),
            Option("Both ReLU networks learn it.", frozenset({"relu-norm-1", "relu-unclipped"})),
            Option("Only the clipped ReLU network learns it.", frozenset({"relu-norm-1"})),
            Option("Only the tanh network learns it.", frozenset({"tanh-norm-1"})),
            _NONE,
        ),
        find=findings.learners,
        figures=(
            Figures(
                "The largest loss was {A} with ReLU clipped, {B} not clipped, and {C} with tanh.",
                findings.of_each(findings.largest_loss),
            ),
            Figures(
                "The held-out error at the end is {A}, {B} and {C}; always answering 1 gives 0.17.",
                findings.of_each(findings.held_out),
            ),
        ),
        why="As long as a ReLU unit is on, it hands the gradient on as it is (Le, Jaitly & Hinton "
        "2015); clipping keeps the network alive when a step would throw it off. tanh shortens "
        "what it hands on, identity or not.",
        look=Look("Look at the maps of ‖dL/dhₜ‖ at the first updates.", update=1),
        shared={
            **ADAM,
            "task": "adding problem",
            "length": 50,
            "learning_rate": 0.003,
            "recurrent_initial": "identity",
            "updates": 1200,
        },
        variants=(
            Variant("relu-norm-1", "ReLU, norm 1", {"cell": "RNN (ReLU)"}),
            Variant(
                "relu-unclipped", "ReLU, not clipped", {"cell": "RNN (ReLU)", "clip_norm": None}
            ),
            Variant("tanh-norm-1", "tanh, norm 1", {"cell": "RNN (tanh)"}),
        ),
    ),
)
