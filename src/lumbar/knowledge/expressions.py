"""The tiny language of rule conditions: ``yes('fever') and (pain >= 8 or leg_weak != 'none')``.

Grammar::

    any     = all { "or" all }
    all     = term { "and" term }
    term    = "not" term | "(" any ")" | ("yes" | "dk") "(" name-in-quotes ")" | name operator value
    value   = whole number | word-in-quotes

A condition is true, false or not known (``None``): ``or`` needs one true part, ``and`` needs all, and a part
that rests on an answer nobody gave is not known. Nothing is ever evaluated by Python itself.

The parser is our own because the language has a dozen productions, never grows by itself, and its faults must
name the column and come all at once; a parser generator would be a dependency larger than this module.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from lumbar.knowledge.questions import DONT_KNOW, Answer, AnswersById, Variable
from lumbar.knowledge.spelling import nearest

Truth: TypeAlias = bool | None

OPERATORS: Mapping[str, Callable[[Answer, Answer], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class ExpressionError(ValueError):
    """A condition that cannot be read: where, and what was expected."""

    def __init__(self, text: str, column: int, problem: str) -> None:
        super().__init__(f"{problem} at column {column + 1} of: {text}")


@dataclass(frozen=True, slots=True)
class Yes:
    """``yes('fever')``: the lifter answered yes."""

    name: str

    def truth(self, answers: AnswersById) -> Truth:
        """Return whether it is so, or None where nobody knows."""
        answer = answers.get(self.name)
        return None if answer is None or answer == DONT_KNOW else answer == "yes"


@dataclass(frozen=True, slots=True)
class DontKnow:
    """``dk('fever')``: the lifter was asked, and does not know or left it out."""

    name: str

    def truth(self, answers: AnswersById) -> Truth:
        """Return whether it is so, or None where it has not been asked."""
        answer = answers.get(self.name)
        return None if answer is None else answer == DONT_KNOW


@dataclass(frozen=True, slots=True)
class Compare:
    """``pain >= 8`` or ``leg_weak != 'none'``; ``counts_dont_know`` where "dk" is a choice like any other."""

    name: str
    sign: str
    value: Answer
    counts_dont_know: bool = False

    def truth(self, answers: AnswersById) -> Truth:
        """Return whether it holds, or None where nobody knows."""
        answer = answers.get(self.name)
        if answer is None or (answer == DONT_KNOW and not self.counts_dont_know):
            return None
        return OPERATORS[self.sign](answer, self.value)


@dataclass(frozen=True, slots=True)
class Not:
    """``not …``."""

    part: "Expression"

    def truth(self, answers: AnswersById) -> Truth:
        """Return the opposite; not known stays not known."""
        truth = self.part.truth(answers)
        return None if truth is None else not truth


@dataclass(frozen=True, slots=True)
class Every:
    """``… and …``."""

    parts: tuple["Expression", ...]

    def truth(self, answers: AnswersById) -> Truth:
        """Return False at the first false part, None if some part is not known, else True."""
        known: Truth = True
        for part in self.parts:
            truth = part.truth(answers)
            if truth is False:
                return False
            if truth is None:
                known = None
        return known


@dataclass(frozen=True, slots=True)
class Some:
    """``… or …``."""

    parts: tuple["Expression", ...]

    def truth(self, answers: AnswersById) -> Truth:
        """Return True at the first true part, None if some part is not known, else False."""
        known: Truth = False
        for part in self.parts:
            truth = part.truth(answers)
            if truth:
                return True
            if truth is None:
                known = None
        return known


Leaf: TypeAlias = Yes | DontKnow | Compare
Expression: TypeAlias = Leaf | Not | Every | Some


def leaves(expression: Expression) -> Iterator[Leaf]:
    """Yield the questions of an expression, each time it asks one."""
    match expression:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield expression


def undecided(expression: Expression, answers: AnswersById) -> Iterator[str]:
    """Yield the questions not asked yet on which the truth of the expression still hangs."""
    if expression.truth(answers) is not None:
        return
    match expression:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from undecided(part, answers)
        case Not(part):
            yield from undecided(part, answers)
        case _:
            if expression.name not in answers:
                yield expression.name


_TOKEN = re.compile(r"\s*(?:(?P<number>\d+)|'(?P<text>[^']*)'|(?P<word>[a-z_]+)|(?P<sign>[<>=!]=|[<>()]))")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def _tokens(text: str) -> list[_Token]:
    found, column = [], 0
    while text[column:].strip():
        match = _TOKEN.match(text, column)
        if match is None:
            column += len(text[column:]) - len(text[column:].lstrip())
            raise ExpressionError(text, column, f"cannot read {text[column:].split(maxsplit=1)[0]!r}")
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind)))
        column = match.end()
    return [*found, _Token("end", "", len(text))]


class _Parser:
    """One pass from left to right; each method reads one production of the grammar."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at = text, _tokens(text), 0

    def whole(self) -> Expression:
        expression = self.some()
        if self.tokens[self.at].kind != "end":
            raise self.unexpected("'and', 'or' or the end")
        return expression

    def some(self) -> Expression:
        parts = [self.every()]
        while self.take("or"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def every(self) -> Expression:
        parts = [self.term()]
        while self.take("and"):
            parts.append(self.term())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def term(self) -> Expression:
        if self.take("not"):
            return Not(self.term())
        if self.take("("):
            inside = self.some()
            self.need(")")
            return inside
        for word, leaf in (("yes", Yes), ("dk", DontKnow)):
            if self.take(word):
                return self.call(leaf)
        return self.compare()

    def call(self, leaf: type[Yes] | type[DontKnow]) -> Expression:
        self.need("(")
        name = self.next("text", "the name of a question in quotes").text
        self.need(")")
        return leaf(name)

    def compare(self) -> Expression:
        name = self.next("word", "a question").text
        sign = self.next("sign", "a comparison").text
        if sign not in OPERATORS:
            self.at -= 1
            raise self.unexpected("a comparison")
        token = self.tokens[self.at]
        if token.kind == "number":
            self.at += 1
            return Compare(name, sign, int(token.text))
        return Compare(name, sign, self.next("text", "a number or a word in quotes").text)

    def take(self, text: str) -> bool:
        token = self.tokens[self.at]
        found = token.kind in ("word", "sign") and token.text == text
        self.at += found
        return found

    def need(self, text: str) -> None:
        if not self.take(text):
            raise self.unexpected(f"{text!r}")

    def next(self, kind: str, want: str) -> _Token:
        token = self.tokens[self.at]
        if token.kind != kind:
            raise self.unexpected(want)
        self.at += 1
        return token

    def unexpected(self, want: str) -> ExpressionError:
        token = self.tokens[self.at]
        got = "the end" if token.kind == "end" else repr(token.text)
        return ExpressionError(self.text, token.column, f"expected {want}, found {got}")


@lru_cache(maxsize=2048)
def parse(text: str) -> Expression:
    """Read a condition; raises ``ExpressionError`` with the column of the first thing that does not fit."""
    return _Parser(text).whole()


def bind(expression: Expression, variables: Mapping[str, Variable]) -> Expression:
    """Return the expression with each comparison knowing whether "dk" is one of its question's choices."""
    match expression:
        case Every(parts):
            return Every(tuple(bind(part, variables) for part in parts))
        case Some(parts):
            return Some(tuple(bind(part, variables) for part in parts))
        case Not(part):
            return Not(bind(part, variables))
        case Compare(name, sign, value):
            return Compare(name, sign, value, variables[name].has_own_dont_know)
        case _:
            return expression


def type_faults(expression: Expression, variables: Mapping[str, Variable]) -> Iterator[str]:
    """Yield what does not fit the questions: a name nobody asks, a wrong kind, an answer that cannot be."""
    for leaf in leaves(expression):
        variable = variables.get(leaf.name)
        if variable is None:
            yield f"no question is called {leaf.name!r}{nearest(leaf.name, variables)}"
        elif isinstance(leaf, Yes) and variable.kind != "yesno":
            yield f"yes('{leaf.name}'), but {leaf.name} is a {variable.kind}"
        elif isinstance(leaf, Compare):
            yield from _compare_faults(leaf, variable)


def _compare_faults(leaf: Compare, variable: Variable) -> Iterator[str]:
    shown = f"{leaf.name} {leaf.sign} {leaf.value!r}"
    if variable.kind == "number":
        if isinstance(leaf.value, str):
            yield f"{shown}, but {leaf.name} is a number"
        elif not variable.low <= leaf.value <= variable.high:
            yield f"{shown}, but {leaf.name} runs from {variable.low} to {variable.high}"
    elif variable.kind == "yesno":
        yield f"{shown}, but {leaf.name} is answered yes or no: use yes('{leaf.name}')"
    elif leaf.value not in variable.choices:
        yield f"{shown}, but the answers are {', '.join(variable.choices)}"
    elif leaf.sign not in ("==", "!="):
        yield f"{shown}, but answers in words can only be compared with == and !="


def falling(expression: Expression, variables: Mapping[str, Variable]) -> Iterator[str]:
    """Yield the questions in which a worse answer could make the condition false.

    A rule that raises urgency must never do that: then the highest level that fires cannot fall when an
    answer gets worse, whatever the other answers are.
    """
    yield from sorted(set(_falling(expression, variables, rising=True)))


def _falling(expression: Expression, variables: Mapping[str, Variable], *, rising: bool) -> Iterator[str]:
    match expression:
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _falling(part, variables, rising=rising)
        case Not(part):
            yield from _falling(part, variables, rising=not rising)
        case Yes(name):
            if not rising:
                yield name
        case Compare(name):
            if not _follows(expression, variables[name], rising=rising):
                yield name
        case _:
            return  # dk is weighed against the rules for yes, by the loader


def _follows(leaf: Compare, variable: Variable, *, rising: bool) -> bool:
    """Whether the comparison only ever turns true (or false, if not rising) as the answer gets worse."""
    if variable.worse is None:
        return True
    ladder: tuple[Answer, ...] = variable.choices or tuple(range(variable.low, variable.high + 1))
    steps = [OPERATORS[leaf.sign](step, leaf.value) for step in ladder]
    return steps == sorted(steps, reverse=not rising)
