"""A file of this machine → its network, read apart where reading it may hang or crash.

What unpacks HDF5 is a library in C, which a damaged file can hold up for ever: it works in a
process of its own, as for a file that was sent.
"""

from contextlib import closing
from pathlib import Path

from rnnviz.interop.checkpoints import LARGEST_LOCAL_FILE, LARGEST_LOCAL_NUMBERS, load_file, opened
from rnnviz.interop.formats import may_hang
from rnnviz.interop.questions import Answers
from rnnviz.network.network import Network


def load(
    path: str | Path,
    kind: str | None = None,
    *,
    name: str | None = None,
    readout: str | None = None,
    embedding: bool | None = False,
) -> Network:
    """Read a network from a file, whatever its name ends in.

    Its arrays are those of a state dict of PyTorch's ("lstm.weight_ih_l0", with or without a
    prefix, wherever in the file it stands) or ours ("layers.0.W_i"). A readout is applied where a
    single matrix can follow, as linear where the file does not say that it is a softmax's. What is
    left out or was taken for a reason, `Network.notes` say. Or it is a model of Keras' or ONNX's,
    read by its own description: those need the packages of `rnnviz[files]`. What a library in C
    unpacks (Keras' files) is read by a process of its own, which is ended if it takes too long.

    Args:
        path: what torch.save wrote (nothing in it is unpickled), .safetensors, .npz, .keras, .h5
            or .onnx; up to 4 GB, and 268 million numbers in the network.
        kind: the gallery's name of the cell, where arrays cannot prove it: a tanh RNN's and a ReLU
            RNN's look the same, and Keras' weights alone do not tell their functions.
        name: which network, where there are several: "encoder.lstm".
        readout: the matrix that reads h, by its name ("fc.weight" or "fc"), or "none".
        embedding: True: the embedding in front of it is read too, so that x holds the numbers of
            tokens, (time, 1); False: x holds what comes out of there. None: read where the file
            has one.

    Raises:
        CheckpointError: no such file, a damaged one, NaN or infinity in it, or what its names and
            shapes do not prove: what can be answered by an argument is in its `question`. Or
            reading it took too long, or more memory than there is for it.
    """
    path, answers = Path(path), Answers(kind, name, readout, embedding)
    with opened(path) as file:
        is_apart = may_hang(path.name, file, LARGEST_LOCAL_FILE, LARGEST_LOCAL_NUMBERS)
    if not is_apart:
        return load_file(path, answers)
    from rnnviz.interop.readers import LocalReaders  # what it runs must not be imported before

    with closing(LocalReaders().session()) as session:
        return session.load_file(path, answers)
