"""The table of operations.

The browser has two rules of its own for each entry (web/browser/maths/rules.js) and is told the
rest by `to_json`. To add an operation is to add an entry here and one there.
"""

from collections.abc import Mapping
from math import isfinite

import numpy as np

from rnnviz.operations import rules
from rnnviz.operations.operation import (
    ATOM,
    FACTOR,
    MATRIX_PRODUCT,
    PRODUCT,
    SUM,
    Operation,
    Pull,
    Slope,
    Spelled,
)

KEEP = Pull(np.positive, ("gradient",))
TURN = Pull(np.negative, ("gradient",))
TIMES_FIRST = Pull(np.multiply, ("gradient", "first"))
TIMES_SECOND = Pull(np.multiply, ("gradient", "second"))
OUTER = Pull(rules.outer_product, ("gradient", "second"))
TRANSPOSED = Pull(rules.transposed_product, ("first", "gradient"))

TABLE = (
    Operation(
        name="matmul",
        forward=np.matmul,
        gradients=(OUTER, TRANSPOSED),
        spelled=Spelled(" @ ", " ", " "),
        numpy="b @ a.T",
        torch="b @ a.T",
        form="infix",
        kind="matrix product",
        binds=MATRIX_PRODUCT,
        needs=(ATOM, ATOM),
    ),
    Operation(
        name="add",
        forward=np.add,
        gradients=(KEEP, KEEP),
        spelled=Spelled(" + ", " + ", " + "),
        numpy="a + b",
        torch="a + b",
        form="infix",
        kind="sum",
        binds=SUM,
        needs=(SUM, MATRIX_PRODUCT),
    ),
    Operation(
        name="sub",
        forward=np.subtract,
        gradients=(KEEP, TURN),
        spelled=Spelled(" - ", " − ", " - "),
        numpy="a - b",
        torch="a - b",
        form="infix",
        kind="sum",
        binds=SUM,
        needs=(SUM, MATRIX_PRODUCT),
    ),
    Operation(
        name="mul",
        forward=np.multiply,
        gradients=(TIMES_SECOND, TIMES_FIRST),
        spelled=Spelled(" * ", " ⊙ ", r" \odot "),
        numpy="a * b",
        torch="a * b",
        form="infix",
        kind="product",
        binds=PRODUCT,
        needs=(PRODUCT, FACTOR),
        drawn="×",
        explained=" · ",
    ),
    Operation(
        name="neg",
        forward=np.negative,
        gradients=(TURN,),
        spelled=Spelled("-", "−", "-"),
        numpy="-a",
        torch="-a",
        form="prefix",
        kind="sum",
        binds=SUM,
        needs=(ATOM,),
    ),
    Operation(
        name="identity",
        forward=np.positive,
        gradients=(KEEP,),
        spelled=Spelled("identity", "id", r"\mathrm{id}"),
        numpy="a",
        torch="a",
        kind="sum",
        steepest=1.0,
        is_increasing=True,
        explained="",
    ),
    Operation(
        name="sigmoid",
        forward=rules.sigmoid,
        gradients=(Slope(rules.slope_of_sigmoid, ("result",)),),
        spelled=Spelled("sigmoid", "σ", r"\sigma"),
        numpy="1 / (1 + np.exp(-a))",
        torch="torch.sigmoid(a)",
        low=0.0,
        high=1.0,
        steepest=0.25,
        is_increasing=True,
    ),
    Operation(
        name="tanh",
        forward=np.tanh,
        gradients=(Slope(rules.slope_of_tanh, ("result",)),),
        spelled=Spelled("tanh", "tanh", r"\tanh"),
        numpy="np.tanh(a)",
        torch="torch.tanh(a)",
        low=-1.0,
        high=1.0,
        steepest=1.0,
        is_increasing=True,
    ),
    Operation(
        name="relu",
        forward=rules.relu,
        gradients=(Slope(rules.slope_of_relu, ("result",)),),
        spelled=Spelled("relu", "ReLU", r"\mathrm{ReLU}"),
        numpy="np.maximum(a, 0)",
        torch="torch.relu(a)",
        low=0.0,
        steepest=1.0,
        is_increasing=True,
    ),
    Operation(
        name="exp",
        forward=np.exp,
        gradients=(Slope(np.positive, ("result",)),),
        spelled=Spelled("exp", "exp", r"\exp"),
        numpy="np.exp(a)",
        torch="torch.exp(a)",
        low=0.0,
        is_increasing=True,
    ),
    Operation(
        name="softplus",
        forward=rules.softplus,
        gradients=(Slope(rules.slope_of_softplus, ("result",)),),
        spelled=Spelled("softplus", "softplus", r"\mathrm{softplus}"),
        numpy="np.logaddexp(a, 0)",
        torch="torch.logaddexp(a, torch.zeros_like(a))",
        low=0.0,
        steepest=1.0,
        is_increasing=True,
    ),
    Operation(
        name="hard_sigmoid",
        forward=rules.hard_sigmoid,
        gradients=(Slope(rules.slope_of_hard_sigmoid, ("result",)),),
        spelled=Spelled("hard_sigmoid", "hard σ", r"\mathrm{hard}\,\sigma"),
        numpy="np.clip(a / 6 + 0.5, 0, 1)",
        # torch's own multiplies gradients with a sixth rounded to float32.
        torch="torch.where(a.abs() < 3, a / 6 + 0.5, (a > 0).to(a.dtype))",
        low=0.0,
        high=1.0,
        steepest=1 / 6,
        is_increasing=True,
    ),
)

OPERATIONS: Mapping[str, Operation] = {operation.name: operation for operation in TABLE}
FUNCTIONS = tuple(operation.name for operation in TABLE if operation.form == "function")


def chain(name: str) -> tuple[str, ...]:
    """The operators that stand with one in a line without brackets: `a - b + c`; () of others."""
    one = OPERATIONS[name]
    alike = (o.name for o in TABLE if (o.form, o.binds) == (one.form, one.binds))
    return tuple(alike) if one.form == "infix" else ()


def to_json() -> dict[str, dict[str, object]]:
    """Name → what other languages are told besides their own rules; no bound is null."""
    return {
        operation.name: {
            "form": operation.form,
            "text": operation.spelled.screen
            if operation.explained is None
            else operation.explained,
            "chain": list(chain(operation.name)),
            "low": operation.low if isfinite(operation.low) else None,
            "high": operation.high if isfinite(operation.high) else None,
            "isDirect": operation.is_direct,
        }
        for operation in TABLE
    }
