"""Terms of the error's way back."""

from rnnviz.glossary.entry import Place, term
from rnnviz.texts import N_

_GRADIENTS = Place("Gradients")
_TRAIN = Place("Train")

LOSSES = (
    term(
        N_("loss"),
        N_("one number for how wrong the answers are; training makes it smaller"),
        Place("Step"),
        _TRAIN,
        aliases=("L", "损失函数"),
    ),
    term(
        N_("cross entropy"),
        N_(
            "the loss of a choice: minus the logarithm of the probability that the right answer "
            "was given"
        ),
        Place("Step"),
        aliases=("交叉熵",),
    ),
    term(
        N_("mean squared error"),
        N_("the loss of a number: the mean of the squares of what the answers are off"),
        Place("Train", {"task": "adding problem"}),
        aliases=(N_("squared error"), "均方误差"),
    ),
)
GRADIENTS = (
    term(
        N_("gradient"),
        N_(
            "how much the loss changes where a number changes a little: dL/dh for h, dL/dW for the "
            "weights"
        ),
        Place("Step"),
        _GRADIENTS,
        aliases=(N_("gradients"), "dL/dh", "梯度"),
    ),
    term(
        N_("gradient norm"),
        N_("how long a gradient is as a vector: the root of the sum of its squares"),
        _TRAIN,
        aliases=(N_("norm"), "范数"),
    ),
    term(
        N_("backpropagation through time"),
        N_(
            "the gradient is carried back from the loss one time step after the other, through the "
            "same weights at each"
        ),
        _GRADIENTS,
        aliases=("BPTT", N_("backpropagation"), "通过时间反向传播"),
        paper="Werbos (1990), Backpropagation through time: what it does and how to do it, "
        "Proceedings of the IEEE 78",
    ),
    term(
        N_("truncated backpropagation"),
        N_(
            "the gradient is carried back so many time steps and no further: what lies before them "
            "teaches nothing"
        ),
        _GRADIENTS,
        _TRAIN,
        aliases=(N_("truncated BPTT"), N_("truncated"), "截断的通过时间反向传播"),
        paper="Williams & Peng (1990), An efficient gradient-based algorithm for on-line training "
        "of recurrent network trajectories, Neural Computation 2",
    ),
    term(
        N_("vanishing gradient"),
        N_(
            "each step back multiplies the gradient; where that shrinks it at most steps, hardly "
            "anything reaches the early ones, and what lies there is not learnt"
        ),
        _GRADIENTS,
        _TRAIN,
        aliases=(N_("vanishing"), N_("vanish"), "梯度消失"),
        paper="Hochreiter (1991), diploma thesis, TU München; Bengio, Simard & Frasconi (1994), "
        "Learning long-term dependencies with gradient descent is difficult, IEEE Transactions on "
        "Neural Networks 5",
    ),
    term(
        N_("exploding gradient"),
        N_(
            "each step back multiplies the gradient; where that makes it grow at most steps, it is "
            "huge at the early ones, and one update throws the weights far away"
        ),
        Place("Train", {"lesson": "exploding"}),
        _GRADIENTS,
        aliases=(N_("exploding"), N_("explode"), "梯度爆炸"),
        paper="Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural "
        "networks, ICML, arXiv:1211.5063",
    ),
    term(
        N_("Jacobian"),
        N_(
            "a matrix: how much each number of the new state changes where a number of the old one "
            "does. Each step back multiplies the gradient by one"
        ),
        _GRADIENTS,
        aliases=(N_("Jacobians"), "雅可比矩阵"),
    ),
    term(
        N_("singular value"),
        N_(
            "by how much a matrix stretches a vector in one of its own directions; the largest one "
            "is the worst case"
        ),
        _GRADIENTS,
        aliases=(N_("singular values"), "奇异值"),
    ),
    term(
        N_("spectral radius"),
        N_(
            "the size of a matrix's largest eigenvalue: by how much it stretches or shrinks at "
            "each of many steps, in the long run"
        ),
        _GRADIENTS,
        aliases=(N_("recurrent scale"), N_("largest eigenvalue"), N_("eigenvalue"), "谱半径"),
    ),
    term(
        N_("upper bound"),
        N_(
            "what a gradient can never be above: the largest stretch of the recurrent matrix times "
            "the steepest slope of the function, once for each step back"
        ),
        Place("Gradients", {"bound": "shown"}),
        aliases=(N_("bound"),),
        paper="Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural "
        "networks, ICML, arXiv:1211.5063",
    ),
    term(
        N_("slope"),
        N_(
            "how much a function's value changes where what goes into it does; the gradient is "
            "multiplied by it on its way back"
        ),
        Place("By hand"),
        aliases=("斜率",),
    ),
    term(
        N_("saturation"),
        N_(
            "a sum so far from 0 that the function is flat there: its slope is near 0, and hardly "
            "any gradient passes"
        ),
        Place("By hand"),
        aliases=(N_("saturating"), "饱和"),
    ),
    term(
        N_("direct path"),
        N_(
            "the way back along a state that meets neither a matrix nor a function: of an LSTM's c "
            "each step multiplies by the forget gate alone"
        ),
        _GRADIENTS,
        paper="Gers, Schmidhuber & Cummins (2000), Learning to forget, Neural Computation 12",
    ),
    term(
        N_("credit"),
        N_(
            "each time step's share in the gradient of a weight; the weight is the same at all of "
            "them, so the shares are added"
        ),
        _GRADIENTS,
        aliases=("贡献度分配",),
    ),
    term(
        N_("float32"),
        N_("numbers of 32 bits, as training mostly uses: seven digits, and below 10⁻⁴⁵ only 0"),
        _GRADIENTS,
    ),
)
CLIPPING = (
    term(
        N_("clipping by norm"),
        N_("a gradient longer than the threshold is shortened to it; where it points stays"),
        Place("Train", {"lesson": "norm or value"}),
        aliases=(N_("clip by norm"), N_("clipping"), "梯度裁剪"),
        paper="Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural "
        "networks, ICML, arXiv:1211.5063",
    ),
    term(
        N_("clipping by value"),
        N_(
            "each entry of the gradient beyond the threshold is cut to it; where the gradient "
            "points may change"
        ),
        Place("Train", {"lesson": "norm or value"}),
        aliases=(N_("clip by value"), "按值裁剪"),
        paper="Mikolov (2012), Statistical language models based on neural networks, PhD thesis, "
        "Brno University of Technology",
    ),
)
