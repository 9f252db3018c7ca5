"""The cells of the first thirty years: plain, LSTM, GRU, and what was made of them."""

from rnnviz.cells import parts
from rnnviz.cells.about import About, Counterpart
from rnnviz.texts import N_

_LSTM_PARTS = {
    "f": parts.FORGET,
    "i": parts.INPUT,
    "g": parts.CANDIDATE,
    "o": parts.OUTPUT,
    "c": parts.CELL,
    "h": parts.HIDDEN,
}
_GRU_PARTS = {"r": parts.RESET, "z": parts.KEEPING_UPDATE, "n": parts.NEW, "h": parts.HIDDEN}
_TAKING_PARTS = _GRU_PARTS | {"z": parts.TAKING_UPDATE}

# (column, row), 100 by 70 pixels: `c.1` is the first part of c, `h.next` the new state.
_RNN_LANES = {"h_prev": (0, 1), "x": (1.8, 2.4), "h": (1.8, 1), "h.next": (3.6, 1)}
_LSTM_LANES = {
    "c_prev": (0, 0),
    "c.1": (1.2, 0),
    "c": (2.8, 0),
    "c.next": (6.5, 0),
    "c.2": (2.8, 1),
    "h.1": (5.5, 1),
    "h": (5.5, 3),
    "f": (1.2, 3),
    "i": (2.3, 3),
    "g": (3.3, 3),
    "o": (4.3, 3),
    "h_prev": (0, 4),
    "h.next": (6.5, 4),
    "x": (0.6, 5),
}
_CIFG_LANES = _LSTM_LANES | {
    "i": (2.5, 3),
    "g": (3.6, 3),
    "o": (4.6, 3),
    "c.2": (3.0, 1),
    "c": (3.0, 0),
}
_GRU_PLACES = {
    "h_prev": (0, 0),
    "h": (4.7, 0),
    "h.next": (6.2, 0),
    "z": (1.2, 3),
    "r": (2.3, 3),
    "x": (0.6, 4.6),
}
_KEEPING, _FADING, _WRITING = (1.2, 0), (2.3, 1), (4.7, 1)
_PYTORCH_PLACES = _GRU_PLACES | {"n.4": (3.4, 3), "n.5": (3.4, 2), "n": (4.7, 2)}
_CHO_PLACES = _GRU_PLACES | {"n.2": (3.5, 3), "n": (4.7, 3)}
_MGU_LANES = {
    "h_prev": (0, 0),
    "h.2": (1.2, 0),
    "h": (3.6, 0),
    "h.next": (5.1, 0),
    "h.1": (1.2, 1),
    "h.3": (3.6, 1),
    "f": (1.2, 3),
    "n.2": (2.4, 3),
    "n": (3.6, 3),
    "x": (0.6, 4.6),
}
_UPDATE_PARAMETERS = ("W_z", "U_z", "b_z")
_KEEPS, _TAKES = N_("z keeps the old state"), N_("z takes the new state")

