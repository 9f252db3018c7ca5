"""What a recurrent module of PyTorch takes and gives back: shapes, places, numbers and code.

A `Setup` is a module and what it is called with. From it all else is derived: `tensors`,
`parameters` and `counts` (shapes, rows of gates, how many), `example` (the numbers themselves),
`places` (where an entry of an output stands in the unrolled network), `facts` and `summaries` (what
equals what, and what to read), `padding`, `calls` (two in a row), `questions`, `mistakes` (what
PyTorch says to a wrong shape), `code` (PyTorch's lines, read and written) and `elsewhere` (the same
layers in Keras, ONNX and rnnviz). No screen and no torch.
"""

from rnnviz.shapes.setup import SETTINGS, Setup

__all__ = ["SETTINGS", "Setup"]
