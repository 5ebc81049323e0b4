"""Let the tests here share their lifters."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
