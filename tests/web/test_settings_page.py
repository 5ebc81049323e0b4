"""Settings: the body, the people, taking one's data along, deleting them."""

import zipfile
from io import BytesIO

from fastapi.testclient import TestClient

from lumbar.web.site import Site


def test_inches_and_pounds_are_kept_as_what_they_are(here: TestClient) -> None:
    form = {"height": "70", "height_unit": "in", "mass": "180", "mass_unit": "lb", "sex": "male"}
    assert here.post("/settings/body", data=form).status_code == 303
    body = here.get("/api/v1/body").json()
    assert abs(body["height_m"] - 1.778) < 1e-9
    assert abs(body["mass_kg"] - 81.6466266) < 1e-6


def test_a_height_that_cannot_be_is_said(here: TestClient) -> None:
    answer = here.post("/settings/body", data={"height": "18"})
    assert answer.status_code == 422
    assert "1.2 to 2.3 m" in answer.text


def test_everything_can_be_taken_along(here: TestClient) -> None:
    here.post("/api/v1/diary", json={"at": "2026-11-22T08:00:00+00:00", "answers": {"pain": 3}})
    with zipfile.ZipFile(BytesIO(here.get("/api/v1/export").content)) as archive:
        assert "notes/diary.json" in archive.namelist()


def test_deleting_wants_the_name_and_leaves_nothing(here: TestClient, site: Site) -> None:
    here.post("/people/choose", data={"name": "Ida Example"})
    here.post("/api/v1/diary", json={"at": "2026-11-22T08:00:00+00:00", "answers": {"pain": 3}})
    assert here.post("/settings/forget", data={"typed": "Ida"}).status_code == 422
    assert site.store.has("Ida Example")
    assert "Everything is deleted" in here.post("/settings/forget", data={"typed": "Ida Example"}).text
    assert not site.store.has("Ida Example")
    assert not list((site.store.home.folder / "people").glob("*/diary.json"))


def test_a_code_is_shown_at_the_machine_only(here: TestClient, phone: TestClient, site: Site) -> None:
    phone.post("/pair", data={"code": site.access.offer("me")})
    assert phone.post("/settings/code", data={"whose": "me"}).status_code == 403
    assert "QR code" in here.post("/settings/code", data={"whose": "me"}).text
