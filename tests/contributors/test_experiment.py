"""Small experiments: the lot, the wash-out, what is said and when, and the file that keeps them."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.contributors import notebook
from lumbar.contributors.experiment import LEAST_PAIRS, Experiment, Round, begin, flip_range
from lumbar.errors import AnswersError, ValueRangeError
from lumbar.estimate import Estimate, Missing
from lumbar.knowledge.library import library

from .logs import at

#: Nothing speaks against heat, and that is known.
WELL = {"back_skin_numb": "no", "hard_swelling": "no"}


def played(kind: str, with_score: list[int], without_score: list[int]) -> Experiment:
    """Return an experiment whose trials went like that, a week apart."""
    experiment = begin(kind, np.random.default_rng(1), pairs=len(with_score))
    left = {"with": list(with_score), "without": list(without_score)}
    for place, arm in enumerate(experiment.order):
        experiment = experiment.with_round(at(7 * place))
        low, _ = experiment.entry.note_hours
        experiment = experiment.with_note(at(7 * place) + timedelta(hours=low + 1), left[arm].pop(0))
    return experiment


@given(st.integers(0, 10_000), st.integers(1, 12), st.sampled_from(sorted(library().trials)))
def test_each_pair_has_both_ways_once(seed: int, pairs: int, kind: str) -> None:
    order = begin(kind, np.random.default_rng(seed), pairs).order
    assert len(order) == 2 * pairs
    assert all({one, two} == {"with", "without"} for one, two in zip(order[::2], order[1::2], strict=True))


def test_the_lot_puts_either_way_first_about_as_often() -> None:
    first = [begin("try-heat", np.random.default_rng(seed), 1).order[0] for seed in range(1000)]
    assert first.count("with") == pytest.approx(500, abs=50)  # 3 σ of 1000 fair draws


def test_only_comfort_and_warm_up_are_ever_tried() -> None:
    for trial in library().trials.values():
        assert library().exercises[trial.exercise].trains in ("comfort", "warm-up")
    assert "stay, either way" in library().sentences["trial.try-warm-up.how"].text


def test_heat_is_offered_when_sore_and_nothing_speaks_against_it() -> None:
    experiment = begin("try-heat", np.random.default_rng(0))
    offer = experiment.offer(at(1), WELL, 4, is_locked=False)
    assert offer.arm == experiment.order[0]
    assert offer.said[0].id == "trial.next"


@pytest.mark.parametrize(
    ("kind", "answers", "felt", "is_locked", "why"),
    [
        ("try-heat", WELL, 4, True, "trial.held"),
        ("try-heat", {"back_skin_numb": "no"}, 4, False, "trial.held"),
        ("try-heat", {**WELL, "back_skin_numb": "yes"}, 4, False, "trial.held"),
        ("try-heat", WELL, None, False, "trial.held"),
        ("try-heat", WELL, 2, False, "trial.not-sore"),
        ("try-warm-up", {}, 3, False, "trial.still-sore"),
    ],
)
def test_nothing_is_offered_while_anything_speaks_against_it(kind, answers, felt, is_locked, why) -> None:
    offer = begin(kind, np.random.default_rng(0)).offer(at(1), answers, felt, is_locked=is_locked)
    assert offer.arm is None
    assert [line.id for line in offer.said] == [why]


def test_the_wash_out_is_kept() -> None:
    experiment = begin("try-warm-up", np.random.default_rng(0)).with_round(at(0)).without_note()
    soon = experiment.offer(at(2.9), {}, 0, is_locked=False)
    assert (soon.arm, soon.said[0].id) == (None, "trial.wait")
    assert experiment.offer(at(3), {}, 0, is_locked=False).arm == experiment.order[1]


def test_a_note_outside_its_hours_is_refused() -> None:
    experiment = begin("try-warm-up", np.random.default_rng(0)).with_round(at(0))
    for hours in (35, 61):
        with pytest.raises(AnswersError, match="36 to 60 hours"):
            experiment.with_note(at(0) + timedelta(hours=hours), 3)
    assert experiment.with_note(at(2), 3).rounds[0].score == 3


def test_one_trial_at_a_time() -> None:
    experiment = begin("try-heat", np.random.default_rng(0), pairs=1)
    with pytest.raises(AnswersError, match="Begin one first"):
        experiment.with_note(at(2), 3)
    opened = experiment.with_round(at(0))
    assert opened.offer(at(1), WELL, 4, is_locked=False).said[0].id == "refuse.trial-begun"
    with pytest.raises(AnswersError, match="still open"):
        opened.with_round(at(7))
    over = opened.without_note().with_round(at(7)).without_note()
    with pytest.raises(AnswersError, match="done"):
        over.with_round(at(14))


def test_too_few_pairs_say_nothing() -> None:
    result = played("try-heat", [1, 1, 1, 1], [5, 5, 5, 5]).result
    assert isinstance(result.more_score, Missing)
    assert result.said[0].text == f"Not enough yet: 4 whole pairs of {LEAST_PAIRS}."


@pytest.mark.parametrize(
    ("with_score", "without_score", "verdict"),
    [
        ([2, 1, 3, 2, 2, 1], [4, 5, 4, 5, 3, 4], "trial.less"),
        ([4, 5, 4, 5, 3, 4], [2, 1, 3, 2, 2, 1], "trial.more"),
        ([3, 4, 3, 4, 3, 4, 3, 4], [3, 4, 4, 3, 3, 4, 3, 4], "trial.same"),
        ([1, 5, 2, 4, 6, 0], [4, 1, 5, 3, 2, 4], "trial.cannot-tell"),
    ],
)
def test_the_result_is_plain(with_score: list[int], without_score: list[int], verdict: str) -> None:
    result = played("try-heat", with_score, without_score).result
    assert result.pairs == len(with_score)
    assert [line.id for line in result.said] == [verdict, "trial.not-blind"]


def test_what_was_drawn_counts_even_where_the_other_was_done() -> None:
    whole = played("try-heat", [1, 1, 1, 1, 1], [4, 4, 4, 4, 4])
    first = whole.rounds[0]
    other = "without" if first.drawn == "with" else "with"
    swapped = replace(whole, rounds=(replace(first, done=other), *whole.rounds[1:]))
    assert swapped.result.more_score == whole.result.more_score
    assert "trial.as-drawn" in [line.id for line in swapped.result.said]


def test_a_pair_with_a_trial_left_out_does_not_count() -> None:
    whole = played("try-heat", [1, 1, 1, 1, 1], [4, 4, 4, 4, 4])
    short = replace(whole, rounds=(*whole.rounds[:-1], replace(whole.rounds[-1], score=None)))
    assert short.differences_score == (-3, -3, -3, -3)


def test_five_pairs_reach_from_the_least_to_the_most_difference() -> None:
    """With five, one part in 32 lies at either end: the range is that of the single differences."""
    assert flip_range(np.array([1.0, 2, 3, 4, 10])) == Estimate(4.0, 1.0, 10.0)


@pytest.mark.parametrize("pairs", [5, 6, 8])
def test_the_range_holds_the_truth_as_often_as_the_parts_left_off_say(pairs: int) -> None:
    rng = np.random.default_rng(pairs)
    drawn = [flip_range(rng.normal(1.0, 2.0, pairs)) for _ in range(3000)]
    held = np.mean([each.low <= 1.0 <= each.high for each in drawn])
    exact = 1 - 2 * int(0.05 * 2**pairs) / 2**pairs
    assert held == pytest.approx(exact, abs=0.016)  # 3 σ of 3000 draws at 0.9


def test_without_an_effect_the_lot_alone_rarely_finds_one() -> None:
    """The randomisation itself: the same soreness whatever is drawn, over every order that can be drawn."""
    felt = np.array([3.0, 1, 4, 2, 5, 1, 2, 6, 3, 3, 4, 1])
    halves = felt.reshape(-1, 2)
    apart = halves[:, 0] - halves[:, 1]
    signs = 1 - 2 * ((np.arange(64)[:, None] >> np.arange(6)) & 1)
    named = [flip_range(apart * sign) for sign in signs]
    assert np.mean([each.low > 0 or each.high < 0 for each in named]) <= 0.1


@pytest.mark.parametrize(
    "order", [("with",), ("with", "with"), (), ("with", "without") * 13], ids=["one", "twice", "none", "many"]
)
def test_an_order_that_no_lot_draws_is_refused(order) -> None:
    with pytest.raises(ValueRangeError):
        Experiment("try-heat", order)


def test_trials_that_do_not_follow_the_order_are_refused() -> None:
    with pytest.raises(ValueRangeError, match="order that was drawn"):
        Experiment("try-heat", ("with", "without"), (Round("without", at(0), "without"),))
    with pytest.raises(AnswersError, match="try-heat"):
        begin("try-stretching", np.random.default_rng(0))
    with pytest.raises(ValueRangeError, match="0 to 10"):
        Round("with", at(0), "with", score=11)


def test_experiments_come_back_as_they_were_kept() -> None:
    assert notebook.saved() == ()
    kept = (
        played("try-heat", [1, 2], [3, 4]),
        begin("try-warm-up", np.random.default_rng(3)).with_round(at(0), done="with"),
    )
    notebook.save(kept)
    assert notebook.saved() == kept


def test_a_damaged_notebook_is_refused_with_what_to_do(home) -> None:
    notebook.save((played("try-heat", [1], [2]),))
    place = home / "experiments.json"
    place.write_text(place.read_text("utf-8").replace('"with"', '"both"', 1), "utf-8")
    with pytest.raises(AnswersError, match="Move the file away"):
        notebook.saved()


def test_trials_follow_each_other_in_time() -> None:
    whole = played("try-heat", [1, 1], [1, 1])
    assert all(one.session_at < two.session_at for one, two in pairwise(whole.rounds))
