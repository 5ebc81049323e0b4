import numpy as np

from lumbar.motion.chain import MARKS
from lumbar.motion.hidden import hidden_marks

COVER = np.array([[100.0, 400.0, 50.0, 50.0]])
FAR_AWAY = np.full((1, len(MARKS), 2), 1000.0)


def hidden_with(**at_px: tuple[float, float]) -> set[str]:
    """Return the near marks that are hidden where these lie there and all others far away."""
    at = FAR_AWAY.copy()
    for joint, point in at_px.items():
        at[0, MARKS.index((joint, 1))] = point
    found = hidden_marks(COVER, at, FAR_AWAY)[0]
    return {joint for (joint, side), is_hidden in zip(MARKS, found, strict=True) if is_hidden and side == 1}


def test_what_lies_within_the_rim_is_hidden() -> None:
    assert hidden_with(hip=(100, 360)) == {"hip"}
    assert hidden_with(hip=(100, 340)) == set()


def test_with_a_knee_the_lower_leg_is_guessed() -> None:
    assert hidden_with(knee=(110, 400)) == {"knee", "ankle", "heel", "toe"}


def test_a_foot_under_the_plate_is_hidden_and_one_beside_it_is_not() -> None:
    assert hidden_with(ankle=(100, 460)) == {"ankle"}
    assert hidden_with(ankle=(160, 460)) == set()


def test_it_is_asked_of_where_a_mark_is_seen_too() -> None:
    seen = FAR_AWAY.copy()
    seen[0, MARKS.index(("hip", 1))] = (100, 400)
    assert hidden_marks(COVER, FAR_AWAY, seen)[0, MARKS.index(("hip", 1))]
