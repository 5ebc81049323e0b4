"""What we write, as others read it: OpenSim's own reader, and for C3D one that its writer knows nothing of."""

from pathlib import Path

import numpy as np
import pytest

from lumbar.mechanics.capture import to_c3d
from lumbar.mechanics.tables import to_markers, to_storage

from .test_tables import CLOCK, HIDDEN, PATHS

#: The one marker that was not seen, at the one moment.
GAP = 2


@pytest.fixture(scope="module")
def opensim():
    found = pytest.importorskip("opensim", reason="OpenSim is not installed: uv sync --group exchange")
    found.Logger.setLevelString("Off")
    return found


@pytest.mark.parametrize("name", ["load.sto", "angles.mot"])
def test_opensim_opens_a_table(opensim, tmp_path: Path, name: str) -> None:
    columns = {"hip_flexion_r": np.array([1.0, 2.5, np.nan, 4, 5]), "knee_angle_r": np.arange(5.0)}
    (tmp_path / name).write_text(to_storage("pull", CLOCK, columns, in_degrees=name.endswith("mot")))
    table = opensim.TimeSeriesTable(str(tmp_path / name))
    assert list(table.getColumnLabels()) == list(columns)
    assert table.getTableMetaDataString("inDegrees") == ("yes" if name.endswith("mot") else "no")
    seen = [index for index in range(5) if index != GAP]
    assert np.array(table.getIndependentColumn()) == pytest.approx(CLOCK[seen], abs=1e-8)
    for label, values in columns.items():
        assert table.getDependentColumn(label).to_numpy() == pytest.approx(values[seen])
    # The older reader, on which its tools and its window rest.
    assert opensim.Storage(str(tmp_path / name)).getSize() == len(seen)


def test_opensim_opens_markers(opensim, tmp_path: Path) -> None:
    (tmp_path / "markers.trc").write_text(to_markers(CLOCK, HIDDEN, "markers.trc"))
    table = opensim.TimeSeriesTableVec3(str(tmp_path / "markers.trc"))
    assert list(table.getColumnLabels()) == list(HIDDEN)
    assert table.getTableMetaDataString("Units") == "m"
    assert np.array(table.getIndependentColumn()) == pytest.approx(CLOCK, abs=1e-8)
    for label, told in PATHS.items():
        column = table.getDependentColumn(label)
        places = np.array([[column[frame][axis] for axis in range(3)] for frame in range(len(CLOCK))])
        seen = [frame for frame in range(5) if label != "hip" or frame != GAP]
        assert places[seen] == pytest.approx(np.column_stack([told[seen], np.zeros(len(seen))]), abs=1e-6)
        assert np.isnan(places[GAP]).all() == (label == "hip")


def test_another_reader_of_c3d_finds_the_same(tmp_path: Path) -> None:
    # It is what OpenSim itself opens C3D files with; its Python wheel comes without that part.
    ezc3d = pytest.importorskip("ezc3d", reason="ezc3d is not installed: uv sync --group exchange")
    (tmp_path / "markers.c3d").write_bytes(to_c3d(CLOCK, HIDDEN))
    held = ezc3d.c3d(str(tmp_path / "markers.c3d"))
    assert held["parameters"]["POINT"]["LABELS"]["value"] == list(HIDDEN)
    assert held["parameters"]["POINT"]["RATE"]["value"][0] == pytest.approx(30)
    assert held["parameters"]["POINT"]["UNITS"]["value"][0].strip() == "m"
    places = held["data"]["points"]  # (4, marker, frame)
    assert places.shape[1:] == (2, 5)
    assert np.isnan(places[:3, 0, GAP]).all()
    for index, told in enumerate(PATHS.values()):
        seen = [frame for frame in range(5) if index or frame != GAP]
        assert pytest.approx(told[seen], abs=1e-6) == places[:2, index, seen].T
