"""The cells since: independent units, one gate, gates that read the input alone, and today's."""

from dataclasses import replace

from rnnviz.cells import parts
from rnnviz.cells.about import About, Part
from rnnviz.texts import N_

_KEEPING_H = replace(
    parts.FORGET,
    purpose=N_("how much of the old h is kept: 1 all, 0 nothing"),
)
_WRITING_H = replace(
    parts.INPUT,
    purpose=N_("how much of the candidate is written into h: 1 all, 0 nothing"),
)
_FOR_H = replace(parts.CANDIDATE, purpose=N_("what could be written into h"))
_DECAY = Part(
    N_("decay"),
    "forget",
    ("a", "ᾱ"),
    N_("how much of the old state is left a step later: 1 all, 0 nothing"),
)
_PROJECTED = Part(
    N_("projection"),
    "candidate",
    ("u",),
    N_("the input in as many numbers as there are units"),
    N_("reads x"),
)

RECENT = {
    "Jordan": About(
        title=N_("Jordan network"),
        equations="""\
s = tanh(W @ x + U @ h_prev + b)
h = tanh(V @ s + b_h)""",
        paper="Jordan (1986), Serial order: a parallel distributed processing approach, ICS report "
        "8604, UC San Diego (without the decay of its state units)",
        year=1986,
        parts={
            "s": Part(
                N_("hidden layer"),
                "candidate",
                ("s",),
                N_("what is made of the input and of the last answer"),
                N_("new value"),
            ),
            "h": replace(
                parts.HIDDEN,
                title=N_("output"),
                aliases=("h",),
                purpose=N_("what the network answers, and reads again at the next step"),
            ),
        },
        changed=N_(
            "It reads its own last answer, not its hidden layer: it remembers what it has said."
        ),
        lanes={
            "h_prev": (0, 1),
            "x": (1.5, 2.4),
            "s": (1.5, 1),
            "h": (2.9, 1),
            "h.next": (4.4, 1),
        },
    ),
    "UGRNN": About(
        title=N_("UGRNN (update gate RNN)"),
        equations="""\
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + U_n @ h_prev + b_n)
h = z * h_prev + (1 - z) * n""",
        paper="Collins, Sohl-Dickstein & Sussillo (2017), Capacity and trainability in recurrent "
        "neural networks, ICLR, arXiv:1611.09913 (its g is z here, its c is n)",
        year=2017,
        parts={"z": parts.KEEPING_UPDATE, "n": parts.NEW, "h": parts.HIDDEN},
        changed=N_("A plain RNN with one gate that only says how much of it is new."),
        lanes={
            "h_prev": (0, 0),
            "x": (0, 1.3),
            "z": (1.6, 1.3),
            "n": (1.6, 2.9),
            "h.1": (2.8, 0),
            "h.2": (2.8, 1.3),
            "h.3": (3.8, 1.3),
            "h": (4.6, 0),
            "h.next": (5.7, 0),
        },
    ),
    "IndRNN": About(
        title=N_("IndRNN (independent units)"),
        equations="h = relu(W @ x + p * h_prev + b)",
        paper="Li, Li, Cook, Zhu & Gao (2018), Independently recurrent neural network (IndRNN): "
        "building a longer and deeper RNN, CVPR, arXiv:1803.04831, equation 2",
        year=2018,
        parts={"h": parts.HIDDEN},
        changed=N_(
            "Each unit remembers only itself: one number a unit in place of a recurrent matrix, so "
            "that each unit's gradient can be kept from vanishing and exploding by itself."
        ),
        lanes={
            "h_prev": (0, 1),
            "x": (1.8, 2.4),
            "h": (1.8, 1),
            "h.next": (3.6, 1),
        },
    ),
    "JANET": About(
        title=N_("JANET (forget gate only)"),
        equations="""\
s = W_f @ x + U_f @ h_prev + b_f
f = sigmoid(s)
i = sigmoid(1 - s)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
h = f * h_prev + i * g""",
        paper="van der Westhuizen & Lasenby (2018), The unreasonable effectiveness of the forget "
        "gate, arXiv:1804.04849 (with its β at 1)",
        year=2018,
        parts={
            "s": Part(
                N_("gate sum"),
                "candidate",
                ("s",),
                N_("what both gates are made from"),
            ),
            "f": _KEEPING_H,
            "i": replace(
                _WRITING_H, purpose=N_("how much is written: nearly 1 − f, and a bit more")
            ),
            "g": _FOR_H,
            "h": parts.HIDDEN,
        },
        changed=N_("An LSTM whose forget gate does all: no output gate, no input gate of its own."),
        lanes={
            "h_prev": (0, 0),
            "x": (0, 1.3),
            "s": (1.5, 1.3),
            "f": (2.8, 1.3),
            "i.1": (2.8, 2.6),
            "i": (4, 2.3),
            "g": (1.5, 2.9),
            "h.1": (4, 0),
            "h.2": (5, 2.3),
            "h": (5.7, 0),
            "h.next": (6.6, 0),
        },
    ),
    "SRU": About(
        title=N_("SRU (simple recurrent unit)"),
        equations="""\
f = sigmoid(W_f @ x + p_f * c_prev + b_f)
c = f * c_prev + (1 - f) * (W @ x)
r = sigmoid(W_r @ x + p_r * c_prev + b_r)
h = r * c + (1 - r) * (V @ x)""",
        paper="Lei, Zhang, Wang, Dai & Artzi (2018), Simple recurrent units for highly "
        "parallelizable recurrence, EMNLP, arXiv:1709.02755, equations 1 to 4 (V for inputs of "
        "another size than the state)",
        year=2018,
        parts={
            "f": parts.FORGET,
            "c": parts.CELL,
            "r": Part(
                N_("reset gate"),
                "output",
                ("r", N_("highway gate")),
                N_(
                    "how much of the cell state shows in h: 1 all, 0 nothing; the rest is the "
                    "input itself"
                ),
            ),
            "h": replace(parts.HIDDEN, purpose=N_("what the cell gives; nothing reads it again")),
        },
        changed=N_(
            "No matrix multiplies the past: all products are of the input, and can be computed for "
            "the whole sequence at once."
        ),
    ),
    "minGRU": About(
        title=N_("minGRU"),
        equations="""\
z = sigmoid(W_z @ x + b_z)
n = W_n @ x + b_n
h = (1 - z) * h_prev + z * n""",
        paper="Feng, Tung, Ahmed, Bengio & Hajimirsadeghi (2024), Were RNNs all we needed?, "
        "arXiv:2410.01201, section 3.1",
        year=2024,
        parts={"z": parts.TAKING_UPDATE, "n": parts.NEW, "h": parts.HIDDEN},
        changed=N_(
            "A GRU whose gate and candidate read the input alone: the whole sequence can be "
            "computed in parallel."
        ),
        lanes={
            "h_prev": (0, 0),
            "x": (0, 1.3),
            "z": (1.5, 1.3),
            "n": (1.5, 2.9),
            "h.1": (2.8, 1.3),
            "h.2": (3.8, 0),
            "h.3": (2.8, 2.15),
            "h": (4.6, 0),
            "h.next": (5.7, 0),
        },
    ),
    "minLSTM": About(
        title=N_("minLSTM"),
        equations="""\
f = sigmoid(W_f @ x + b_f)
i = sigmoid(W_i @ x + b_i)
g = W_g @ x + b_g
k = f / (f + i)
j = i / (f + i)
h = k * h_prev + j * g""",
        paper="Feng, Tung, Ahmed, Bengio & Hajimirsadeghi (2024), Were RNNs all we needed?, "
        "arXiv:2410.01201, section 3.2 (k and j for its f′ and i′)",
        year=2024,
        parts={
            "f": replace(
                _KEEPING_H, purpose=N_("how much of the old h is to be kept"), does=N_("keeps h")
            ),
            "i": replace(
                _WRITING_H,
                purpose=N_("how much of the candidate is to be written"),
                does=N_("writes g"),
            ),
            "g": _FOR_H,
            "k": Part(
                N_("share kept"),
                "forget",
                ("k", "f′"),
                N_("how much of the old h is kept: f of the sum of both gates"),
            ),
            "j": Part(
                N_("share written"),
                "input",
                ("j", "i′"),
                N_("how much of the candidate is written: i of the sum of both gates"),
                N_("writes g"),
            ),
            "h": parts.HIDDEN,
        },
        changed=N_(
            "An LSTM of one state whose gates read the input alone, and share out one whole "
            "between them: its size does not depend on time."
        ),
        lanes={
            "h_prev": (0, 0),
            "x": (0, 2.9),
            "f": (1.4, 1.3),
            "i": (1.4, 2.9),
            "g": (1.4, 4.4),
            "k.1": (2.6, 1.9),
            "k": (3.7, 1.3),
            "j.1": (2.6, 2.7),
            "j": (3.7, 2.9),
            "h.1": (4.9, 0),
            "h.2": (4.9, 2.9),
            "h": (5.7, 0),
            "h.next": (6.6, 0),
        },
    ),
    "sLSTM": About(
        title=N_("sLSTM (exponential gates)"),
        equations="""\
a = W_i @ x + U_i @ h_prev + b_i
k = W_f @ x + U_f @ h_prev + b_f
d = -softplus(-k)
m = max(d + m_prev, a)
i = exp(a - m)
f = exp(d + m_prev - m)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
c = f * c_prev + i * g
n = f * n_prev + i
h = o * (c / n)""",
        paper="Beck, Pöppel, Spanring, Auer, Prudnikova, Kopp, Klambauer, Brandstetter & "
        "Hochreiter (2024), xLSTM: Extended long short-term memory, NeurIPS, arXiv:2405.04517, "
        "equations 8 to 17, its forget gate a sigmoid (its z is g here)",
        year=2024,
        parts={
            "a": Part(
                N_("log input gate"),
                "candidate",
                ("a", "ĩ"),
                N_("how strongly to write, on a scale without end"),
            ),
            "k": Part(
                N_("forget sum"),
                "candidate",
                ("k", "f̃"),
                N_("what the forget gate is made from: its sigmoid's operand"),
            ),
            "d": Part(
                N_("log forget gate"),
                "candidate",
                ("d", "log f"),
                N_("how strongly to keep: 0 keeps all, far below 0 nothing"),
            ),
            "m": Part(
                N_("stabiliser"),
                "other",
                ("m",),
                N_("what is taken off both logarithms so that no exponential overflows"),
                N_("scales"),
            ),
            "i": replace(
                parts.INPUT,
                purpose=N_("how much is written, against the largest so far"),
                does=N_("writes g"),
            ),
            "f": replace(parts.FORGET, purpose=N_("how much is kept, on the same scale")),
            "g": parts.CANDIDATE,
            "o": parts.OUTPUT,
            "c": parts.CELL,
            "n": Part(
                N_("normaliser"),
                "cell",
                ("n",),
                N_("how much was written in all: the cell state is divided by it"),
            ),
            "h": parts.HIDDEN,
        },
        changed=N_(
            "Exponential gates: a later, stronger input can outweigh whatever is stored, and "
            "revise it. The normaliser counts what was written, the stabiliser keeps numbers "
            "in range."
        ),
    ),
    "RG-LRU": About(
        title=N_("RG-LRU (real-gated linear recurrent unit)"),
        equations="""\
u = W @ x + b
r = sigmoid(W_r @ u + b_r)
i = sigmoid(W_i @ u + b_i)
a = exp(-8 * r * softplus(-p))
h = a * h_prev + sqrt(1 - a * a) * (i * u)""",
        paper="De, Smith, Fernando, Botev et al. (2024), Griffin: mixing gated linear recurrences "
        "with local attention for efficient language models, arXiv:2402.19427, equations 1 to 4 "
        "(p for its Λ; u is the linear layer before it)",
        year=2024,
        parts={
            "u": _PROJECTED,
            "r": Part(
                N_("recurrence gate"),
                "forget",
                ("r",),
                N_("how fast the unit forgets: 0 not at all, 1 at its own rate"),
            ),
            "i": replace(_WRITING_H, purpose=N_("how much of the input is written into h")),
            "a": _DECAY,
            "h": parts.HIDDEN,
        },
        changed=N_(
            "A linear recurrence with a decay that the input sets: what is written is scaled by "
            "√(1 − a²), so that h keeps its size however long it remembers."
        ),
    ),
    "Selective SSM": About(
        title=N_("Selective SSM (Mamba's recurrence, one state a channel)"),
        equations="""\
u = W @ x
d = softplus(W_d @ u + b_d)
a = exp(-d * exp(p_a))
s = a * s_prev + d * (W_b @ u) * u
h = (W_c @ u) * s + p_d * u""",
        paper="Gu & Dao (2023), Mamba: linear-time sequence modeling with selective state "
        "spaces, arXiv:2312.00752, algorithm 2, with one state a channel where Mamba has sixteen, "
        "and B and C for each channel by itself",
        year=2023,
        parts={
            "u": _PROJECTED,
            "d": Part(
                N_("step size"),
                "input",
                ("d", "Δ"),
                N_("how long this input counts: large writes it and forgets the rest"),
            ),
            "a": _DECAY,
            "s": replace(parts.CELL, title=N_("state"), aliases=("s",)),
            "h": replace(parts.HIDDEN, purpose=N_("what the cell gives; nothing reads it again")),
        },
        changed=N_(
            "A linear recurrence whose step size, input and output depend on what is read: it "
            "chooses what to keep, and is computed in parallel."
        ),
    ),
}
