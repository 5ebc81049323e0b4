"""Everything that may be sent to the API: never a 500, and every answer as the OpenAPI document says."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from noted import Noted
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lumbar.store.home import Home
from lumbar.store.store import Store
from lumbar.web.access import Access
from lumbar.web.app import make_app
from lumbar.web.site import Site
from lumbar.web.uploads import Uploads

pytestmark = pytest.mark.slow


class HereOnly:
    """Every request comes from the machine itself."""

    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": ("127.0.0.1", 50000)}
        await self.app(scope, receive, send)


CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance]


def test_every_answer_is_as_the_document_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMBAR_HOME", str(tmp_path))
    with Store(Home(tmp_path)) as store:
        store.lifter()
        site = Site(store, Noted(store), Uploads(store.home), Access(tmp_path / "devices.json"))
        app = HereOnly(make_app(site, ("localhost", "testserver")))
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
        operations = [found.ok() for found in schema.get_all_operations()]
        assert len(operations) >= 20
        for operation in operations:
            ask_for(operation)


def ask_for(operation) -> None:
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(operation.as_strategy())
    def every_answer(case) -> None:
        answer = case.call(headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code < 500, (operation.label, answer.text)
        case.validate_response(answer, checks=CHECKS)

    every_answer()
