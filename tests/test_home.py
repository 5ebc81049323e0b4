"""The lifter's own folder."""

import pytest

from lumbar.home import home


def test_without_a_folder_of_ones_own_the_platform_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUMBAR_HOME", raising=False)
    assert home().name == "lumbar"
