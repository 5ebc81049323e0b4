"""Which session an entry of the diary tells of, and what is not known of a session."""

from datetime import UTC, timedelta

import pytest

from lumbar.contributors.evidence import Evidence
from lumbar.contributors.followed import episode, followed
from lumbar.symptoms.diary import Entry

from .logs import at, noted, pulled, weighed

WEEK = weighed(pulled(0), pulled(2), pulled(4))


def peaks(*diary: Entry) -> list[int | None]:
    return [each.peak_score for each in followed(Evidence(at(9), WEEK, diary))]


def test_a_session_without_a_note_is_not_a_session_without_soreness() -> None:
    assert peaks() == [None, None, None]
    assert peaks(noted(2, 0)) == [None, 0, None]


def test_the_highest_note_in_the_hours_after_counts() -> None:
    assert peaks(noted(4, 3, hours=20), noted(4, 5, hours=44), noted(4, 2, hours=68)) == [None, None, 5]


@pytest.mark.parametrize(("hours", "peak"), [(5, None), (7, 4), (47, 4), (49, None), (80, None)])
def test_a_note_too_early_or_too_late_does_not_tell_how_sore_it_was(hours: float, peak: int | None) -> None:
    """Soreness begins after six hours (NC-01); nine in ten are at their highest by 48 (NC-02)."""
    assert peaks(noted(4, 4, hours=hours))[-1] == peak


def test_a_late_note_counts_beside_an_earlier_one() -> None:
    assert peaks(noted(4, 1, hours=30), noted(4, 4, hours=60))[-1] == 4


def test_an_entry_that_names_no_session_goes_to_the_last_one_that_may_show() -> None:
    alone = Entry((at(4) + timedelta(hours=3)).replace(tzinfo=UTC), None, {"pain": 2})
    assert peaks(alone) == [None, None, None]  # 51 h after Wednesday's, too late to know; too soon for Friday's
    assert peaks(Entry((at(2) + timedelta(hours=30)).replace(tzinfo=UTC), None, {"pain": 2})) == [None, 2, None]


def test_an_entry_about_a_session_that_is_not_in_the_log_tells_of_none() -> None:
    assert peaks(noted(1, 6)) == [None, None, None]


def test_sessions_that_spare_the_lower_back_are_left_out() -> None:
    bench = weighed(pulled(0), pulled(1, exercise="Bench Press (Barbell)"))
    assert len(followed(Evidence(at(9), bench))) == 1


def test_what_lies_after_the_moment_is_left_out() -> None:
    assert len(followed(Evidence(at(3), WEEK, (noted(4, 8),)))) == 2


def test_the_newest_sore_session_is_asked_about_until_it_is_long_ago() -> None:
    diary = (noted(0, 4), noted(2, 3), noted(4, 2))
    evidence = Evidence(at(9), WEEK, diary)
    asked = episode(followed(evidence), evidence)
    assert asked is not None
    assert asked.session.started == at(2)
    late = Evidence(at(31), WEEK, diary)
    assert episode(followed(late), late) is None


def test_pain_in_the_check_speaks_of_a_session_just_done_and_not_noted_yet() -> None:
    evidence = Evidence(at(5), WEEK, (noted(0, 4),), answers={"pain": 3})
    asked = episode(followed(evidence), evidence)
    assert asked is not None
    assert asked.session.started == at(4)
