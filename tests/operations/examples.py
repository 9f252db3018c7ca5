"""For each operation of the table a cell that uses it wherever an operation can stand."""

from rnnviz.equations import Cell, parse
from rnnviz.operations import OPERATIONS
from rnnviz.representation import Step


def applied(name: str, first: str, second: str) -> str:
    """The operation in the cell's language; of one operand where it takes one."""
    operation = OPERATIONS[name]
    sign = operation.spelled.plain
    operands = [first, second][: operation.arity]
    for place in (n for n in range(operation.arity) if needs_positive(name, n)):
        operands[place] = positive(operands[place])
    if operation.form == "function":
        return f"{sign}({', '.join(operands)})"
    left, *right = (f"({operand})" for operand in operands)
    return f"({left}{sign}{right[0]})" if right else f"({sign}{left})"


def needs_positive(name: str, place: int) -> bool:
    """Whether this operand has to be kept away from zero and below, to have a value of its size."""
    return OPERATIONS[name].least == 0 or (name, place) == ("div", 1)


def positive(operand: str) -> str:
    """A number that is one already, or what stands for any, but above zero."""
    return operand if operand.replace(".", "").isdigit() else f"exp({operand})"


def cell_of(name: str) -> Cell:
    """Of sums, of states, of a parameter, of a number, within a sum, before any state enters."""
    if OPERATIONS[name].kind == "matrix product":
        return parse("q = V @ (W @ x)\nh = tanh(q + U @ h_prev + U_1 @ (U_2 @ (b * h_prev)))")
    number = applied(name, "h_prev", "0.3") if OPERATIONS[name].arity == 2 else "h_prev"
    return parse(f"""
u = {applied(name, "W_1 @ x + U_1 @ h_prev + b_1", "U_2 @ c_prev + W_2 @ x")}
v = {applied(name, "h_prev", "c_prev")}
s = U_3 @ h_prev + {applied(name, "c_prev", "b_2")} + {number}
q = {applied(name, "W_3 @ x", "p_1")}
c = 0.5 * c_prev + tanh(u)
r = tanh(s)
h = tanh(v * q) + 0.1 * {applied(name, "r", "r")}
""")


def uses_of(name: str) -> list[Step]:
    """The steps of that cell which are the operation."""
    return [step for step in cell_of(name).steps if step.op == name]


def plain_cell(name: str) -> Cell:
    """A state that goes through one matrix and this function."""
    return parse(f"h = {name}(W @ x + U @ h_prev + b)")
