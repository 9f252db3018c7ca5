"""The operations of the language, one table: what each computes, how its gradient passes back, how
it is written. Every other list of operations is derived from it."""

from rnnviz.operations.operation import OPERANDS, Operation, Pull, Slope, Source, Spelled
from rnnviz.operations.rules import Array, Rule
from rnnviz.operations.table import FUNCTIONS, OPERATIONS, chain, to_json

__all__ = [
    "FUNCTIONS",
    "OPERANDS",
    "OPERATIONS",
    "Array",
    "Operation",
    "Pull",
    "Rule",
    "Slope",
    "Source",
    "Spelled",
    "chain",
    "to_json",
]
