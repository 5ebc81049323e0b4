"""What goes wrong in a gym: a full disk, two tabs at once, no clip at all. Each a clear page; nothing doubled."""

import errno
import os
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from lumbar.plan import progress
from lumbar.web import uploads
from lumbar.web.site import Site

PIECE = b"0123456789" * 1000
AT = "2026-11-22T08:{:02d}:00+00:00"


def begin(here: TestClient, size: int):
    return here.post("/api/v1/uploads", json={"name": "set.mp4", "size": size})


def test_a_disk_without_room_is_said_before_the_clip_is_sent(
    here: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's own
    monkeypatch.setattr(uploads, "disk_usage", lambda _: usage(1, 1, 0))
    answer = begin(here, len(PIECE))
    assert answer.status_code == 507
    assert "no room" in answer.json()["detail"]
    assert not list((site.store.home.folder / "uploads").glob("*.part"))


def test_a_disk_that_fills_up_meanwhile_costs_one_piece(
    here: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = begin(here, 2 * len(PIECE)).json()["key"]
    headers = {"upload-offset": "0"}
    here.patch(f"/api/v1/uploads/{key}", content=PIECE, headers=headers)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(uploads.os, "fsync", full)
        answer = here.patch(f"/api/v1/uploads/{key}", content=PIECE, headers={"upload-offset": str(len(PIECE))})
    assert answer.status_code == 507
    assert "Make room" in answer.json()["detail"]
    came = here.get(f"/api/v1/uploads/{key}").json()["came"]
    assert came >= len(PIECE)  # what was written before is there
    rest = (2 * PIECE)[came:]
    answer = here.patch(f"/api/v1/uploads/{key}", content=rest, headers={"upload-offset": str(came)})
    assert answer.json()["came"] == 2 * len(PIECE)
    assert site.uploads.file(key).read_bytes() == 2 * PIECE


def test_a_full_disk_keeps_the_diary_as_it_was(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    here.post("/api/v1/diary", json={"at": AT.format(0), "answers": {"pain": 3}})

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("lumbar.home.tempfile.mkstemp", full)
        answer = here.post("/diary", data={"at": AT.format(1), "pain": "5"})
    assert answer.status_code == 507
    assert "No space left" in answer.text
    assert [entry["answers"]["pain"] for entry in here.get("/api/v1/diary").json()] == [3]


def test_a_full_disk_keeps_the_log_as_it_was(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.write_bytes", full)
        answer = here.post("/log/import", files={"file": ("strong.csv", b"Date,Workout Name\n")})
    assert answer.status_code == 507
    assert "disk is full" in answer.text


def test_many_tabs_that_save_at_once_lose_nothing(here: TestClient, site: Site) -> None:
    def note(minute: int) -> int:
        body = {"at": AT.format(minute), "answers": {"pain": minute % 5}}
        return here.post("/api/v1/diary", json=body).status_code

    def tick(day: int) -> int:
        body = {"day": f"2026-11-{day:02d}", "exercise": "plank"}
        return here.post("/api/v1/plan/ticks", json=body).status_code

    with ThreadPoolExecutor(8) as tabs:
        assert set(tabs.map(note, range(20))) == {201}
        assert set(tabs.map(tick, range(1, 21))) == {201}
    assert len(here.get("/api/v1/diary").json()) == 20
    assert len(progress.saved(site.store.lifter().folder).ticks) == 20


@pytest.mark.parametrize("path", ["/films/0123", "/nowhere", "/ask/none", "/tests/none", "/films/0123/beside"])
def test_what_is_not_there_is_a_page_with_a_way_on(here: TestClient, path: str) -> None:
    answer = here.get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.text
    assert "<h1>" in answer.text


def test_a_form_that_makes_no_sense_is_a_page(here: TestClient) -> None:
    answer = here.post("/log/add", data={"exercise": "", "reps": "five"})
    assert answer.status_code == 422
    assert 'href="/"' in answer.text


def test_a_log_that_is_a_program_is_refused_in_words(here: TestClient) -> None:
    answer = here.post("/log/import", files={"file": ("strong.csv", b"MZ" + bytes(range(256)) * 50)})
    assert answer.status_code == 422
    assert "strong.csv" in answer.text


def test_an_upload_that_nobody_went_on_with_is_thrown_away(here: TestClient, site: Site) -> None:
    key = begin(here, len(PIECE)).json()["key"]
    place = site.uploads.file(key)
    os.utime(place, (0, 0))
    begin(here, len(PIECE))
    assert not place.exists()
    assert here.get(f"/api/v1/uploads/{key}").status_code == 404