CLASSIC = {
    "RNN (tanh)": About(
        title="RNN (tanh)",
        equations="h = tanh(W @ x + U @ h_prev + b)",
        paper="Elman (1990), Finding structure in time, Cognitive Science 14",
        year=1990,
        parts={"h": parts.HIDDEN},
        changed=N_(
            "It reads its own hidden state of the step before: what is to be remembered is learned."
        ),
        lanes=_RNN_LANES,
    ),
    "RNN (ReLU)": About(
        title="RNN (ReLU)",
        equations="h = relu(W @ x + U @ h_prev + b)",
        paper="Le, Jaitly & Hinton (2015), A simple way to initialize recurrent networks of "
        "rectified linear units, arXiv:1504.00941",
        year=2015,
        parts={"h": parts.HIDDEN},
        changed=N_(
            "No saturation: with its recurrent matrix begun as the identity it keeps what it holds."
        ),
        lanes=_RNN_LANES,
    ),
    "LSTM": About(
        title="LSTM",
        equations="""\
i = sigmoid(W_i @ x + U_i @ h_prev + b_i)
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
c = f * c_prev + i * g
h = o * tanh(c)""",
        paper="Hochreiter & Schmidhuber (1997), Long short-term memory, Neural Computation 9; the "
        "forget gate: Gers, Schmidhuber & Cummins (2000), Learning to forget, Neural Comput. 12",
        year=1997,
        parts=_LSTM_PARTS,
        changed=N_(
            "A second state that is added to, not squashed: along it the error travels back "
            "undiminished for as long as the forget gate stays open."
        ),
        lanes=_LSTM_LANES,
    ),
    "GRU (PyTorch)": About(
        title="GRU (PyTorch)",
        equations="""\
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + b_n + r * (U_n @ h_prev + b_hn))
h = (1 - z) * n + z * h_prev""",
        paper="torch.nn.GRU (the reset gate after the product, as in cuDNN); after Cho et al. "
        "(2014), arXiv:1406.1078",
        year=2014,
        parts=_GRU_PARTS,
        changed=N_(
            "The same two gates, the reset after the product: all products with h at once, as GPUs "
            "like it."
        ),
        counterpart=Counterpart("GRU (PyTorch), z takes the new", _UPDATE_PARAMETERS, _KEEPS),
        lanes=_PYTORCH_PLACES | {"h.1": _FADING, "h.2": _WRITING, "h.3": _KEEPING},
    ),
    "GRU (Cho)": About(
        title="GRU (Cho)",
        equations="""\
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + U_n @ (r * h_prev) + b_n)
h = z * h_prev + (1 - z) * n""",
        paper="Cho et al. (2014), Learning phrase representations using RNN encoder–decoder, "
        "arXiv:1406.1078, equations 5 to 8 (the reset gate before the product)",
        year=2014,
        parts=_GRU_PARTS,
        changed=N_(
            "One state and two gates in place of two states and three gates: what is not kept is "
            "written."
        ),
        counterpart=Counterpart("GRU (Cho), z takes the new", _UPDATE_PARAMETERS, _KEEPS),
        lanes=_CHO_PLACES | {"h.1": _KEEPING, "h.2": _FADING, "h.3": _WRITING},
    ),
    "Peephole LSTM": About(
        title="Peephole LSTM",
        equations="""\
i = sigmoid(W_i @ x + U_i @ h_prev + p_i * c_prev + b_i)
f = sigmoid(W_f @ x + U_f @ h_prev + p_f * c_prev + b_f)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
c = f * c_prev + i * g
o = sigmoid(W_o @ x + U_o @ h_prev + p_o * c + b_o)
h = o * tanh(c)""",
        paper="Gers, Schraudolph & Schmidhuber (2002), Learning precise timing with LSTM recurrent "
        "networks, JMLR 3; as written by Graves (2013), arXiv:1308.0850, equations 7 to 11",
        year=2002,
        parts=_LSTM_PARTS,
        changed=N_("Its gates see the cell state itself, so that it can count and keep time."),
        lanes=_LSTM_LANES,
    ),
    "CIFG": About(
        title=N_("CIFG (coupled input and forget gate)"),
        equations="""\
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
i = 1 - f
g = tanh(W_g @ x + U_g @ h_prev + b_g)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
c = f * c_prev + i * g
h = o * tanh(c)""",
        paper="Greff, Srivastava, Koutník, Steunebrink & Schmidhuber (2017), LSTM: a search space "
        "odyssey, IEEE TNNLS 28",
        year=2017,
        parts=_LSTM_PARTS | {"i": parts.COUPLED},
        changed=N_("What is forgotten is written: one gate fewer, and little is lost."),
        lanes=_CIFG_LANES,
    ),
    "MGU": About(
        title=N_("MGU (minimal gated unit)"),
        equations="""\
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
n = tanh(W_n @ x + U_n @ (f * h_prev) + b_n)
h = (1 - f) * h_prev + f * n""",
        paper="Zhou, Wu, Zhang & Zhou (2016), Minimal gated unit for recurrent neural networks, "
        "IJAC 13, equations 12 to 14 (here a larger f takes more of the new)",
        year=2016,
        parts={"f": parts.MINIMAL, "n": parts.NEW, "h": parts.HIDDEN},
        changed=N_("One gate does the work of both of a GRU's."),
        lanes=_MGU_LANES,
    ),
    "GRU (PyTorch), z takes the new": About(
        title=N_("GRU (PyTorch), z takes the new"),
        equations="""\
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + b_n + r * (U_n @ h_prev + b_hn))
h = z * n + (1 - z) * h_prev""",
        paper="torch.nn.GRU with z written the other way round, as in Chung et al. (2014), "
        "arXiv:1412.3555",
        year=2014,
        parts=_TAKING_PARTS,
        changed=N_("Another notation: z says how much is new."),
        counterpart=Counterpart("GRU (PyTorch)", _UPDATE_PARAMETERS, _TAKES),
        lanes=_PYTORCH_PLACES | {"h.1": _WRITING, "h.2": (1.2, 1), "h.3": _KEEPING},
        is_on_menu=False,
    ),
    "GRU (Cho), z takes the new": About(
        title=N_("GRU (Cho), z takes the new"),
        equations="""\
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + U_n @ (r * h_prev) + b_n)
h = (1 - z) * h_prev + z * n""",
        paper="Chung, Gulcehre, Cho & Bengio (2014), Empirical evaluation of gated recurrent "
        "neural networks on sequence modeling, arXiv:1412.3555",
        year=2014,
        parts=_TAKING_PARTS,
        changed=N_("Another notation: z says how much is new."),
        counterpart=Counterpart("GRU (Cho)", _UPDATE_PARAMETERS, _TAKES),
        lanes=_CHO_PLACES | {"h.1": (1.2, 1), "h.2": _KEEPING, "h.3": _WRITING},
        is_on_menu=False,
    ),
}
