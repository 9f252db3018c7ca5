"""Which table of a state dict stands in front of a recurrent module, as torch.nn.Embedding does."""

import re

from rnnviz.interop.pytorch.surroundings import Surroundings
from rnnviz.interop.refusals import NO_EMBEDDING, some
from rnnviz.interop.stored import read
from rnnviz.network.embedding import Embedding
from rnnviz.texts import Sentence

_NAME = re.compile(r".*emb.*", re.IGNORECASE)


def is_embedding(around: Surroundings, name: str, inputs: int) -> bool:
    """Whether an array is a table of the vectors that are read: without a bias, in front or named
    so."""
    in_front = around.is_ordered and name not in around.behind
    return around.is_table(name, inputs) and (in_front or bool(_NAME.fullmatch(name)))


def embedding_of(
    around: Surroundings, inputs: int, *, prefix: str, must_be: bool, most: int
) -> dict[str, Embedding]:
    """The only embedding that a module can read, by its name in the file; of several, the one that
    stands beside the module. {} where there is none.

    Args:
        inputs: how many numbers the module reads.
        prefix: what the module's names begin with, up to its own.
        must_be: otherwise there is none where several stand there, or too many numbers in it.
        most: how many it may have.

    Raises:
        ValueError: there must be one, and there is none, or several.
    """
    found = [n for n in around.rest if is_embedding(around, n, inputs) and _is_table(around, n)]
    beside = [name for name in found if prefix and name.startswith(prefix)]
    tables = beside or found
    if len(tables) == 1 and (must_be or around.rest[tables[0]].size <= most):
        (array,) = read({tables[0]: around.rest[tables[0]]}, most).values()
        return {tables[0]: Embedding(array)}
    if not must_be:
        return {}
    if tables:
        raise ValueError(Sentence("it has several embeddings, {names}", names=some(tables)))
    raise ValueError(NO_EMBEDDING)


def _is_table(around: Surroundings, name: str) -> bool:
    """Not a square matrix without a bias, which may be any."""
    rows, columns = around.rest[name].shape
    return bool(_NAME.fullmatch(name)) or rows != columns
