"""Reading the project's source for texts: which calls make one, and of what."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXTS = {"_": 1, "_nodes": 1, "N_": 1, "Sentence": 1, "ngettext": 2, "Counted": 2, "pgettext": 2}
"""Function → how many of its first arguments are texts."""
MARK = "N_"
TABLES = ("label",)
"""Methods that give a text which was marked in a table."""


def python_files() -> list[Path]:
    return [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("rnnviz/**/*.py")]


def browser_files() -> list[Path]:
    return [*(ROOT / "rnnviz" / "web" / "browser").glob("**/*.js")]


def called(node: ast.AST) -> str:
    """The name of the function that a call calls, without what it hangs on."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_text(node: ast.AST) -> bool:
    """Whether it is a call that makes a text."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and called(node) in TEXTS


def not_literal(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls whose text stands neither in them nor, marked, in a table."""
    for node in ast.walk(tree):
        if is_text(node) and not all(map(_is_found(node), node.args[: TEXTS[called(node)]])):
            yield node


def _is_found(call: ast.Call):
    def is_found(argument: ast.expr) -> bool:
        if isinstance(argument, ast.Constant):
            return isinstance(argument.value, str)
        return called(call) != MARK and _is_from_a_table(argument)

    return is_found


def _is_from_a_table(argument: ast.expr) -> bool:
    """`name`, `name.attribute`, `TABLE[key]`, `choice.label(key)`, or one of two such."""
    if isinstance(argument, ast.IfExp):
        return all(map(_is_from_a_table, (argument.body, argument.orelse)))
    looked_up = isinstance(argument, ast.Name | ast.Attribute | ast.Subscript)
    return looked_up or called(argument) in TABLES


def bare_words(node: ast.AST, constants: dict[str, ast.AST]) -> Iterator[str]:
    """Pieces of two words or more that stand in an expression, and in no text.

    constants: the module's, by name.
    """
    if is_text(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _has_words(node.value):
        yield node.value
    if isinstance(node, ast.Name) and node.id in constants:
        yield from bare_words(_unmarked(constants[node.id]), {})
    for child in ast.iter_child_nodes(node):
        yield from bare_words(child, constants)


def _unmarked(node: ast.AST) -> ast.AST:
    """A constant that is marked is no text yet."""
    return node.args[0] if called(node) == MARK else node


def _has_words(text: str) -> bool:
    return re.search(r"[^\W\d_]{2,}[,.:;]? [^\W\d_]{2,}", text) is not None


def module_constants(tree: ast.Module) -> dict[str, ast.AST]:
    """Name → value of what a module assigns to one name in capital letters."""
    return {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id.isupper()
    }


_LOOKED_UP = r"[\w$]+(\??\.[\w$]+|\[[\w$.]+\]|\.get\([\w$.]+\))*"
_SCRIPT = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<template>`)
    |(?P<regex>(?:(?<=[(,=:?!&|{}\[;])|(?<=\breturn))\s*
        /(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/[a-z]*)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<number>\d[\w.]*)
    |(?P<sign>\S)""",
    re.VERBOSE | re.DOTALL,
)


def tokens(source: str) -> list[tuple[str, str]]:
    """(kind, text) of the tokens of a script; within the holes of a template, of those too."""
    return _tokens(source, 0, "")[0]


def _tokens(source: str, at: int, end: str) -> tuple[list[tuple[str, str]], int]:
    """The tokens from a place on, up to a bracket that closes what was open before; and where."""
    found: list[tuple[str, str]] = []
    depth = 0
    while match := _SCRIPT.search(source, at):
        kind, text, at = str(match.lastgroup), match[0].strip(), match.end()
        if kind == "template":
            holes, at = _template(source, at)
            found += [("template", "``"), *holes]
        elif kind != "comment":
            depth += (text == "{") - (text == "}") if kind == "sign" else 0
            if end == "}" and depth < 0:
                return found, at
            found.append((kind, text))
    return found, len(source)


def _template(source: str, at: int) -> tuple[list[tuple[str, str]], int]:
    """The tokens in the holes of a template, each between semicolons; and where it ends."""
    found: list[tuple[str, str]] = []
    while source[at] != "`":
        if source.startswith("${", at):
            inside, at = _tokens(source, at + 2, "}")
            found += [("sign", ";"), *inside, ("sign", ";")]
        else:
            at += 2 if source[at] == "\\" else 1
    return found, at + 1


def script_faults(source: str) -> Iterator[str]:
    """The calls in a script whose text is neither a literal nor looked up: the tokens they begin
    with."""
    for name, argument, begins in _script_texts(source):
        if not _is_literal(argument) and (name == MARK or not _is_looked_up(argument)):
            yield begins


def script_literals(source: str) -> Iterator[str]:
    """The texts that stand in a script's calls."""
    for _, argument, _ in _script_texts(source):
        if _is_literal(argument):
            yield ast.literal_eval(argument[0][1])  # such strings read alike in both languages


def python_literals(tree: ast.AST) -> Iterator[str]:
    """The texts that stand in a module's calls, within f-strings too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in TEXTS:
            for argument in node.args[: TEXTS[called(node)]]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _script_texts(source: str) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """The arguments that are texts: the function's name, their tokens, and how the call begins."""
    all_tokens = tokens(source)
    for k, (kind, text) in enumerate(all_tokens):
        before = all_tokens[k - 1][1] if k else ""
        opens = all_tokens[k + 1 : k + 2] == [("sign", "(")]
        if kind != "name" or text not in TEXTS or not opens or before in ("function", "."):
            continue
        begins = " ".join(t for _, t in all_tokens[k : k + 12])
        for argument in _arguments(all_tokens[k + 2 :])[: TEXTS[text]]:
            yield text, argument, begins


def _arguments(after: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The tokens of each argument of a call, from behind its bracket on."""
    found: list[list[tuple[str, str]]] = [[]]
    depth = 0
    for token in after:
        if token[1] in ("(", "[", "{"):
            depth += 1
        elif token[1] in (")", "]", "}") and token[0] == "sign":
            if depth == 0:
                return found
            depth -= 1
        elif token == ("sign", ",") and depth == 0:
            found.append([])
            continue
        found[-1].append(token)
    return found


def _is_literal(argument: list[tuple[str, str]]) -> bool:
    return len(argument) == 1 and argument[0][0] == "string"


def _is_looked_up(argument: list[tuple[str, str]]) -> bool:
    """`name`, `name.attribute`, `table[key]`, `map.get(key)`, or one of two such."""
    text = "".join(piece for _, piece in argument)
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    either = re.fullmatch(r"[^?]+\?(?![.?])([^?:]+):([^?:]+)", text)
    several = either.groups() if either else text.split("??")
    return all(map(re.compile(_LOOKED_UP).fullmatch, several))
