"""Made things by number, a pickle each: what is there is skipped, what broke off leaves nothing."""

import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def write_numbered(make: Callable[[Any, int], object]) -> None:
    """Write what ``make`` makes of a split and each number; the command line says SPLIT FIRST LAST OUT."""
    split, first, last, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    out.mkdir(parents=True, exist_ok=True)
    for number in range(first, last):
        path = out / f"{split}-{number:06d}.pkl"
        if not path.exists():
            scratch = path.with_suffix(".part")
            scratch.write_bytes(pickle.dumps(make(split, number)))
            scratch.rename(path)
            print(path.name, flush=True)
