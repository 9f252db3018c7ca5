"""What programs compute with: NumPy alone, or PyTorch."""

from collections.abc import Mapping
from typing import NamedTuple

from rnnviz.operations import OPERATIONS


class Library(NamedTuple):
    """What a program computes with: how it is imported, its name, how it makes its arrays.

    whole: how an array is made one of whole numbers. texts: operation → its value in this library,
        as text.
    """

    imported: str
    name: str
    numbers: str
    whole: str
    texts: Mapping[str, str]


NUMPY = Library(
    "",
    "np",
    "np.asarray(values, float)",
    "astype(int)",
    {name: operation.numpy for name, operation in OPERATIONS.items()},
)
TORCH = Library(
    "import torch\n",
    "torch",
    "torch.as_tensor(values, dtype=torch.float64)",
    "long()",
    {name: operation.torch for name, operation in OPERATIONS.items()},
)


WITH_STAGES = TORCH._replace(
    imported="from collections import OrderedDict\n\nimport torch\nfrom torch import nn\n"
)
