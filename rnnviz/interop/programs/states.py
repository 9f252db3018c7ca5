"""The states before the first step, in a program: zeros, or those that a network has of its own."""

from collections.abc import Mapping

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.layer_run import WAYS
from rnnviz.network.network import Network

STATES = """# Before the first step; those that are not named are zero.
STATES = {{
{states}
}}
"""
FROM_ZERO = "numbers([0.0] * hidden)"
FROM_STATES = f"STATES.get(prefix + n, {FROM_ZERO})"
BUFFER = """\
        self.register_buffer("{name}", torch.zeros({rows}, {units}, dtype=torch.float64))
"""
BEGUN = '''
    def begun(self, x):
        """The states before the first step, for every sequence of x; they are not trained."""
        states = [{states}]
        if x.dim() == 3:
            states = [one[:, None].repeat(1, x.shape[1], 1) for one in states]
        return {given}
'''


def of_torch(network: Network) -> dict[str, Array]:
    """h_0 and, of an LSTM, c_0 as torch.nn takes them, (layers * directions, units); none where
    the network begins at zeros."""
    if not network.initial:
        return {}
    return {
        f"{state}_0": np.stack(
            [
                network.initial.get(f"layers.{k}.{way}{state}", np.zeros(layer.size(state)))
                for k, layer in enumerate(network.layers)
                for way in WAYS[: len(layer.directions)]
            ]
        )
        for state in sorted(network.layers[0].cell.states, reverse=True)
    }


def buffers(initial: Mapping[str, Array]) -> str:
    """The lines that make room for them in a module."""
    return "".join(
        BUFFER.format(name=name, rows=len(array), units=array.shape[1])
        for name, array in initial.items()
    )


def begun(initial: Mapping[str, Array]) -> str:
    """The method that hands them to torch.nn's module; none where there are none."""
    if not initial:
        return ""
    given = "tuple(states)" if len(initial) > 1 else "states[0]"
    return BEGUN.format(states=", ".join(f"self.{name}" for name in initial), given=given)
