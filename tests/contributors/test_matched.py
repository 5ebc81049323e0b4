"""The lifter beside themselves: what stands out, what cannot be told, and when there is too little."""

import re

import pytest

from lumbar.contributors.before import before
from lumbar.contributors.evidence import Evidence
from lumbar.contributors.followed import followed
from lumbar.contributors.matched import NOTICED_SCORE, Counts, SelfMatch, compare
from lumbar.estimate import Estimate, Missing

from .logs import ROUND, at, filmed, noted, pulled, weighed


def form(pattern: list[tuple[bool, int]]) -> SelfMatch:
    """Return the comparison of sessions a week apart: whether film showed something, and how sore it was."""
    days = [7 * place for place in range(len(pattern))]
    films = tuple(
        filmed(day, *((ROUND,) if is_seen else ())) for day, (is_seen, _) in zip(days, pattern, strict=True)
    )
    diary = tuple(noted(day, felt) for day, (_, felt) in zip(days, pattern, strict=True))
    evidence = Evidence(at(400), weighed(*map(pulled, days)), diary, films)
    told = followed(evidence)
    return compare(told, before(told, evidence))["form"]


CALM, SORE = (False, 1), (True, 5)


def test_a_plain_pattern_stands_out_with_its_size() -> None:
    found = form([CALM, CALM, SORE] * 6)
    assert found.counts == Counts(6, 12, sore=6, sore_with=6, other=12, other_with=0)
    assert found.stands_out
    assert isinstance(found.more_score, Estimate)
    assert 3.0 < found.more_score.value <= 4.0  # 4 points apart, and drawn a little towards none
    assert [line.id for line in found.said] == ["matched.counts", "matched.more"]


def test_what_comes_as_often_with_as_without_does_not_stand_out() -> None:
    found = form([(is_seen, felt) for felt in (0, 1, 4) for is_seen in (False, True)] * 4)
    assert not found.stands_out
    assert isinstance(found.more_score, Estimate)
    assert found.more_score.low < 0 < found.more_score.high


def test_many_sessions_without_a_difference_say_that_there_is_none_to_notice() -> None:
    found = form([(is_seen, felt) for felt in (0, 1, 1, 2, 3) for is_seen in (False, True)] * 6)
    assert found.is_no_more
    assert isinstance(found.more_score, Estimate)
    assert found.more_score.high < NOTICED_SCORE
    assert found.said[-1].id == "matched.no-more"


@pytest.mark.parametrize(
    "pattern",
    [
        [SORE],
        [CALM, SORE] * 5,
        [CALM] * 10 + [SORE] * 3,
        [CALM] * 9 + [(False, 5)] * 4 + [(True, 5)] * 2,
        [SORE] * 14,
    ],
    ids=["one session", "ten sessions", "three sore ones", "two with it", "none without it"],
)
def test_too_little_data_is_said_and_not_compared(pattern: list[tuple[bool, int]]) -> None:
    found = form(pattern)
    assert isinstance(found.more_score, Missing)
    assert found.said[0].id == "matched.too-few"
    assert re.search(r"\b1 \w+s\b", found.said[0].text) is None  # "1 sessions"
    assert not found.stands_out
    assert not found.is_no_more


def test_one_contributor_does_not_stand_in_for_another() -> None:
    """Rounding comes with the jumps, and the jumps alone are followed by soreness."""
    days = list(range(0, 7 * 60, 7))
    heavy = [place % 6 == 5 for place in range(60)]
    is_round = [place % 6 in (2, 5) for place in range(60)]
    sessions = [pulled(day, sets=5 if is_heavy else 3) for day, is_heavy in zip(days, heavy, strict=True)]
    felt = [place // 6 % 3 + (4 if is_heavy else 0) for place, is_heavy in enumerate(heavy)]
    diary = tuple(noted(day, points) for day, points in zip(days, felt, strict=True))
    films = tuple(filmed(day, *((ROUND,) if seen else ())) for day, seen in zip(days, is_round, strict=True))
    evidence = Evidence(at(500), weighed(*sessions), diary, films)
    told = followed(evidence)
    found = compare(told, before(told, evidence))
    assert found["load"].stands_out
    assert not found["form"].stands_out
