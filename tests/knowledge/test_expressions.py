"""The language of the rules: what it reads, what it refuses, and what it makes of not knowing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbar.knowledge.expressions import (
    Compare,
    DontKnow,
    Every,
    Expression,
    ExpressionError,
    Not,
    Some,
    Yes,
    bind,
    falling,
    leaves,
    parse,
    type_faults,
    undecided,
)
from lumbar.knowledge.questions import Variable

QUESTIONS = {
    "a": Variable("a", "yesno", ("no", "yes"), worse="last"),
    "b": Variable("b", "yesno", ("no", "yes"), worse="last"),
    "pain": Variable("pain", "number", low=0, high=10, worse="up"),
    "age": Variable("age", "number", low=0, high=120),
    "weak": Variable("weak", "choice", ("none", "one", "both"), worse="last"),
    "better": Variable("better", "choice", ("yes", "dk", "no"), worse="last"),
}


def test_and_binds_tighter_than_or_and_not_tighter_than_both() -> None:
    assert parse("yes('a') or not yes('b') and pain >= 8") == Some(
        (Yes("a"), Every((Not(Yes("b")), Compare("pain", ">=", 8))))
    )


def test_brackets_come_first() -> None:
    assert parse("(yes('a') or yes('b')) and dk('a')") == Every((Some((Yes("a"), Yes("b"))), DontKnow("a")))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "expected a question, found the end at column 1"),
        ("yes('a'", "expected ')', found the end at column 8"),
        ("yes(a)", "expected the name of a question in quotes, found 'a' at column 5"),
        ("pain", "expected a comparison, found the end at column 5"),
        ("pain ( 8", "expected a comparison, found '(' at column 6"),
        ("pain >= or", "expected a number or a word in quotes, found 'or' at column 9"),
        ("yes('a') yes('b')", "expected 'and', 'or' or the end, found 'yes' at column 10"),
        ("__import__('os')", "expected a comparison, found '('"),
        ("yes('a') or 1 + 1", "cannot read '+' at column 15"),
        ("pain >= -1", "cannot read '-1' at column 9"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_column(text: str, says: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "answers", "truth"),
    [
        ("yes('a')", {"a": "yes"}, True),
        ("yes('a')", {"a": "no"}, False),
        ("yes('a')", {"a": "dk"}, None),
        ("yes('a')", {}, None),
        ("dk('a')", {"a": "dk"}, True),
        ("dk('a')", {"a": "no"}, False),
        ("dk('a')", {}, None),
        ("pain >= 8", {"pain": 8}, True),
        ("pain >= 8", {"pain": "dk"}, None),
        ("weak != 'none'", {"weak": "dk"}, None),
        ("better != 'yes'", {"better": "dk"}, True),
        ("not yes('a')", {"a": "dk"}, None),
        ("yes('a') and yes('b')", {"a": "no"}, False),
        ("yes('a') and yes('b')", {"a": "yes"}, None),
        ("yes('a') or yes('b')", {"a": "yes"}, True),
        ("yes('a') or yes('b')", {"a": "no"}, None),
    ],
)
def test_truth_has_three_values(text: str, answers: dict[str, str | int], truth: bool | None) -> None:  # noqa: FBT001
    assert bind(parse(text), QUESTIONS).truth(answers) is truth


def test_only_what_can_still_decide_is_undecided() -> None:
    expression = parse("yes('a') and pain >= 8 or yes('b')")
    assert set(undecided(expression, {})) == {"a", "pain", "b"}
    assert set(undecided(expression, {"a": "no"})) == {"b"}
    assert set(undecided(expression, {"a": "dk"})) == {"pain", "b"}
    assert not set(undecided(expression, {"b": "yes"}))


def test_a_condition_fits_its_questions() -> None:
    assert not list(type_faults(parse("yes('a') and pain >= 8 and weak == 'both' and dk('age')"), QUESTIONS))
    assert len(list(type_faults(parse("yes('pain') or a == 'yes' or weak >= 'one' or x > 3"), QUESTIONS))) == 4


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("yes('a') or pain >= 8 or weak != 'none' or better != 'yes' or age < 18", []),
        ("not yes('a')", ["a"]),
        ("not not yes('a')", []),
        ("pain < 8", ["pain"]),
        ("pain == 8", ["pain"]),
        ("pain == 10", []),
        ("weak == 'one'", ["weak"]),
        ("weak == 'both'", []),
        ("better == 'yes'", ["better"]),
        ("not better == 'yes'", []),
    ],
)
def test_a_condition_that_a_worse_answer_could_stop_is_found(text: str, names: list[str]) -> None:
    assert list(falling(parse(text), QUESTIONS)) == names


def expressions() -> st.SearchStrategy[Expression]:
    leaf = st.sampled_from(
        (Yes("a"), Yes("b"), DontKnow("a"), Compare("pain", ">=", 5), Compare("weak", "!=", "none"))
    )
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, min_size=2, max_size=3)
            .map(tuple)
            .flatmap(lambda parts: st.sampled_from((Every(parts), Some(parts), Not(parts[0]))))
        ),
        max_leaves=8,
    )


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "a": st.sampled_from(("yes", "no", "dk")),
        "b": st.sampled_from(("yes", "no", "dk")),
        "pain": st.integers(0, 10),
        "weak": st.sampled_from(("none", "one", "both", "dk")),
    },
)


@given(expressions(), ANSWERS)
@settings(suppress_health_check=[HealthCheck.too_slow])  # the first draw loads the library
def test_what_is_known_stays_so_whatever_is_answered_next(
    expression: Expression, answers: dict[str, str | int]
) -> None:
    truth = expression.truth(answers)
    if truth is not None:
        for name, answer in (("a", "yes"), ("a", "no"), ("b", "yes"), ("pain", 9), ("weak", "both")):
            assert expression.truth({name: answer, **answers}) is truth


@given(expressions(), ANSWERS)
def test_undecided_names_only_questions_of_the_expression_not_asked_yet(
    expression: Expression, answers: dict[str, str | int]
) -> None:
    names = set(undecided(expression, answers))
    assert names <= {leaf.name for leaf in leaves(expression)} - answers.keys()
    assert not names or expression.truth(answers) is None
