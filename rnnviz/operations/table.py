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
OVER_SECOND = Slope(np.reciprocal, ("second",))
MINUS_RESULT_OVER_SECOND = Slope(rules.slope_of_divisor, ("result", "second"))

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
        commutes=True,
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
        commutes=True,
        drawn="×",
        explained=" · ",
    ),
    Operation(
        name="div",
        forward=np.divide,
        gradients=(OVER_SECOND, MINUS_RESULT_OVER_SECOND),
        spelled=Spelled(" / ", " / ", " / "),
        numpy="a / b",
        torch="a / b",
        form="infix",
        binds=PRODUCT,
        needs=(PRODUCT, FACTOR),
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
    Operation(
        name="hard_sigmoid_02",
        forward=rules.hard_sigmoid_02,
        gradients=(Slope(rules.slope_of_hard_sigmoid_02, ("first",)),),
        spelled=Spelled("hard_sigmoid_02", "hard σ₀.₂", r"\mathrm{hard}\,\sigma_{0.2}"),
        numpy="np.clip(a * 0.2 + 0.5, 0, 1)",
        torch="torch.where(a.abs() < 2.5, a * 0.2 + 0.5, (a > 0).to(a.dtype))",
        low=0.0,
        high=1.0,
        steepest=0.2,
        is_increasing=True,
    ),
    Operation(
        name="hard_tanh",
        forward=rules.hard_tanh,
        gradients=(Slope(rules.slope_of_hard_tanh, ("result",)),),
        spelled=Spelled("hard_tanh", "hard tanh", r"\mathrm{hard}\,\tanh"),
        numpy="np.clip(a, -1, 1)",
        torch="torch.nn.functional.hardtanh(a)",
        low=-1.0,
        high=1.0,
        steepest=1.0,
        is_increasing=True,
    ),
    Operation(
        name="softsign",
        forward=rules.softsign,
        gradients=(Slope(rules.slope_of_softsign, ("result",)),),
        spelled=Spelled("softsign", "softsign", r"\mathrm{softsign}"),
        numpy="a / (1 + np.abs(a))",
        torch="a / (1 + a.abs())",
        low=-1.0,
        high=1.0,
        steepest=1.0,
        is_increasing=True,
    ),
    Operation(
        name="sin",
        forward=np.sin,
        gradients=(Slope(np.cos, ("first",)),),
        spelled=Spelled("sin", "sin", r"\sin"),
        numpy="np.sin(a)",
        torch="torch.sin(a)",
        low=-1.0,
        high=1.0,
        steepest=1.0,
    ),
    Operation(
        name="cos",
        forward=np.cos,
        gradients=(Slope(rules.slope_of_cos, ("first",)),),
        spelled=Spelled("cos", "cos", r"\cos"),
        numpy="np.cos(a)",
        torch="torch.cos(a)",
        low=-1.0,
        high=1.0,
        steepest=1.0,
    ),
    Operation(
        name="abs",
        forward=np.abs,
        gradients=(Slope(np.sign, ("first",)),),
        spelled=Spelled("abs", "abs", r"\mathrm{abs}"),
        numpy="np.abs(a)",
        torch="torch.abs(a)",
        low=0.0,
        steepest=1.0,
    ),
    Operation(
        name="sqrt",
        forward=np.sqrt,
        gradients=(Slope(rules.slope_of_sqrt, ("result",)),),
        spelled=Spelled("sqrt", "sqrt", r"\mathrm{sqrt}"),
        numpy="np.sqrt(a)",
        torch="torch.sqrt(a)",
        low=0.0,
        least=0.0,
        is_increasing=True,
    ),
    Operation(
        name="log",
        forward=np.log,
        gradients=(Slope(np.reciprocal, ("first",)),),
        spelled=Spelled("log", "log", r"\log"),
        numpy="np.log(a)",
        torch="torch.log(a)",
        least=0.0,
        is_increasing=True,
    ),
    Operation(
        name="max",
        forward=rules.larger,
        gradients=(
            Slope(rules.share_of_larger, ("first", "second")),
            Slope(rules.share_of_larger, ("second", "first")),
        ),
        spelled=Spelled("max", "max", r"\max"),
        numpy="np.maximum(a, b)",
        # torch.maximum takes no numbers; where both are alike each operand gets half the gradient.
        torch="(torch.where(a > b, a, b) + torch.where(a < b, b, a)) / 2",
        commutes=True,
        is_increasing=True,
    ),
    Operation(
        name="min",
        forward=rules.smaller,
        gradients=(
            Slope(rules.share_of_larger, ("second", "first")),
            Slope(rules.share_of_larger, ("first", "second")),
        ),
        spelled=Spelled("min", "min", r"\min"),
        numpy="np.minimum(a, b)",
        torch="(torch.where(a < b, a, b) + torch.where(a > b, b, a)) / 2",
        commutes=True,
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
