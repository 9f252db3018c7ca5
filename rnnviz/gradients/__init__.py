"""What a run says about gradients: how far back the error reaches, and why.

Everything is measured on the run itself. The modules, by question:
`measured` (a network, a sequence, a loss), `curve` (norms per time step), `bound` (theory),
`waterfall` (the product of factors), `spectra` (Jacobians), `credit` and `truncation` (shares of
the parameter gradient), `phase` (many networks at once), `check` (against differences and
autograd), `experiment` (the knobs).
"""

from rnnviz.gradients.direct import direct_factors
from rnnviz.gradients.magnitude import norms
from rnnviz.gradients.spectra import (
    Products,
    jacobians,
    log10_spectra,
    products,
    singular_values,
)

__all__ = [
    "Products",
    "direct_factors",
    "jacobians",
    "log10_spectra",
    "norms",
    "products",
    "singular_values",
]
