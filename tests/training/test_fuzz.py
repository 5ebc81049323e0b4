"""Broken files of every format: a named error with its line or a partial preview, never anything else.

Every file is cut at some byte, or has bytes changed in it, and is read. Whatever comes out must be a
:class:`lumbar.errors.LumbarError` or a :class:`LogFile` in which every row is accounted for.
"""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lumbar.errors import LogError
from lumbar.training.formats import LogFile, read_log
from lumbar.training.own import WRITERS
from lumbar.training.tables import Source

LOGS = Path(__file__).parents[1] / "data" / "logs"


def _first(name: str, lines: int) -> bytes:
    return b"".join((LOGS / name).read_bytes().splitlines(keepends=True)[:lines])


_OWN = read_log(Source("strong", _first("strong-breinsp.csv", 12))).sessions
_LIFTOSAUR = b"""Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Completed Reps,Completed RPE,Completed Weight Value,Completed Weight Unit,Notes
2026-03-01T10:00:00.000Z,P,Day 1,"Deadlift, Barbell",0,5,8,225,lb,"a
b"
"""
_FITNOTES = b"Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n2026-08-04,Deadlift,Back,198.42,lbs,6,5,km,1:00,x\n"
_LIFTLOG = (
    b"SessionId,Timestamp,Exercise,Weight,WeightUnit,Reps,TargetReps,Notes\nb,2024-10-16T10:45:06,Row,60,kg,8,8,\n"
)
_STRONGLIFTS = b"""Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps),Set 1 (KG)
2026/08/11,2,Workout B,SL,83.5,Deadlift,10:57 PM,11:27 PM,hi,4,165.3
"""
_OPENBARBELL = b"""Exercise,Set,Rep,Weight,Metric,Set RPE,Tags,Workout Start Time,Rest Time,Avg Velocity (m/s),Peak Velocity (m/s)
Deadlift,1,1,140,kgs,8,,"1/5/2018, 7:03:04 PM",00:00:00,0.45,0.7
"""
_WGER = b"""{"workoutlog": [{"date": "2026-05-01", "session": "s", "exercise": 184, "repetitions": "5.00", "weight": "102.50",
"weight_unit": 1, "rir": "2.0"}], "workoutsession": [{"id": "s", "date": "2026-05-01", "time_start": "18:00:00"}]}"""

SEEDS: dict[str, bytes] = {
    "strong": _first("strong-breinsp.csv", 20),
    "strong-legacy": _first("strong-dakheera47.csv", 20),
    "hevy": _first("hevy-dakheera47.csv", 20),
    "measurements": (LOGS / "hevy-measurements-openbody.csv").read_bytes(),
    "fitbod": (LOGS / "fitbod-openbody.csv").read_bytes(),
    "garmin": (LOGS / "garmin-strength.fit").read_bytes(),
    "liftosaur": _LIFTOSAUR,
    "fitnotes": _FITNOTES,
    "liftlog": _LIFTLOG,
    "stronglifts": _STRONGLIFTS,
    "openbarbell": _OPENBARBELL,
    "wger": _WGER,
    **{f"lumbar-{kind}": write(_OWN) for kind, write in WRITERS.items()},
}  # fmt: skip


#: A quick pass on every run; 300 of each found nothing more (set EXAMPLES=300, about three minutes).
EXAMPLES = int(os.environ.get("EXAMPLES", "15"))


def read_or_refuse(content: bytes) -> LogFile | None:
    """Return what was read, or None where the file was refused by name."""
    try:
        return read_log(Source("fuzzed", content))
    except LogError:
        return None


def accounted(file: LogFile) -> bool:
    """Say whether every row of the file is a set, or is listed as left out."""
    left_out = sum(oddity.is_left_out for oddity in file.oddities)
    return file.app == "Hevy measurements" or file.rows == file.sets + left_out


@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_themselves_are_whole(name: str) -> None:
    file = read_log(Source(name, SEEDS[name]))
    assert file.sets or file.measurements
    assert accounted(file)
    assert not file.oddities


@pytest.mark.parametrize("name", SEEDS)
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_file_that_ends_too_early(name: str, data: st.DataObject) -> None:
    content = SEEDS[name]
    file = read_or_refuse(content[: data.draw(st.integers(0, len(content) - 1))])
    assert file is None or accounted(file)


@pytest.mark.parametrize("name", SEEDS)
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_file_with_other_bytes_in_it(name: str, data: st.DataObject) -> None:
    content = bytearray(SEEDS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    file = read_or_refuse(bytes(content))
    assert file is None or accounted(file)


@pytest.mark.parametrize("name", [name for name in SEEDS if name not in ("garmin", "lumbar-parquet")])
@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_file_with_strange_text_put_into_it(name: str, data: st.DataObject) -> None:
    content = SEEDS[name].decode()
    place = data.draw(st.integers(0, len(content)))
    strange = data.draw(
        st.text(max_size=6) | st.sampled_from(['"', '""', "\n", "\r\n", ",", ";", "\0", "9" * 400, "1e99", "٣"])
    )
    file = read_or_refuse((content[:place] + strange + content[place:]).encode("utf-8", "surrogatepass"))
    assert file is None or accounted(file)
