import io

import c3d
import numpy as np
import pytest

from lumbar.errors import ShapeError, ValueRangeError
from lumbar.mechanics.capture import to_c3d
from lumbar.mechanics.tables import evenly, to_markers, to_storage

CLOCK = np.arange(5) / 30 + 2.0
PATHS = {"hip": np.linspace([0.0, 0.9], [0.1, 1.0], 5), "bar": np.linspace([0.2, 0.2], [0.25, 0.8], 5)}
HIDDEN = {"hip": PATHS["hip"].copy(), "bar": PATHS["bar"]}
HIDDEN["hip"][2] = np.nan


def test_a_storage_table_says_what_it_holds() -> None:
    text = to_storage("rep 1", CLOCK, {"l5s1_extensor_moment": np.array([1.0, 2.5, np.nan, 4, 5])})
    head, _, body = text.partition("endheader\n")
    assert head.splitlines() == ["rep 1", "version=1", "nRows=4", "nColumns=2", "inDegrees=no"]
    labels, *rows = body.splitlines()
    assert labels == "time\tl5s1_extensor_moment"
    table = np.array([[float(cell) for cell in row.split("\t")] for row in rows])
    seen = [0, 1, 3, 4]  # OpenSim stops reading at a nan, so the third moment is left out
    assert table[:, 0] == pytest.approx(CLOCK[seen], abs=1e-8)  # nine digits are written
    assert table[:, 1] == pytest.approx([1, 2.5, 4, 5])


def test_a_marker_file_can_be_read_back() -> None:
    text = to_markers(CLOCK, HIDDEN, "pull.trc")
    lines = text.split("\n")
    assert lines[0] == "PathFileType\t4\t(X/Y/Z)\tpull.trc"
    assert dict(zip(lines[1].split("\t"), lines[2].split("\t"), strict=True)) == {
        "DataRate": "30", "CameraRate": "30", "NumFrames": "5", "NumMarkers": "2", "Units": "m",
        "OrigDataRate": "30", "OrigDataStartFrame": "1", "OrigNumFrames": "5",
    }  # fmt: skip
    assert lines[3].split("\t") == ["Frame#", "Time", "hip", "", "", "bar", "", ""]
    rows = [line.split("\t") for line in lines[6:-1]]
    assert [len(row) for row in rows] == [8] * 5
    assert rows[2][2:5] == ["", "", ""]  # hidden
    assert [float(cell) for cell in rows[4][5:]] == pytest.approx([0.25, 0.8, 0.0], abs=1e-6)


@pytest.mark.filterwarnings("ignore:No analog data")
def test_a_c3d_file_can_be_read_back() -> None:
    reader = c3d.Reader(io.BytesIO(to_c3d(CLOCK, HIDDEN)))
    assert [label.strip() for label in reader.point_labels] == ["hip", "bar"]
    assert reader.point_rate == 30
    assert reader.get("POINT:UNITS").string_value.strip() == "m"
    frames = np.array([points for _, points, _ in reader.read_frames()])
    assert frames.shape[:2] == (5, 2)
    assert frames[2, 0, 3] == -1  # the residual of what was not seen
    seen = frames[[0, 1, 3, 4], 0, :2]
    assert seen == pytest.approx(PATHS["hip"][[0, 1, 3, 4]], abs=1e-6)  # single precision


def test_an_uneven_clock_is_laid_evenly_first() -> None:
    clock = np.array([0.0, 0.03, 0.08, 0.1, 0.15])
    with pytest.raises(ValueRangeError, match="uneven"):
        to_markers(clock, PATHS)
    even, path = evenly(clock, PATHS["hip"], 50)
    assert np.diff(even) == pytest.approx(0.02)
    assert path[0] == pytest.approx(PATHS["hip"][0])
    assert "bar" in to_markers(even, {"bar": path})


def test_a_gap_stays_a_gap_when_laid_evenly() -> None:
    even, path = evenly(CLOCK, HIDDEN["hip"], 60)
    assert np.isnan(path[(even > CLOCK[1] + 1e-6) & (even < CLOCK[3] - 1e-6)]).all()


@pytest.mark.parametrize(
    ("markers", "error"),
    [
        ({}, ValueRangeError),
        ({"two words": PATHS["hip"]}, ValueRangeError),
        ({"hip": PATHS["hip"][:3]}, ShapeError),
        ({"hip": np.zeros((5, 4))}, ShapeError),
    ],
)
def test_what_no_file_can_hold_is_refused(markers: dict, error: type[Exception]) -> None:
    for write in (to_markers, to_c3d):
        with pytest.raises(error):
            write(CLOCK, markers)


def test_a_clock_that_turns_back_is_refused() -> None:
    with pytest.raises(ValueRangeError, match="rising"):
        to_storage("x", np.array([0.0, 0.2, 0.1]), {})
