"""Made-up lifters: always the same, plausible, and with a truth that fits what they wrote down."""

from datetime import timedelta

import numpy as np
import pytest

from lumbar.contributors.followed import followed
from lumbar.synth.logbook import BEGIN, ROUNDING, draw_logbook
from lumbar.synth.soreness import DRIVERS, Driver, _expected


def test_a_number_always_names_the_same_lifter_and_others_name_others() -> None:
    one, two = draw_logbook("train", 3, "load", 12), draw_logbook("train", 3, "load", 12)
    assert one.evidence == two.evidence
    assert one.evidence != draw_logbook("train", 4, "load", 12).evidence
    assert one.evidence != draw_logbook("tune", 3, "load", 12).evidence
    assert one.evidence.sessions != draw_logbook("train", 3, "form", 12).evidence.sessions


@pytest.mark.parametrize("driver", DRIVERS)
def test_the_truth_has_a_row_for_each_session_and_the_driver_alone_adds(driver: Driver) -> None:
    book = draw_logbook("train", 0, driver)
    truth = book.truth
    assert len(truth.added_score) == len(truth.peak_score) == len(book.evidence.sessions)
    assert 50 <= len(truth.peak_score) <= 140  # up to two and a half a week for a year, less lay-offs
    assert ((truth.peak_score >= 0) & (truth.peak_score <= 10)).all()
    if driver == "nothing":
        assert not truth.added_score.any()
    else:
        assert (truth.added_score >= 0).all()
        assert truth.added_score.max() > 0.8
    if driver == "form":
        assert (truth.added_score[truth.is_round] > 0).all()
        assert not truth.added_score[~truth.is_round].any()


def test_what_is_noted_is_what_was_felt_or_a_little_less_when_noted_late() -> None:
    book = draw_logbook("train", 5, "nothing")
    noted = [
        (each.peak_score, felt)
        for each, felt in zip(followed(book.evidence), book.truth.peak_score, strict=True)
        if each.peak_score is not None
    ]
    assert len(noted) > 40
    assert all(0 <= felt - score <= 3 for score, felt in noted)
    assert np.mean([score == felt for score, felt in noted]) > 0.7


def test_rounding_is_seen_more_where_it_is() -> None:
    seen = {True: [], False: []}
    for number in range(6):
        book = draw_logbook("train", number, "form")
        films = {film.at - timedelta(minutes=20): ROUNDING in film.findings for film in book.evidence.filmed}
        for session, is_round in zip(book.evidence.sessions, book.truth.is_round, strict=True):
            if session.started in films:
                seen[bool(is_round)].append(films[session.started])
    assert np.mean(seen[True]) == pytest.approx(0.85, abs=0.12)  # 3 σ of about 90 films
    assert np.mean(seen[False]) == pytest.approx(0.08, abs=0.05)  # 3 σ of about 270


def test_after_some_weeks_only_those_are_known_and_somebody_sore_asks() -> None:
    book = draw_logbook("train", 2, "form")
    early = book.after(8)
    assert early.at <= BEGIN + timedelta(weeks=8, days=3)
    assert all(each.started <= early.at for each in early.sessions)
    assert len(early.sessions) < len(book.after(52).sessions)


def test_the_soreness_expected_is_that_of_many_draws() -> None:
    rng = np.random.default_rng(0)
    drawn = np.clip(np.round(3.2 + 1.4 * rng.standard_normal(200_000)), 0, 10)
    assert _expected(3.2, 1.4) == pytest.approx(drawn.mean(), abs=0.01)  # 3 σ of so many draws
