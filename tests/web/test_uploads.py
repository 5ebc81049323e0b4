"""Clips on their way in: in pieces, interrupted, repeated, wrong."""

from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from lumbar.web.site import Site
from lumbar.web.uploads import MOST_BYTES

CLIP = (Path(str(files("lumbar.cli"))) / "demo" / "deadlift.mp4").read_bytes()


def begin(here: TestClient, size: int = len(CLIP), name: str = "set.mp4", **said: object) -> str:
    answer = here.post("/api/v1/uploads", json={"name": name, "size": size, "said": said})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["key"])


def send(here: TestClient, key: str, start: int, piece: bytes):
    return here.patch(f"/api/v1/uploads/{key}", content=piece, headers={"upload-offset": str(start)})


def test_a_clip_that_came_whole_is_filmed(here: TestClient, site: Site) -> None:
    key = begin(here, bar_kg=140.0)
    half = len(CLIP) // 2
    assert send(here, key, 0, CLIP[:half]).json()["came"] == half
    assert send(here, key, half, CLIP[half:]).json()["came"] == len(CLIP)
    film = here.post(f"/api/v1/uploads/{key}/film")
    assert film.status_code == 201
    assert film.json()["said"]["bar_kg"] == 140.0
    assert site.jobs.asked == [key]
    assert site.store.media.read(site.store.films.find(key).clip_sha256) == CLIP


def test_filming_twice_is_filming_once(here: TestClient, site: Site) -> None:
    key = begin(here)
    send(here, key, 0, CLIP)
    assert [here.post(f"/api/v1/uploads/{key}/film").json()["key"] for _ in range(2)] == [key, key]
    assert site.jobs.asked == [key]
    assert len(here.get("/api/v1/films").json()) == 1


def test_after_an_interruption_it_goes_on_where_it_stood(here: TestClient, site: Site) -> None:
    key = begin(here)
    send(here, key, 0, CLIP[:100_000])
    assert here.get(f"/api/v1/uploads/{key}").json()["came"] == 100_000
    # the answer to a piece was lost: it is sent again, and overlaps
    send(here, key, 50_000, CLIP[50_000:200_000])
    send(here, key, 200_000, CLIP[200_000:])
    assert here.post(f"/api/v1/uploads/{key}/film").status_code == 201
    assert site.store.media.read(site.store.films.find(key).clip_sha256) == CLIP


@pytest.mark.parametrize(("start", "length"), [(10, 5), (0, len(CLIP) + 1)])
def test_a_piece_that_does_not_fit_is_refused(here: TestClient, start: int, length: int) -> None:
    key = begin(here)
    answer = send(here, key, start, bytes(length))
    assert answer.status_code == 422
    assert here.get(f"/api/v1/uploads/{key}").json()["came"] == 0


def test_half_a_clip_is_not_filmed(here: TestClient) -> None:
    key = begin(here)
    send(here, key, 0, CLIP[:1000])
    assert here.post(f"/api/v1/uploads/{key}/film").status_code == 409


@pytest.mark.parametrize("size", [0, -1, MOST_BYTES + 1, 4 << 30])
def test_a_size_that_is_not_taken_is_refused_at_once(here: TestClient, size: int) -> None:
    answer = here.post("/api/v1/uploads", json={"name": "set.mp4", "size": size})
    assert answer.status_code == 422
    assert "trim it" in answer.json()["detail"]


def test_what_only_calls_itself_a_clip_is_refused_and_gone(here: TestClient, site: Site) -> None:
    program = b"MZ" + bytes(5000)
    key = begin(here, len(program), "deadlift.mp4")
    send(here, key, 0, program)
    answer = here.post(f"/api/v1/uploads/{key}/film")
    assert answer.status_code == 422
    assert "deadlift.mp4" in answer.json()["detail"]
    assert site.uploads.find(key) is None
    assert site.store.media.all() == ()


def test_a_name_stays_a_name(here: TestClient, site: Site) -> None:
    key = begin(here, name="../../home\\me/\x00set ü.mp4")
    assert site.uploads.find(key).name == "set ü.mp4"


def test_a_bar_that_cannot_be_is_refused_before_the_clip_is_sent(here: TestClient) -> None:
    answer = here.post("/api/v1/uploads", json={"name": "a.mp4", "size": 10, "said": {"bar_kg": 4000}})
    assert answer.status_code == 422
    assert "bar" in answer.json()["detail"]


def test_the_clip_goes_with_its_last_film(here: TestClient, site: Site) -> None:
    keys = [begin(here), begin(here)]
    for key in keys:
        send(here, key, 0, CLIP)
        here.post(f"/api/v1/uploads/{key}/film")
    assert here.delete(f"/api/v1/films/{keys[0]}").status_code == 204
    assert len(site.store.media.all()) == 1
    here.delete(f"/api/v1/films/{keys[1]}")
    assert site.store.media.all() == ()


def test_anothers_film_is_as_if_it_were_not_there(here: TestClient) -> None:
    key = begin(here)
    send(here, key, 0, CLIP)
    here.post(f"/api/v1/uploads/{key}/film")
    here.post("/people/choose", data={"name": "Ida"})
    assert here.get(f"/api/v1/films/{key}").status_code == 404
    assert here.get(f"/films/{key}").status_code == 404
