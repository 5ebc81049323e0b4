"""Results are checked, and kept whole."""

from pathlib import Path

import pytest

from lumbar.errors import AnswersError
from lumbar.screening.results import save, saved


@pytest.mark.parametrize(
    ("test", "values", "says"),
    [
        ("plonk", (3.0,), "No test is called plonk"),
        ("plank-hold", (-1.0,), "0 to 600 s"),
        ("plank-hold", (601.0,), "0 to 600 s"),
        ("trunk-extensor-hold", (241.0,), "0 to 240 s"),
        ("active-knee-extension", (20.0, 91.0), "0 to 90 deg"),
        ("plank-hold", (60.0, 70.0), "wants one value"),
        ("side-bridge-hold", (60.0,), "wants two values, left and right"),
        ("plank-hold", (float("nan"),), "cannot be nan"),
    ],
)
def test_what_cannot_be_is_refused_with_the_range(done, test, values, says) -> None:
    with pytest.raises(AnswersError, match=says):
        done(test, *values)


def test_both_faults_of_a_result_are_told(done) -> None:
    with pytest.raises(AnswersError) as refused:
        done("plank-hold", 700.0, 20.0)
    assert len(refused.value.faults) == 2


def test_what_is_saved_comes_back_in_the_order_of_time(done) -> None:
    late, early = done("plank-hold", 80.0, days=1), done("side-bridge-hold", 50.0, 55.5)
    save([late, early])
    assert saved() == (early, late)


def test_without_a_file_there_are_no_results() -> None:
    assert saved() == ()


@pytest.mark.parametrize("text", ["", "[]", '{"form": 2}', '{"form": 1, "results": [{"test": "plonk"}]}'])
def test_a_file_that_cannot_be_read_says_what_to_do(home: Path, text: str) -> None:
    home.mkdir()
    (home / "screening.json").write_text(text)
    with pytest.raises(AnswersError, match="Move the file away"):
        saved()
