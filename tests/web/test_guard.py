"""Who gets in, from where, and with what every answer goes out."""

from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from lumbar.web.access import CODE_LIVES_S, TRIES_A_MINUTE, Access, Limiter
from lumbar.web.guard import MOST_BYTES
from lumbar.web.site import Site


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_machine_itself_needs_no_code(here: TestClient) -> None:
    assert here.get("/").status_code == 200


def test_a_strange_phone_sees_the_pairing_page_only(phone: TestClient) -> None:
    asked = phone.get("/")
    assert (asked.status_code, asked.headers["location"]) == (303, "/pair")
    assert phone.get("/api/v1/films").status_code == 401
    assert phone.get("/pair").status_code == 200


def test_a_code_pairs_one_phone_once(phone: TestClient, site: Site) -> None:
    code = site.access.offer("me")
    assert phone.post("/pair", data={"code": code}).status_code == 303
    assert phone.get("/").status_code == 200
    phone.cookies.clear()
    assert phone.post("/pair", data={"code": code}).status_code == 403


def test_a_paired_phone_sees_its_own_person_only(phone: TestClient, here: TestClient, site: Site) -> None:
    site.store.lifter("Ida")
    phone.post("/pair", data={"code": site.access.offer("Ida")})
    assert phone.get("/api/v1/people").json() == [{"name": "Ida"}]
    assert phone.post("/people/choose", data={"name": "me"}).status_code == 403
    here.post("/api/v1/diary", json={"at": "2026-11-22T08:00:00+00:00", "answers": {"pain": 3}})
    assert phone.get("/api/v1/diary").json() == []
    assert len(here.get("/api/v1/diary").json()) == 1


def test_an_unpaired_phone_is_out_again(phone: TestClient, site: Site) -> None:
    phone.post("/pair", data={"code": site.access.offer("me")})
    site.access.unpair(site.access.devices()[0].token_sha256)
    assert phone.get("/api/v1/films").status_code == 401


def test_guessing_is_slowed_down(phone: TestClient, site: Site) -> None:
    code = site.access.offer("me")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(TRIES_A_MINUTE):
        assert phone.post("/pair", data={"code": wrong}).status_code == 403
    assert phone.post("/pair", data={"code": code}).status_code == 403


def test_a_code_grows_old(tmp_path) -> None:
    clock = Clock()
    access = Access(tmp_path / "devices.json", clock)
    code = access.offer("me")
    clock.now = CODE_LIVES_S + 1
    assert access.pair(code, "phone", "192.0.2.1") is None


def test_the_file_of_devices_does_not_hold_the_token(tmp_path) -> None:
    access = Access(tmp_path / "devices.json")
    token = access.pair(access.offer("me"), "phone", "192.0.2.1")
    assert token
    assert token not in (tmp_path / "devices.json").read_text()
    assert access.person_of(token) == "me"


def test_a_limit_counts_what_is_recent_only() -> None:
    clock = Clock()
    limiter = Limiter(2, 60.0, clock)
    assert [limiter.allows("a") for _ in range(3)] == [True, True, False]
    assert limiter.allows("b")
    clock.now = 61.0
    assert limiter.allows("a")


def test_another_name_for_the_machine_is_refused(app) -> None:
    """A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding)."""
    other = TestClient(app, base_url="http://rebound.example", client=("127.0.0.1", 50000))
    assert other.get("/").status_code == 421


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://other.example"}],
)
def test_a_change_from_another_page_is_refused(here: TestClient, headers: dict[str, str]) -> None:
    assert here.post("/api/v1/diary", json={"at": "2026-11-22T08:00:00+00:00"}, headers=headers).status_code == 403


def test_our_own_pages_may_change_things(here: TestClient) -> None:
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"}):
        answer = here.post("/api/v1/diary", json={"at": "2026-11-22T08:00:00+00:00"}, headers=headers)
        assert answer.status_code == 201


def test_what_is_too_large_is_refused_before_it_is_read(here: TestClient) -> None:
    answer = here.post("/api/v1/diary", content=b"", headers={"content-length": str(MOST_BYTES + 1)})
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/", "/films", "/check", "/diary", "/pair", "/nothing", "/static/app.css"])
def test_every_answer_has_a_policy_that_lets_in_nothing_foreign(here: TestClient, path: str) -> None:
    policy = here.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/", "/films", "/films/new", "/check", "/diary"])
def test_a_page_asks_for_nothing_elsewhere(here: TestClient, path: str) -> None:
    import re  # noqa: PLC0415

    for link in re.findall(r'(?:src|href|action)="([^"]+)"', here.get(path).text):
        assert urlsplit(link).netloc == "", link


def test_the_device_cookie_is_out_of_reach_of_scripts(phone: TestClient, site: Site) -> None:
    told = phone.post("/pair", data={"code": site.access.offer("me")}).headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
