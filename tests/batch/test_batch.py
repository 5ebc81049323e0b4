"""Many clips, one table: every film once, whatever is killed, and the same numbers in both kinds of table."""

import csv
import itertools
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyarrow import parquet

from lumbar.batch import crew, run
from lumbar.batch.clips import listed, paths_of
from lumbar.batch.parts import Parts, stamp
from lumbar.batch.result import BROKE_OFF, UNREADABLE, Options, Result
from lumbar.batch.run import film_many
from lumbar.batch.table import COLUMNS, rows_of, to_csv, to_parquet
from lumbar.bench.batches import copies
from lumbar.errors import MissingExtraError, OutputError, UnreadableClipError
from lumbar.form.measures import BY_ID
from lumbar.lifter import Barbell, Lifter
from lumbar.video.clip import open_clip
from lumbar.video.frames import read_frames
from lumbar.video.writer import write_clip

CLIP = Path(__file__).parents[1] / "data" / "video" / "sbd_deadlift.mp4"
OPTIONS = Options(Lifter(), Barbell(100.0))
ROWS = ({"rep": 1, "lift_off_s": 1.5, "lockout_s": 2.25, "bar_drift_cm": "", "missing": "bar_drift: hidden"},)
#: The longest that anything here may take on a busy machine, s.
PATIENCE_S = 240


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every clip be measured at once, with one rep; keep the names of those that were."""
    names: list[str] = []

    def measure_each(paths: tuple[Path, ...], _options: Options, _workers: int) -> object:
        for path in paths:
            if path.name.startswith("stop"):
                raise KeyboardInterrupt
            names.append(path.name)
            yield path, Result(refused=BROKE_OFF, why="?") if path.name.startswith("bad") else Result(ROWS)

    monkeypatch.setattr(run, "measure_each", measure_each)
    return names


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
    return [folder / name for name in names]


def lines(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_interrupt_loses_nothing_and_the_next_run_measures_the_rest(told: list[str], tmp_path: Path) -> None:
    out = tmp_path / "reps.csv"
    first, second, third = files(tmp_path, "a.mp4", "stop.mp4", "c.mp4")
    with pytest.raises(KeyboardInterrupt):
        film_many([first, second, third], OPTIONS, out)
    assert not out.exists()
    batch = film_many([first, third], OPTIONS, out)
    assert told == ["a.mp4", "c.mp4"]
    assert batch.taken_over == 1
    assert [row["clip"] for row in lines(out)] == ["a.mp4", "c.mp4"]


def test_other_options_and_half_a_part_are_measured_anew(told: list[str], tmp_path: Path) -> None:
    out, clips = tmp_path / "reps.csv", files(tmp_path, "a.mp4")
    film_many(clips, OPTIONS, out)
    film_many(clips, Options(Lifter(), Barbell(140.0)), out)
    assert told == ["a.mp4"] * 2
    for part in (tmp_path / ".reps.csv.parts").glob("*.json"):
        part.write_text('{"rows": [', encoding="utf-8")
    film_many(clips, OPTIONS, out)
    assert told == ["a.mp4"] * 3


def test_what_broke_off_is_tried_again_by_the_next_run(told: list[str], tmp_path: Path) -> None:
    clips = files(tmp_path, "bad.mp4")
    film_many(clips, OPTIONS, tmp_path / "reps.csv")
    film_many(clips, OPTIONS, tmp_path / "reps.csv")
    assert told == ["bad.mp4"] * 2


def test_the_same_film_is_measured_once_and_named(told: list[str], tmp_path: Path) -> None:
    first, other = files(tmp_path, "a.mp4", "b.mp4")
    other.write_bytes(first.read_bytes())
    batch = film_many([first, other, first, tmp_path / "gone.mp4"], OPTIONS, tmp_path / "reps.csv")
    assert told == ["a.mp4"]
    assert batch.repeated == ((other, first), (first, first))
    assert [row["refused"] for row in lines(tmp_path / "reps.csv")] == ["", UNREADABLE]


def test_csv_and_parquet_say_the_same_in_the_same_columns(tmp_path: Path) -> None:
    clips = [listed(path) for path in files(tmp_path, "=a.mp4", "b.mp4")]
    rows = list(rows_of([(clips[0], Result(ROWS)), (clips[1], Result(refused="no-rep", why="No rep."))]))
    (tmp_path / "t.csv").write_bytes(to_csv(rows))
    (tmp_path / "t.parquet").write_bytes(to_parquet(rows))
    table = parquet.read_table(tmp_path / "t.parquet")
    written = lines(tmp_path / "t.csv")
    assert table.column_names == list(COLUMNS) == list(written[0])
    texts = [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in table.to_pylist()]
    assert texts[0].pop("clip") == "=a.mp4"
    assert written[0].pop("clip") == "'=a.mp4"  # else a spreadsheet would run it
    assert texts == written
    assert (texts[0]["rep"], texts[0]["bar_drift_cm"], texts[1]["why"]) == ("1", "", "No rep.")


def test_every_registered_measure_has_its_three_columns() -> None:
    for measure_id in BY_ID:
        named = [name for name in COLUMNS if name.removeprefix("set_").startswith(measure_id)]
        assert len(named) >= 3, measure_id


def test_a_folder_and_a_pattern_stand_for_their_films(tmp_path: Path) -> None:
    files(tmp_path, "b.MOV", "a.mp4", "notes.txt")
    assert [path.name for path in paths_of([tmp_path])] == ["a.mp4", "b.MOV"]
    assert [path.name for path in paths_of([tmp_path / "*.mp4"])] == ["a.mp4"]
    assert paths_of([tmp_path / "notes.txt"]) == (tmp_path / "notes.txt",)
    with pytest.raises(UnreadableClipError, match="no film is there"):
        paths_of([tmp_path / "*.avi"])


def test_a_table_that_cannot_be_written_is_refused_before_any_work(told: list[str], tmp_path: Path) -> None:
    (clip,) = files(tmp_path, "a.mp4")
    for place in (clip / "reps.csv", tmp_path / "reps.txt"):
        with pytest.raises(OutputError):
            film_many([clip], OPTIONS, place)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError, match="folder"):
        film_many([clip], OPTIONS, tmp_path / "folder.csv")
    assert told == []


def test_parquet_without_its_extra_is_said_before_any_work(
    told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match="parquet"):
        film_many(files(tmp_path, "a.mp4"), OPTIONS, tmp_path / "reps.parquet")
    assert told == []


def test_a_part_comes_back_as_it_was(tmp_path: Path) -> None:
    parts = Parts(tmp_path / "reps.csv", OPTIONS)
    parts.keep("00", Result(ROWS))
    assert parts.find("00") == Result(ROWS)
    assert parts.find("01") is None
    assert stamp(OPTIONS) != stamp(Options(Lifter(1.8), Barbell(100.0)))


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight films of other bytes, too short for a rep, long enough to be looked at."""
    folder = tmp_path_factory.mktemp("films")
    with read_frames(open_clip(CLIP), max_side_px=320, max_rate_hz=20) as frames:
        write_clip(folder / "cut.mp4", itertools.takewhile(lambda frame: frame.time_s < 0.6, frames))
    return copies(folder / "cut.mp4", folder / "many", range(8))


