"""Let the tests here share their people."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
