"""Entries of the diary, and the episode that they make."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbar.errors import AnswersError, InputError, ValueRangeError
from lumbar.symptoms import journal
from lumbar.symptoms.answers import read_file
from lumbar.symptoms.diary import Entry, Episode, latest_episode
from lumbar.symptoms.diary_file import read_entry
from lumbar.symptoms.urgency import assess

SESSION = datetime(2026, 11, 15, 18, tzinfo=UTC)
NOW = SESSION + timedelta(hours=20)


def entry(hours: int, session: datetime = SESSION, places: frozenset[str] | None = None, **answers) -> Entry:
    return Entry(session + timedelta(hours=hours), session, answers, places)


@pytest.mark.parametrize("answers", [{"pain": 14}, {"pain_worst": -1}, {"sleep": 11}, {"soreness_kind": "pink"}])
def test_an_impossible_answer_is_refused(answers: dict) -> None:
    with pytest.raises(ValueRangeError):
        entry(20, **answers)


def test_an_answer_that_belongs_to_the_check_is_no_answer_of_the_diary() -> None:
    with pytest.raises(ValueRangeError, match="saddle_change"):
        entry(20, saddle_change="no")


def test_a_session_still_to_come_and_a_time_without_zone_are_refused() -> None:
    with pytest.raises(AnswersError, match="a day and time that is past"):
        Entry(SESSION, SESSION + timedelta(hours=1))
    with pytest.raises(ValueRangeError, match="zone"):
        Entry(datetime(2026, 11, 15))  # noqa: DTZ001 - that is the point


def test_a_place_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="low-back-left"):
        entry(20, places=frozenset({"elbow"}))


def test_soreness_is_what_is_felt_on_moving() -> None:
    assert entry(20, pain=2, pain_bending=5).felt == 5
    assert entry(20, pain=2, pain_bending="dk").felt == 2
    assert entry(20).felt is None


def test_an_episode_is_what_came_after_the_last_session() -> None:
    later = SESSION + timedelta(days=3)
    entries = [entry(20, pain=4), entry(10, later, pain=3), entry(44, pain=2)]
    assert [e.felt for e in latest_episode(entries).entries] == [3]
    assert latest_episode([]).last is None


@pytest.mark.parametrize(
    ("places", "side", "reach"),
    [
        ({"low-back-left", "low-back-right"}, "both", "back"),
        ({"low-back-middle"}, "both", "back"),
        ({"low-back-left", "thigh-back-left"}, "one", "thigh"),
        ({"low-back-right", "lower-leg-right"}, "one", "below-knee"),
    ],
)
def test_side_and_reach_follow_from_the_body_chart(places: set[str], side: str, reach: str) -> None:
    answers = Episode((entry(20, places=frozenset(places)),)).answers
    assert (answers["sore_side"], answers["sore_reach"]) == (side, reach)


def test_places_nobody_told_leave_side_and_reach_unknown() -> None:
    assert not {"sore_side", "sore_reach"} & Episode((entry(20, pain=3),)).answers.keys()


@pytest.mark.parametrize(
    ("course", "settled"),
    [
        ([(12, 3), (24, 0)], "by-24h"),
        ([(12, 3), (30, 0)], "by-48h"),
        ([(12, 3), (40, 2), (60, 0)], "over-48h"),
        ([(12, 3), (50, 2)], "over-48h"),
        ([(12, 3)], "dk"),
        ([(12, 0), (40, 2), (47, 0)], "by-48h"),
    ],
)
def test_it_has_settled_when_an_entry_shows_it_and_all_later_ones(course: list, settled: str) -> None:
    answers = Episode(tuple(entry(hours, pain=points) for hours, points in course)).answers
    assert answers["settled"] == settled


def test_the_soreness_before_the_session_is_what_it_settles_to() -> None:
    assert Episode((entry(12, pain=4, pain_before=2), entry(23, pain=2))).answers["settled"] == "by-24h"


def test_better_means_lower_than_two_days_ago() -> None:
    assert Episode((entry(20, pain=4), entry(70, pain=3))).answers["improving"] == "yes"
    assert Episode((entry(20, pain=4), entry(70, pain=4))).answers["improving"] == "no"
    assert Episode((entry(20, pain=4), entry(30, pain=3))).answers["improving"] == "dk"


def test_the_worst_stays_the_worst_and_a_leg_sign_stays() -> None:
    answers = Episode((entry(20, pain=7, leg_sign="yes"), entry(60, pain=2, leg_sign="no"))).answers
    assert (answers["pain_worst"], answers["leg_sign"]) == (7, "yes")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


answers = st.fixed_dictionaries(
    {}, optional={"pain": st.integers(0, 10), "leg_sign": st.sampled_from(["yes", "no", "dk"])}
)


@given(st.lists(st.tuples(st.integers(0, 2000), answers), max_size=4))
def test_what_is_saved_comes_back_as_it_was(told: list) -> None:
    with TemporaryDirectory() as folder:
        entries = sorted((entry(hours, **given) for hours, given in told), key=lambda e: e.at)
        journal.save(entries, Path(folder))
        assert journal.saved(Path(folder)) == tuple(entries)


@pytest.mark.parametrize("text", ["", "[]", '{"form": 2}', '{"form": 1, "entries": [{"at": "soon"}]}'])
def test_a_diary_that_cannot_be_read_says_what_to_do(home: Path, text: str) -> None:
    home.mkdir()
    (home / "diary.json").write_text(text)
    with pytest.raises(AnswersError, match="Move it away"):
        journal.saved()


def test_an_unfinished_check_locks_the_newest_entry(home: Path) -> None:
    journal.save([entry(20, pain=3), entry(44, pain=2)])
    journal.note_check(assess({"pain": 3}))
    assert [e.is_locked for e in journal.saved()] == [False, True]
    journal.note_check(assess({"saddle_change": "yes"}))
    assert journal.saved()[-1].is_checked
    assert "EMERGENCY" not in (home / "diary.json").read_text()


def test_the_check_notes_nothing_where_there_is_no_diary(home: Path) -> None:
    journal.note_check(assess({}))
    assert not home.exists()


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "entry.toml"
    path.write_text(text)
    return path


def test_an_entry_is_read_from_a_file(tmp_path: Path) -> None:
    text = 'session = 2026-11-15T18:00:00Z\nplaces = ["low-back-left"]\npain = 3\nleg_sign = false\n'
    read = read_entry(written(tmp_path, text), NOW)
    assert (read.hours, read.answers, read.places) == (
        20, {"pain": 3, "leg_sign": "no"}, frozenset({"low-back-left"}),
    )  # fmt: skip


def test_every_fault_of_a_file_is_listed_in_one_go(tmp_path: Path) -> None:
    text = 'session = 2027-11-15T18:00:00Z\nplaces = ["elbow"]\npain = 14\nstps = "bending"\nfever = true\n'
    with pytest.raises(AnswersError) as refused:
        read_entry(written(tmp_path, text), NOW)
    told = str(refused.value)
    assert all(word in told for word in ("2027", "elbow", "0 to 10", "Did you mean stops?", "fever"))


def test_answers_that_cannot_both_be_so_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="Not both can be so: pain, pain_worst"):
        read_entry(written(tmp_path, "pain = 5\npain_worst = 3\n"), NOW)


@pytest.mark.parametrize("text", ["pain = ", "session = 3\n", "places = 3\n"])
def test_a_file_that_is_no_entry_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_entry(written(tmp_path, text), NOW)


def test_the_check_does_not_take_answers_of_the_diary(tmp_path: Path) -> None:
    with pytest.raises(AnswersError, match="No question is called pain_worst"):
        read_file(written(tmp_path, "pain_worst = 3\n"))
