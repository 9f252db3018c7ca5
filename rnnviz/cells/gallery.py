"""The gallery: each cell's equations, its paper, what its parts are called.

A cell is added by adding its entry to `_ENTRIES`; everything else is derived from the equations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rnnviz.equations import parse
from rnnviz.representation import Cell
from rnnviz.texts import N_


@dataclass(frozen=True)
class Part:
    """What a named value is called, and what it is for, in English.

    role: decides its colour everywhere. aliases: feed search. purpose: what it is for, in a phrase.
    does: the same in two words, for its box; none where it has no box.
    """

    title: str
    role: str
    aliases: tuple[str, ...] = ()
    purpose: str = ""
    does: str = ""


@dataclass(frozen=True)
class Counterpart:
    """The same network in another notation: `name` in the gallery, these parameters negated."""

    name: str
    negated: tuple[str, ...]
    switch: str


@dataclass(frozen=True)
class About:
    """What a cell is called, and where it is from.

    lanes: where the diagram puts its boxes. is_on_menu: False for the second notation of a cell,
    which is reached through its `counterpart`.
    """

    title: str
    equations: str
    paper: str
    parts: Mapping[str, Part]
    counterpart: Counterpart | None = None
    lanes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    is_on_menu: bool = True


_HIDDEN = Part(
    N_("hidden state"),
    "hidden",
    ("h", N_("output of the cell"), "隐藏状态"),
    N_("what the cell gives, and reads again at the next step"),
    N_("new h"),
)
_CELL = Part(
    N_("cell state"),
    "cell",
    ("c", N_("memory"), N_("constant error carousel"), "细胞状态"),
    N_("the memory: what is kept of the old one, and what is written"),
)
_FORGET = Part(
    N_("forget gate"),
    "forget",
    ("f", N_("keep gate"), N_("remember gate"), "遗忘门"),
    N_("how much of the old cell state is kept: 1 all, 0 nothing"),
    N_("keeps c"),
)
_INPUT = Part(
    N_("input gate"),
    "input",
    ("i", N_("write gate"), N_("update gate (in some texts)"), "输入门"),
    N_("how much of the candidate is written into the cell state"),
    N_("writes g"),
)
_OUTPUT = Part(
    N_("output gate"),
    "output",
    ("o", N_("read gate"), "输出门"),
    N_("how much of the cell state shows in h"),
    N_("shows c"),
)
_CANDIDATE = Part(
    N_("candidate"),
    "candidate",
    ("g", "c̃", N_("cell input"), N_("block input"), N_("new memory"), "候选值"),
    N_("what could be written into the cell state"),
    N_("new value"),
)
_NEW = Part(
    N_("candidate"),
    "candidate",
    ("n", "h̃", N_("new gate"), N_("candidate activation"), "候选值"),
    N_("what could take the place of the old h"),
    N_("new value"),
)
_KEEPING_UPDATE = Part(
    N_("update gate"),
    "input",
    ("z", "更新门"),
    N_("how much of the old h is kept; the rest is new"),
    N_("keeps h"),
)
_TAKING_UPDATE = replace(
    _KEEPING_UPDATE,
    purpose=N_("how much of the candidate is taken; the rest is the old h"),
    does=N_("takes n"),
)
_RESET = Part(
    N_("reset gate"),
    "forget",
    ("r", "重置门", "合并门", N_("merge gate")),
    N_("how much the old h counts in the candidate"),
    N_("reads h"),
)
_MINIMAL = replace(
    _FORGET,
    purpose=N_("how much of h is replaced: here 1 forgets all, in an LSTM 1 keeps all"),
    does=N_("takes n"),
)
_COUPLED = replace(_INPUT, purpose=N_("what f lets go is made up by the candidate: i is 1 − f"))

_LSTM_PARTS = {
    "f": _FORGET,
    "i": _INPUT,
    "g": _CANDIDATE,
    "o": _OUTPUT,
    "c": _CELL,
    "h": _HIDDEN,
}
_GRU_PARTS = {"r": _RESET, "z": _KEEPING_UPDATE, "n": _NEW, "h": _HIDDEN}
_TAKING_PARTS = _GRU_PARTS | {"z": _TAKING_UPDATE}

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

_ENTRIES = {
    "RNN (tanh)": About(
        title="RNN (tanh)",
        equations="h = tanh(W @ x + U @ h_prev + b)",
        paper="Elman (1990), Finding structure in time, Cognitive Science 14",
        parts={"h": _HIDDEN},
        lanes=_RNN_LANES,
    ),
    "RNN (ReLU)": About(
        title="RNN (ReLU)",
        equations="h = relu(W @ x + U @ h_prev + b)",
        paper="Le, Jaitly & Hinton (2015), A simple way to initialize recurrent networks of "
        "rectified linear units, arXiv:1504.00941",
        parts={"h": _HIDDEN},
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
        parts=_LSTM_PARTS,
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
        parts=_GRU_PARTS,
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
        parts=_GRU_PARTS,
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
        parts=_LSTM_PARTS,
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
        parts=_LSTM_PARTS | {"i": _COUPLED},
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
        parts={"f": _MINIMAL, "n": _NEW, "h": _HIDDEN},
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
        parts=_TAKING_PARTS,
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
        parts=_TAKING_PARTS,
        counterpart=Counterpart("GRU (Cho)", _UPDATE_PARAMETERS, _TAKES),
        lanes=_CHO_PLACES | {"h.1": (1.2, 1), "h.2": _KEEPING, "h.3": _WRITING},
        is_on_menu=False,
    ),
}

ABOUT: Mapping[str, About] = MappingProxyType(_ENTRIES)
GALLERY: Mapping[str, Cell] = MappingProxyType({n: parse(a.equations) for n, a in ABOUT.items()})
MENU: tuple[str, ...] = tuple(n for n, about in ABOUT.items() if about.is_on_menu)
"""The names a menu offers; the others are reached through `About.counterpart`."""