def lumbar(*words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "lumbar", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on_and_has_every_clip_once(films: Path, tmp_path: Path) -> None:
    out = tmp_path / "set.parquet"
    first = lumbar("film", films, "--out", out, "--workers", 1)
    until = time.monotonic() + PATIENCE_S
    while len(kept := list(tmp_path.glob(".set.parquet.parts/*.json"))) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    first.kill()
    first.communicate()
    assert len(kept) >= 2
    assert not out.exists()
    letter = tmp_path / "letter.txt"
    letter.write_text("This is a letter, not a film.\n" * 40, encoding="utf-8")
    second = lumbar("film", films, letter, "--out", out)
    said, wrong = second.communicate()
    assert second.returncode == 4, wrong  # all could be read but one, and none holds a pull
    before = int(said.partition("9 clips (")[2].split()[0])
    assert 2 <= before < 8
    rows = parquet.read_table(out).to_pylist()
    assert [row["clip"] for row in rows] == [*(f"{number:03}.mp4" for number in range(8)), "letter.txt"]
    assert [row["refused"] for row in rows] == [*["no-lift"] * 8, UNREADABLE]


@pytest.mark.slow
def test_a_process_that_dies_takes_only_its_clip_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clips = files(tmp_path, "a.txt", "b.txt")
    began: list[Path] = []

    class Doomed(crew._Worker):
        def give(self, path: Path, tries: int) -> None:
            began.append(path)
            if path.name == "a.txt":
                self._process.kill()
                self._process.join()
            super().give(path, tries)

    monkeypatch.setattr(crew, "_Worker", Doomed)
    found = dict(crew.measure_each(clips, OPTIONS, 1))
    assert began == [clips[0], clips[0], clips[1]]
    assert [found[clip].refused for clip in clips] == [BROKE_OFF, UNREADABLE]
    assert "broke off twice" in found[clips[0]].why
