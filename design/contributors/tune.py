"""From how sure on does something stand out? Try thresholds on the tune split; the report split is left alone.

python design/contributors/tune.py [lifters per driver]
"""

import sys

from lumbar.bench.contributors import WEEKS, Asked, ask_all
from lumbar.contributors.matched import STANDS_OUT
from lumbar.estimate import Estimate

#: The goal is 0.10 at the worst number of weeks; this much is left for other lifters than these.
AIM = 0.08


def named(each: Asked, limit: float) -> set[str]:
    """Return what would stand out at a threshold."""
    return {
        name for name, match in each.matches.items()
        if isinstance(match.more_score, Estimate) and match.sure_ratio >= limit
    }  # fmt: skip


def main(lifters: int) -> None:
    """Print a table, and the lowest threshold that keeps the aim."""
    asked = ask_all("tune", lifters, print)
    best = None
    print("threshold  idle named at worst   driver named at " + ", ".join(f"{weeks} w" for weeks in WEEKS))
    for limit in (0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99, 0.995):
        idle = [each for each in asked if each.driver == "nothing"]
        worst = max(
            sum(bool(named(each, limit)) for each in idle if each.weeks == weeks) / lifters for weeks in WEEKS
        )
        others = [each for each in asked if each.driver != "nothing"]
        driven = [[e.driver in named(e, limit) for e in others if e.weeks == weeks] for weeks in WEEKS]
        print(f"{limit:9}  {worst:19.3f}   " + "  ".join(f"{sum(hits) / len(hits):.2f}" for hits in driven))
        if worst <= AIM and best is None:
            best = limit
    held = [
        (name == each.driver, match.more_score.low <= each.true_score[name] <= match.more_score.high)
        for each in asked for name, match in each.matches.items() if isinstance(match.more_score, Estimate)
    ]  # fmt: skip
    for is_driver in (True, False):
        hits = [hit for driver, hit in held if driver is is_driver]
        print(f"coverage, {'drivers' if is_driver else 'idle'}: {sum(hits) / len(hits):.3f} of {len(hits)}")
    print(f"lowest threshold with at most {AIM}: {best}; the product has {STANDS_OUT}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
