"""What a run says about gradients: how far back the error reaches, and why.

Everything is measured on the run itself. A recording's gradients answer most questions:
`grads.curve()` (norms per time step), `grads.waterfall()` (the product of factors),
`grads.credit()` (shares of the steps, gate by gate), `grads.truncation(cut)` and `grads.cuts()`
(what truncated backpropagation loses), `grads.bound()` (theory); `rec.jacobians()` go into
`products` and spectra. Without a recording, `measure` a network, a sequence and a loss. `check` is
against differences and autograd, `phase` of many networks at once, `setup` the Gradients
page's knobs.
"""

from rnnviz.gradients.bound import Bound
from rnnviz.gradients.credit import Credit
from rnnviz.gradients.curve import Curve, curves
from rnnviz.gradients.direct import direct_factors
from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.measured import Measured, measure
from rnnviz.gradients.spectra import (
    Products,
    jacobians,
    log10_spectra,
    products,
    singular_values,
)
from rnnviz.gradients.truncation import Cuts, Truncation, all_cuts, truncate
from rnnviz.gradients.waterfall import Chain, Waterfall, chain

__all__ = [
    "Bound",
    "Chain",
    "Credit",
    "Curve",
    "Cuts",
    "Measured",
    "Products",
    "Truncation",
    "Waterfall",
    "all_cuts",
    "chain",
    "curves",
    "direct_factors",
    "jacobians",
    "log10_spectra",
    "measure",
    "norms",
    "products",
    "singular_values",
    "truncate",
]
