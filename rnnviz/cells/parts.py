"""What the values of known cells are called, and what each is for.

What a gate does at its ends stands in no table: it is read off the equations (`gating`).
"""

from dataclasses import replace

from rnnviz.cells.about import Part
from rnnviz.texts import N_

HIDDEN = Part(
    N_("hidden state"),
    "hidden",
    ("h", N_("output of the cell"), "隐藏状态"),
    N_("what the cell gives, and reads again at the next step"),
    N_("new h"),
)
CELL = Part(
    N_("cell state"),
    "cell",
    ("c", N_("memory"), N_("constant error carousel"), "细胞状态"),
    N_("the memory: what is kept of the old one, and what is written"),
)
FORGET = Part(
    N_("forget gate"),
    "forget",
    ("f", N_("keep gate"), N_("remember gate"), "遗忘门"),
    N_("how much of the old cell state is kept: 1 all, 0 nothing"),
)
INPUT = Part(
    N_("input gate"),
    "input",
    ("i", N_("write gate"), N_("update gate (in some texts)"), "输入门"),
    N_("how much of the candidate is written into the cell state: 1 all, 0 nothing"),
)
OUTPUT = Part(
    N_("output gate"),
    "output",
    ("o", N_("read gate"), "输出门"),
    N_("how much of the cell state shows in h: 1 all, 0 nothing"),
)
CANDIDATE = Part(
    N_("candidate"),
    "candidate",
    ("g", "c̃", N_("cell input"), N_("block input"), N_("new memory"), "候选值"),
    N_("what could be written into the cell state"),
    N_("new value"),
)
NEW = Part(
    N_("candidate"),
    "candidate",
    ("n", "h̃", N_("new gate"), N_("candidate activation"), "候选值"),
    N_("what could take the place of the old h"),
    N_("new value"),
)
KEEPING_UPDATE = Part(
    N_("update gate"),
    "input",
    ("z", "更新门"),
    N_("how much of the old h is kept: 1 all, 0 nothing; the rest is new"),
)
TAKING_UPDATE = replace(
    KEEPING_UPDATE,
    purpose=N_("how much of the candidate is taken: 1 all, 0 nothing; the rest is the old h"),
)
RESET = Part(
    N_("reset gate"),
    "forget",
    ("r", "重置门", "合并门", N_("merge gate")),
    N_("how much of the old h counts in the candidate: 1 all, 0 nothing"),
)
MINIMAL = replace(
    FORGET,
    purpose=N_("how much of h is replaced: here 1 forgets all, in an LSTM 1 keeps all"),
)
COUPLED = replace(INPUT, purpose=N_("what f lets go is made up by the candidate: i is 1 − f"))
