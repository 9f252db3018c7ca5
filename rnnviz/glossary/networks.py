"""Terms of what is read, and of what reads it."""

from rnnviz.glossary.entry import Place, term
from rnnviz.texts import N_

_STEP = Place("Step")
_FRESH = {"weights": "fresh"}
_SHAPES = Place("Shapes")
_TEXT = Place("Your data", {"data": "sentences"})

SEQUENCES = (
    term(
        N_("time step"),
        N_("one place in a sequence: there the cell reads one input and gives one hidden state"),
        _STEP,
        aliases=(N_("step"), "时间步"),
    ),
    term(
        N_("sequence"),
        N_("what is read piece by piece; in another order it says something else"),
        _STEP,
        aliases=("序列",),
    ),
    term(
        N_("sequence length"),
        N_("how many time steps a sequence has, and so how far back something may lie"),
        Place("Gradients"),
        Place("By hand"),
        aliases=(N_("length"),),
    ),
    term(
        N_("input"),
        N_("what is read at one time step: some numbers, the same number of them at each"),
        _STEP,
        aliases=("x_t", "输入"),
    ),
    term(
        N_("batch"),
        N_("sequences that are computed side by side; an update averages over them"),
        Place("Train"),
        _SHAPES,
        aliases=(N_("batch size"), "小批量"),
    ),
    term(
        N_("padding"),
        N_(
            "steps put to a shorter sequence, so that all of a batch have one length; they are no "
            "part of what is read"
        ),
        Place("Shapes", {"lengths": "5;3;2"}),
        aliases=(N_("padded"), "填充"),
    ),
    term(
        N_("packed batch"),
        N_("a batch together with its lengths: what is padding is not computed at all"),
        Place("Shapes", {"lengths": "5;3;2"}),
        aliases=(N_("packed"), N_("packing"), "pack_padded_sequence"),
    ),
    term(
        N_("token"),
        N_("what a text is read by: a word, or a character"),
        _TEXT,
        aliases=(N_("tokens"), "词元"),
    ),
    term(
        N_("embedding"),
        N_("a table of learnt vectors, one for each token: the network reads these numbers"),
        Place("Shapes", {"vocabulary": "20"}),
        aliases=("嵌入",),
        paper="Bengio, Ducharme, Vincent & Jauvin (2003), A neural probabilistic language model, "
        "JMLR 3",
    ),
    term(
        N_("vocabulary"),
        N_("all the tokens that a network knows"),
        Place("Shapes", {"vocabulary": "20"}),
        aliases=("词表",),
    ),
)
NETWORKS = (
    term(
        N_("cell"),
        N_(
            "what is computed at each time step, with the same weights at every one: from the "
            "input and the old state to the new state"
        ),
        _STEP,
        Place("Cells"),
        aliases=(N_("recurrent cell"), "循环单元"),
    ),
    term(
        N_("unit"),
        N_(
            "one number of a state, of each gate and of each candidate, and the weights that "
            "compute it"
        ),
        _STEP,
        aliases=(N_("units"), "隐藏单元"),
    ),
    term(
        N_("hidden size"),
        N_("how many units a layer has: as many numbers has its hidden state"),
        Place("Gradients"),
        Place("Train"),
        aliases=("隐藏单元数",),
    ),
    term(
        N_("layer"),
        N_("a cell run over a whole sequence; the layer above reads its hidden states"),
        Place("Step", {**_FRESH, "layers": "2"}),
        _SHAPES,
        aliases=(N_("layers"), "隐藏层"),
    ),
    term(
        N_("direction"),
        N_(
            "whether a layer reads from the first step on or from the last one back; with both, it "
            "has two sets of weights and gives twice as many numbers"
        ),
        Place("Step", {**_FRESH, "direction": "both"}),
        Place("Shapes", {"bidirectional": "True"}),
        aliases=(N_("both directions"), "bidirectional", "双向"),
        paper="Schuster & Paliwal (1997), Bidirectional recurrent neural networks, IEEE "
        "Transactions on Signal Processing 45",
    ),
    term(
        N_("state"),
        N_(
            "what a cell hands on from one time step to the next: all that it knows of what it read"
        ),
        _STEP,
        aliases=(N_("states"), "状态"),
    ),
    term(
        N_("gate"),
        N_(
            "a number between 0 and 1 for each unit, computed anew at each time step, that "
            "something is multiplied with: 0 stops it, 1 lets it pass, and most lie between"
        ),
        _STEP,
        aliases=(N_("gates"), "门"),
    ),
    term(
        N_("weight"),
        N_("a number that training changes; it is the same at every time step"),
        _STEP,
        aliases=(N_("weights"), N_("parameter"), N_("parameters"), "权重"),
    ),
    term(
        N_("bias"),
        N_("a weight that is added whatever is read"),
        Place("By hand"),
        aliases=(N_("biases"), "偏置"),
    ),
    term(
        N_("recurrent matrix"),
        N_(
            "the weights that the old hidden state is multiplied with, and the gradient on its way "
            "back"
        ),
        Place("Step", _FRESH),
        aliases=(N_("recurrent matrices"), "weight_hh"),
    ),
    term(
        N_("readout"),
        N_("the weights that turn a hidden state into the network's answer"),
        Place("Train"),
        Place("Step", {**_FRESH, "outputs": "2"}),
        aliases=(N_("output layer"), "输出层"),
    ),
    term(
        N_("softmax"),
        N_("turns scores into probabilities: all positive, and 1 together"),
        _STEP,
    ),
    term(
        N_("sigmoid"),
        N_("brings any number between 0 and 1, which makes a gate of it"),
        _STEP,
        aliases=("σ",),
    ),
    term(
        N_("tanh"),
        N_("brings any number between −1 and 1; steep at 0, flat far from it"),
        Place("Gradients"),
        aliases=("双曲正切",),
    ),
    term(
        N_("ReLU"),
        N_("leaves a positive number as it is and makes 0 of any other"),
        Place("Gradients"),
    ),
    term(
        N_("attention"),
        N_(
            "a mean of all hidden states with weights that are computed from them: the answer "
            "reaches each step directly, and so does the gradient"
        ),
        Place("Train", {"lesson": "attention"}),
        aliases=("注意力",),
        paper="Bahdanau, Cho & Bengio (2015), Neural machine translation by jointly learning to "
        "align and translate, ICLR, arXiv:1409.0473",
    ),
    term(
        N_("skip connection"),
        N_("a layer hands up what it read as well, added to its hidden state"),
        Place("Train", {"layers": "2"}),
        aliases=(N_("skip connections"), "残差连接"),
        paper="He, Zhang, Ren & Sun (2016), Deep residual learning for image recognition, CVPR, "
        "arXiv:1512.03385",
    ),
    term(
        N_("dropout"),
        N_(
            "while training, some of the numbers that one layer hands to the next are set to 0, "
            "others each time, so that none can be leant on alone"
        ),
        Place("Train"),
        Place("Shapes"),
        aliases=(N_("dropout between layers"), "暂退法"),
        paper="Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov (2014), Dropout, JMLR 15; "
        "between the layers only: Zaremba, Sutskever & Vinyals (2014), arXiv:1409.2329",
    ),
    term(
        N_("recurrent dropout"),
        N_(
            "while training, some of the recurrent weights are set to 0, the same at all time "
            "steps of an update"
        ),
        Place("Train"),
        paper="Merity, Keskar & Socher (2018), Regularizing and optimizing LSTM language models, "
        "ICLR, arXiv:1708.02182",
    ),
)
PYTORCH = (
    term(
        N_("output"),
        N_("of PyTorch's modules: the last layer's hidden state at every time step"),
        _SHAPES,
    ),
    term(
        N_("h_n"),
        N_("the hidden state of every layer and direction after the last step it reads"),
        _SHAPES,
    ),
    term(N_("c_n"), N_("the cell state of every layer and direction after the last step"), _SHAPES),
    term(
        N_("h_0"),
        N_(
            "the hidden state of every layer and direction before the first step; zeros where none "
            "is given"
        ),
        Place("Shapes", {"initial": "given"}),
        aliases=(N_("initial state"),),
    ),
    term(
        N_("batch_first"),
        N_("whether input and output have the batch as their first axis; h_n is not turned by it"),
        _SHAPES,
    ),
    term(
        N_("projection"),
        N_(
            "of PyTorch's LSTM: a matrix that brings h down to fewer numbers, which are what is "
            "handed on"
        ),
        Place("Shapes", {"proj_size": "5"}),
        aliases=("proj_size", N_("projection size")),
        paper="Sak, Senior & Beaufays (2014), Long short-term memory recurrent neural network "
        "architectures for large scale acoustic modeling, Interspeech",
    ),
    term(
        N_("detach"),
        N_("hand a state on as numbers alone: the gradient stops there"),
        _SHAPES,
        aliases=(N_("detached"), "分离梯度"),
    ),
)
