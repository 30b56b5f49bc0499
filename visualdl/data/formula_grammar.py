"""Reads a formula into steps of a stack machine, so that neither reading nor computing it recurses or runs its text.

The parser is Lark's LALR(1): a table, linear time. Its callbacks see the parts of an expression before the whole, and
each returns its steps: those of its parts, then its own.
"""

import math
from functools import cache
from typing import NoReturn

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args

from visualdl.data.table import shown

VARIABLES = ("x1", "x2")
CONSTANTS = {"pi": math.pi, "e": math.e}
FUNCTIONS = {
    "sin": 1, "cos": 1, "tan": 1, "exp": 1, "log": 1, "sqrt": 1, "abs": 1, "tanh": 1, "sign": 1, "min": 2, "max": 2,
}  # fmt: skip
"""The known functions, and how many values each takes."""

Steps = tuple[float | str, ...]
"""What to do, in order: put a number or a variable on the stack, or replace its top one or two by what a function or
"+", "-", "*", "/", "^" or "negate" makes of them."""

_GRAMMAR = r"""
?start: sum
?sum: product | sum "+" product -> add | sum _MINUS product -> subtract
?product: signed | product _TIMES signed -> multiply | product "/" signed -> divide
?signed: power | _MINUS signed -> negate | "+" signed
?power: atom | atom _POWER signed -> raise_to
?atom: NUMBER -> number | NAME -> name | NAME "(" sum ("," sum)* ")" -> call | "(" sum ")"

_MINUS: "-" | "−"
_TIMES: "*" | "·" | "×"
_POWER: "^" | "**"
NUMBER: /([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?/
NAME: /[^\W\d_]\w*/
%ignore /[ \t\r\n\u00a0]+/
"""
_ALIASES = {"x₁": "x1", "x₂": "x2", "π": "pi"}


def steps_of(text: str) -> Steps:
    """Return the steps of the formula; raise ValueError, in one sentence with the position, for what is no formula."""
    try:
        return _parser().parse(text)  # type: ignore[return-value]  # what the callbacks below return
    except UnexpectedInput as error:
        _refuse(text, error)


def _refuse(text: str, error: UnexpectedInput) -> NoReturn:
    if isinstance(error, UnexpectedToken):
        expected = _in_words(error.accepts)
        if error.token.type == "$END":
            end = len(text.rstrip()) + 1
            raise ValueError(f"The formula ends at position {end}, where {expected} is expected.") from None
    else:  # a character that begins nothing
        expected = _in_words(error.allowed & {"NUMBER"} or {"$END"})  # type: ignore[attr-defined]
    position = error.pos_in_stream or 0
    raise ValueError(
        f"In the formula, at position {position + 1}, stands {text[position]!r} where {expected} is expected."
    ) from None


def _in_words(terminals: set[str]) -> str:
    """Say what the parser accepts: either what begins a value, or what may follow one."""
    if "NUMBER" in terminals:
        return "a number, a name, '-' or '('"
    signs = {"LPAR": "'('", "COMMA": "','", "RPAR": "')'", "$END": "the end"}
    *others, last = ["an operator", *(sign for name, sign in signs.items() if name in terminals)]
    return f"{', '.join(others)} or {last}"


def _at(token: Token) -> str:
    return f"In the formula, at position {(token.start_pos or 0) + 1},"


@v_args(inline=True)
class _ToSteps(Transformer[Token, Steps]):
    def number(self, token: Token) -> Steps:
        if math.isinf(float(token)):
            raise ValueError(f"{_at(token)} {shown(token)} is too large; at most 1.8e308 is allowed.")
        return (float(token),)

    def name(self, token: Token) -> Steps:
        name = _ALIASES.get(token, str(token))
        if name in FUNCTIONS:
            raise ValueError(f"{_at(token)} {name} needs its value in parentheses, as in {name}(x1).")
        if name in CONSTANTS:
            return (CONSTANTS[name],)
        if name not in VARIABLES:
            known = ", ".join([*VARIABLES, *CONSTANTS, *FUNCTIONS])
            raise ValueError(f"{_at(token)} {shown(name)} is unknown; known are {known}.")
        return (name,)

    def call(self, token: Token, *values: Steps) -> Steps:
        name = str(token)
        if name not in FUNCTIONS:
            raise ValueError(f"{_at(token)} {shown(name)} is no function; known are {', '.join(FUNCTIONS)}.")
        if len(values) != FUNCTIONS[name]:
            wanted = "1 value" if FUNCTIONS[name] == 1 else f"{FUNCTIONS[name]} values"
            raise ValueError(f"{_at(token)} {name} takes {wanted}, not {len(values)}.")
        return (*sum(values, ()), name)

    def add(self, left: Steps, right: Steps) -> Steps:
        return (*left, *right, "+")

    def subtract(self, left: Steps, right: Steps) -> Steps:
        return (*left, *right, "-")

    def multiply(self, left: Steps, right: Steps) -> Steps:
        return (*left, *right, "*")

    def divide(self, left: Steps, right: Steps) -> Steps:
        return (*left, *right, "/")

    def raise_to(self, left: Steps, right: Steps) -> Steps:
        return (*left, *right, "^")

    def negate(self, value: Steps) -> Steps:
        return (*value, "negate")


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", transformer=_ToSteps())
