from pathlib import Path

import pytest
from typer.testing import CliRunner

import lumbar.synth.render as render_module
from lumbar.cli.app import app
from lumbar.errors import RendererMissingError, ValueRangeError


def test_an_unknown_split_is_refused_with_those_that_exist(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["synth", "--n", "1", "--split", "all", "--out", str(tmp_path)])
    assert isinstance(told.exception, ValueRangeError)
    assert "train, tune, report" in str(told.exception)


def test_without_a_renderer_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise RendererMissingError

    monkeypatch.setattr(render_module, "Stage", missing)
    told = CliRunner().invoke(app, ["synth", "--n", "1", "--out", str(tmp_path)])
    assert isinstance(told.exception, RendererMissingError)
    assert "uv sync --group synth" in str(told.exception)
    assert not list(tmp_path.rglob("*.mp4"))
