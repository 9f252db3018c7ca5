"""The embedding that a recurrent node of an ONNX graph reads: rows of a constant matrix."""

from rnnviz.interop.onnx.attributes import attributes_of
from rnnviz.interop.onnx.constants import Constants
from rnnviz.interop.stacks import Table
from rnnviz.interop.stored import finite
from rnnviz.network.embedding import Embedding

CARRYING = ("Identity", "Cast", "Transpose", "Squeeze", "Unsqueeze", "Reshape", "Dropout")
"""What only changes how vectors are arranged, whose numbers a layer then reads."""
MOST_BETWEEN = 16


def table_of(value: str, inputs: int, constants: Constants) -> Table | None:
    """The table whose rows of so many numbers a value is; None where that is not certain, or it
    holds too many numbers to be read."""
    node = constants.producer(value)
    for _ in range(MOST_BETWEEN):
        if node is None or node.op_type not in CARRYING or not node.input:
            break
        node = constants.producer(node.input[0])
    if node is None or node.op_type != "Gather" or len(node.input) != 2:
        return None
    matrix, numbers = node.input
    if attributes_of(node).get("axis", 0) != 0 or constants.of(numbers) is not None:
        return None
    try:
        rows = constants.of(matrix)
    except ValueError:
        return None
    if rows is None or rows.ndim != 2 or rows.shape[1] != inputs or not len(rows):
        return None
    return Table(node.op_type, Embedding(finite(matrix, rows)))
