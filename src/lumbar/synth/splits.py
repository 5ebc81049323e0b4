"""Who may learn from what: the committed splits by body and seed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from lumbar.errors import ValueRangeError

SplitName = Literal["train", "tune", "report"]
SPLITS: tuple[SplitName, ...] = get_args(SplitName)


@dataclass(frozen=True, slots=True)
class Split:
    """Bodies and a range of seeds that belong to one use alone."""

    name: SplitName
    bodies: tuple[str, ...]
    first_seed: int
    seeds: int

    def seed(self, number: int) -> int:
        """Return the seed of the case with that number in this split.

        Raises
        ------
        ValueRangeError
            The split has no such number.
        """
        if not 0 <= number < self.seeds:
            raise ValueRangeError(f"a case of the {self.name} split", number, f"0 to {self.seeds - 1}")
        return self.first_seed + number


@cache
def load_split(name: SplitName) -> Split:
    """Return one of the splits."""
    told = tomllib.loads((files("lumbar.synth") / "splits.toml").read_text(encoding="utf-8"))[name]
    return Split(name, tuple(told["bodies"]), told["first_seed"], told["seeds"])
