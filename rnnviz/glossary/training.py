"""Terms of learning, and of judging what was learnt."""

from rnnviz.glossary.entry import Place, term
from rnnviz.texts import N_

_TRAIN = Place("Train")
_SERIES = Place("Your data", {"data": "tide"})
_TEXT = Place("Your data", {"data": "sentences"})

TRAINING = (
    term(
        N_("update"),
        N_("one change of all weights, against the gradient of one batch"),
        _TRAIN,
        aliases=(N_("updates"), "一次更新"),
    ),
    term(
        N_("epoch"),
        N_("as many updates as read the whole of the data once"),
        Place("Your data", {"data": "reviews"}),
        aliases=(N_("epochs"), "轮"),
    ),
    term(
        N_("learning rate"),
        N_("how large a step an update takes"),
        _TRAIN,
        aliases=("学习率",),
    ),
    term(
        N_("schedule"),
        N_("how the learning rate falls from the first update to the last one planned"),
        _TRAIN,
    ),
    term(
        N_("optimizer"),
        N_("the rule by which a gradient becomes a step of the weights"),
        _TRAIN,
        aliases=("优化器",),
    ),
    term(
        N_("SGD"),
        N_("the plainest optimizer: the step is the gradient times the learning rate"),
        Place("Train", {"lesson": "one step"}),
        aliases=(N_("stochastic gradient descent"),),
        paper="Robbins & Monro (1951), A stochastic approximation method, Annals of Mathematical "
        "Statistics 22",
    ),
    term(
        N_("momentum"),
        N_("a share of the last step is taken again: what keeps pointing the same way adds up"),
        Place("Train", {"optimizer": "momentum"}),
        aliases=("动量法",),
        paper="Polyak (1964), Some methods of speeding up the convergence of iteration methods, "
        "USSR Computational Mathematics and Mathematical Physics 4",
    ),
    term(
        N_("RMSProp"),
        N_("each weight's step is divided by the usual size of its gradient"),
        Place("Train", {"optimizer": "rmsprop"}),
        paper="Tieleman & Hinton (2012), Neural networks for machine learning, lecture 6.5",
    ),
    term(
        N_("Adam"),
        N_("a running mean of the gradients, divided for each weight by their usual size"),
        Place("Train", {"lesson": "learning rate"}),
        paper="Kingma & Ba (2015), Adam: a method for stochastic optimization, ICLR, "
        "arXiv:1412.6980",
    ),
    term(
        N_("AdamW"),
        N_("Adam with weight decay that does not pass through the division"),
        Place("Train", {"optimizer": "adamw"}),
        paper="Loshchilov & Hutter (2019), Decoupled weight decay regularization, ICLR, "
        "arXiv:1711.05101",
    ),
    term(
        N_("weight decay"),
        N_("at each update all weights are pulled to 0 a little"),
        _TRAIN,
        aliases=("权重衰减",),
    ),
    term(
        N_("forget-gate bias"),
        N_(
            "a large one has the forget gate begin near 1: the memory is kept before anything is "
            "learnt, and the gradient reaches far back"
        ),
        Place("Train", {"lesson": "forget bias"}),
        aliases=(N_("forget bias"), N_("bias of the gate that keeps"), "遗忘门偏置"),
        paper="Gers, Schmidhuber & Cummins (2000), Learning to forget, Neural Computation 12; "
        "Jozefowicz, Zaremba & Sutskever (2015), An empirical exploration of recurrent network "
        "architectures, ICML",
    ),
    term(
        N_("chrono biases"),
        N_(
            "biases drawn so that the units begin with memories of different lengths, up to the "
            "longest lag"
        ),
        _TRAIN,
        aliases=("chrono",),
        paper="Tallec & Ollivier (2018), Can recurrent neural networks warp time?, ICLR, "
        "arXiv:1804.11188",
    ),
    term(
        N_("orthogonal"),
        N_("of a matrix: it turns vectors and keeps their length; recurrent matrices may begin so"),
        Place("Step", {"weights": "fresh", "initial": "orthogonal"}),
        aliases=("正交初始化",),
        paper="Saxe, McClelland & Ganguli (2014), Exact solutions to the nonlinear dynamics of "
        "learning in deep linear neural networks, ICLR, arXiv:1312.6120",
    ),
    term(
        N_("auxiliary loss"),
        N_(
            "the loss of a second head that foretells the next input from each state: short ways "
            "back for the gradient"
        ),
        _TRAIN,
        paper="Trinh, Dai, Luong & Le (2018), Learning longer-term dependencies in RNNs with "
        "auxiliary losses, ICML, arXiv:1803.00144",
    ),
    term(
        N_("seed"),
        N_("where random numbers begin: the same seed draws the same weights and the same data"),
        _TRAIN,
        Place("Gradients"),
        aliases=(N_("seeds"), "随机种子"),
    ),
)
JUDGING = (
    term(
        N_("held out"),
        N_("data that no network learns from: they judge what was learnt"),
        _TRAIN,
        _SERIES,
    ),
    term(
        N_("baseline"),
        N_("what a simple rule reaches; a network is worth its trouble where it does better"),
        _SERIES,
        aliases=("基准",),
    ),
    term(
        N_("cross-validation"),
        N_("the data in so many parts, each held out once, and the scores averaged"),
        Place("Train", {"view": "sizes"}),
        aliases=(N_("folds"), "交叉验证"),
    ),
    term(
        N_("window"),
        N_("how many steps are read before an answer"),
        _SERIES,
    ),
    term(
        N_("horizon"),
        N_("how many steps ahead are foretold"),
        _SERIES,
    ),
    term(
        N_("season"),
        N_("after how many steps a series repeats itself, about"),
        _SERIES,
    ),
    term(
        N_("perplexity"),
        N_("among how many equally likely tokens a guess would be as unsure as the network is"),
        _TEXT,
        aliases=("困惑度",),
    ),
    term(
        N_("temperature"),
        N_(
            "what scores are divided by before a token is drawn: small takes the likeliest ever "
            "more often, large draws more evenly"
        ),
        _TEXT,
    ),
    term(
        N_("top-k"),
        N_("only the k likeliest tokens are drawn from"),
        _TEXT,
    ),
)
