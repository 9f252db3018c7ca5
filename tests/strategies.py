"""Random cells: small, valid, and using all of the language."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from rnnviz.equations import Cell, parse
from rnnviz.operations import FUNCTIONS, OPERATIONS
from tests.operations.examples import applied

NUMBERS = ("1", "0.5", "2.25", "1e-3", "-0.5", "-2", "1e-7", "1000")
STATES = ("h", "c", "s")
VALUES = ("f", "r", "new_gate", "a2", "c_tilde")


@st.composite
def expressions(draw: DrawFn, hidden: tuple[str, ...], inputs: tuple[str, ...], depth: int) -> str:
    """An expression of the hidden size over known values, every operation in its own brackets."""
    if depth == 0:
        return draw(st.sampled_from([*hidden, "b", "b_1", "p_f"]))
    smaller = expressions(hidden, inputs, depth - 1)
    match draw(
        st.sampled_from(
            ["leaf", "matmul", "input", "add", "sub", "mul", "div", "neg", "call", "scale"]
        )
    ):
        case "leaf":
            return draw(st.sampled_from(hidden))
        case "matmul":
            return f"({draw(st.sampled_from(['U', 'U_f', 'V_h']))} @ {draw(smaller)})"
        case "input":
            return f"({draw(st.sampled_from(['W', 'W_f']))} @ {draw(of_input_size(inputs))})"
        case "neg":
            return f"(-{draw(smaller)})"
        case "call":
            function = OPERATIONS[draw(st.sampled_from(FUNCTIONS))]
            operands = [draw(smaller) for _ in range(function.arity)]
            if function.least == 0:
                operands = [f"0.5 + softplus({operand})" for operand in operands]
            return f"{function.name}({', '.join(operands)})"
        case "div":
            return f"({draw(smaller)} / (0.5 + softplus({draw(smaller)})))"
        case "scale":
            number, sign = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from("+-*"))
            left, right = draw(st.permutations([number, draw(smaller)]))
            return f"({left} {sign} {right})"
        case operation:
            sign = {"add": "+", "sub": "-", "mul": "*"}[operation]
            return f"({draw(smaller)} {sign} {draw(smaller)})"


def of_input_size(inputs: tuple[str, ...]) -> SearchStrategy[str]:
    value = st.sampled_from(inputs)
    return st.one_of(value, value.map("(1 - {})".format), value.map("tanh({})".format))


@st.composite
def texts(draw: DrawFn) -> str:
    """The text of a valid cell: up to two states beside h, up to four values between."""
    states = draw(st.sampled_from([("h",), ("h", "c"), ("h", "c", "s")]))
    hidden: tuple[str, ...] = tuple(f"{s}_prev" for s in states)
    inputs: tuple[str, ...] = ("x",)
    lines: list[str] = []
    for name in draw(st.lists(st.sampled_from(VALUES), max_size=4, unique=True)):
        if draw(st.integers(0, 7)) == 0:
            lines.append(f"{name} = {draw(of_input_size(inputs))}")
            inputs = (*inputs, name)
        else:
            lines.append(f"{name} = {draw(expressions(hidden, inputs, draw(st.integers(1, 3))))}")
            hidden = (*hidden, name)
    for state in (*states[1:], "h"):
        free = draw(expressions(hidden, inputs, draw(st.integers(1, 3))))
        lines.append(f"{state} = {free} + {state}_prev")
        hidden = (*hidden, state)
    return "\n".join(lines)


def cells() -> SearchStrategy[Cell]:
    """Valid random cells."""
    return texts().map(parse)


def cells_with(operation: str) -> SearchStrategy[Cell]:
    """Valid random cells in which this operation is on the way of h, on what it is defined for."""

    def put_in(text: str) -> Cell:
        *before, last = text.split("\n")
        h = last.removeprefix("h = ").removesuffix(" + h_prev")
        return parse("\n".join([*before, f"h = {applied(operation, h, 'U @ h_prev')} + h_prev"]))

    return texts().map(put_in)
