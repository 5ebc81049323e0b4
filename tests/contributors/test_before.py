"""What was there before a session; what nobody noted is not "no"."""

from datetime import UTC, timedelta

import pytest

from lumbar.contributors.before import REPEATABLE, Before, before, is_above
from lumbar.contributors.evidence import Evidence, FilmedSet
from lumbar.contributors.followed import followed
from lumbar.symptoms.diary import Entry
from lumbar.synth.logbook import draw_logbook
from lumbar.training.entries import Session
from lumbar.training.signals import history

from .logs import ROUND, at, filmed, pulled, weighed

MONTH = [pulled(day) for day in range(0, 35, 7)]


def last(*sessions: Session, diary: tuple[Entry, ...] = (), films: tuple[FilmedSet, ...] = ()) -> Before:
    evidence = Evidence(at(400), weighed(*sessions), diary, films)
    return before(followed(evidence), evidence)[-1]


def test_nothing_is_known_before_the_first_session() -> None:
    assert last(pulled(0)).flags == dict.fromkeys(REPEATABLE)


@pytest.mark.parametrize(("sets", "is_jump"), [(3, False), (4, True)])
def test_a_third_more_sets_than_in_the_thirty_days_before_is_a_jump(sets: int, *, is_jump: bool) -> None:
    found = last(*MONTH, pulled(35, sets=sets)).jumps
    assert found.volume_ratio == pytest.approx(sets / 3)
    assert found.back_ratio == pytest.approx(sets / 3)
    assert found.top_ratio == pytest.approx(1.0)
    assert found.is_jump is is_jump


@pytest.mark.parametrize(("kg", "is_jump"), [("110", False), ("112.5", True)])
def test_a_top_set_more_than_a_tenth_above_the_best_is_a_jump(kg: str, *, is_jump: bool) -> None:
    """TL-04's bands begin above ten percent."""
    assert last(*MONTH, pulled(35, sets=2, kg=kg)).jumps.is_jump is is_jump


def test_ten_percent_exactly_is_no_jump_whatever_rounding_makes_of_it() -> None:
    assert not is_above(1.1)
    assert not is_above(110 / 100.0)
    assert is_above(1.1001)


def test_a_log_that_does_not_reach_back_thirty_days_knows_no_jump() -> None:
    assert last(pulled(0), pulled(28, sets=9)).jumps.is_jump is None


@pytest.mark.parametrize(("days", "is_new"), [(30, False), (31, True)])
def test_the_first_pull_after_a_lay_off_is_new_again(days: int, *, is_new: bool) -> None:
    assert last(*MONTH, pulled(28 + days)).novelty.is_new is is_new


def test_a_movement_not_done_for_nine_weeks_is_new() -> None:
    sumo = "Sumo Deadlift (Barbell)"
    weekly = [pulled(day) for day in range(0, 77, 7)]
    strange = last(*weekly, pulled(77, exercise=sumo))
    assert strange.novelty.movements == ("sumo deadlift",)
    assert strange.novelty.is_new
    known = last(*weekly, pulled(15, exercise=sumo), pulled(77, exercise=sumo))
    assert known.novelty.movements == ()
    short = last(*MONTH, pulled(35, exercise=sumo))
    assert short.novelty.movements is None
    assert short.novelty.is_new is False


def test_only_what_is_clear_on_film_counts_and_only_where_a_set_was_filmed() -> None:
    perhaps = type(ROUND)(ROUND.id, ROUND.name, is_clear=False)
    assert last(pulled(0)).has_finding is None
    assert last(pulled(0), films=(filmed(0),)).has_finding is False
    assert last(pulled(0), films=(filmed(0, perhaps),)).has_finding is False
    assert last(pulled(0), films=(filmed(0, ROUND),)).has_finding is True
    assert last(pulled(0), films=(filmed(1, ROUND),)).has_finding is None


@pytest.mark.parametrize(
    ("points", "hours", "flag"), [(4, -11, True), (5, -11, False), (4, -40, None), (4, 11, None)]
)
def test_sleep_is_what_was_noted_within_a_day_and_a_half_before(
    points: int, hours: float, *, flag: bool | None
) -> None:
    note = Entry((at(4) + timedelta(hours=hours)).replace(tzinfo=UTC), None, {"sleep": points, "pain": 0})
    assert last(pulled(0), pulled(4), diary=(note,)).flags["poor-sleep"] is flag


@pytest.mark.parametrize("number", range(3))
def test_jumps_are_those_that_the_signals_of_the_log_call_out(number: int) -> None:
    """Two readings of the same rule: one session at a time here, the whole log there."""
    evidence = draw_logbook("train", number, "load").evidence
    found = before(followed(evidence), evidence)
    for signal, field in (("session-volume", "volume_ratio"), ("session-strength", "top_ratio")):
        called = {each.day for each in history(evidence.sessions) if each.id == signal and each.level == "notice"}
        own = {each.day for each in found if is_above(getattr(each.jumps, field) or 0.0)}
        assert own == called
