"""Let the tests here share their typist and what may stand on a screen."""

import re
import sys
from pathlib import Path

import pytest

from lumbar.knowledge.library import library

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def sayings() -> re.Pattern[str]:
    """Every source and outcome, and every sentence with what stands between its slots."""
    known = library()
    texts = [source.cite for source in known.sources.values()]
    texts += [part for entry in known.sentences.values() for part in re.split(r"\{\w+\}", entry.text)]
    for factor in known.factors.values():
        texts += [text for row in factor.associations for text in (row.outcome, row.in_words or "")]
    norms = [norm for test in known.tests.values() for norm in test.norms]
    texts += [text for norm in norms for text in (norm.group, norm.age or "")]
    whole = {re.escape(" ".join(text.split())) for text in texts if text.strip()}
    return re.compile("|".join(sorted(whole, key=len, reverse=True)))
