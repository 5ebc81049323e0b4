"""Make pulls to try the reader on: ``python design/back/make_courses.py SPLIT FIRST LAST OUT``, a pickle each."""

import pickle
import sys
from pathlib import Path

from sights import course


def main() -> None:
    """Write the cases numbered FIRST to LAST of a split."""
    split, first, last, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    out.mkdir(parents=True, exist_ok=True)
    for number in range(first, last):
        path = out / f"{split}-{number:06d}.pkl"
        if not path.exists():
            with path.open("wb") as file:
                pickle.dump(course(split, number), file)


if __name__ == "__main__":
    main()
