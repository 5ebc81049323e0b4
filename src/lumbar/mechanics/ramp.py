"""How much of the bar hangs in the hands: nothing while the plates rest, everything once they are off the floor.

The hands take the bar over before it moves: bar and arms stretch, the plates press less and less. A film does not
show force. Until the bar rises its share is unknown, so a load is given as what it may be, from none to all of it,
and the curve in between is a picture of the usual way there.
"""

import numpy as np

from lumbar.arrays import Floats
from lumbar.motion.reps import Rep

#: In three measured lifts of a box the force grew from a tenth to nine tenths in 0.14–0.18 s, and the box was 1 cm
#: up 0.08–0.10 s later (tests/mechanics/test_stoop.py): all of it hangs in the hands when it starts to move.
RISE_S = 0.25
#: A heavy bar is taken over more slowly: from this long before it moves, any share is possible. Engineering rule.
UNKNOWN_S = 0.5
#: The last of the way down is left out: the floor's push on the plates cannot be told from the hands', and a path
#: smoothed over half a second has some of the landing this early. Engineering rule.
LANDING_S = 0.3


def hangs_from(rep: Rep, start_s: float) -> float:
    """Return from when all of a rep's bar hangs in the hands: its start, or ever where it turned in them."""
    return -np.inf if rep.starts_hanging else start_s


def usual_share(time_s: Floats, start_s: float) -> Floats:
    """Return the bar's usual share in the hands (time,), 0–1, smooth from none to all before the bar moves."""
    gone = (time_s - (start_s - RISE_S)) / RISE_S
    x = np.clip(gone, 0, 1)
    return np.asarray(x * x * (3 - 2 * x))


def least_share(time_s: Floats, start_s: float) -> Floats:
    """Return the least that must hang in the hands (time,): all once the bar moves, else nothing."""
    return np.asarray(np.where(time_s >= start_s, 1.0, 0.0))


def most_share(time_s: Floats, start_s: float) -> Floats:
    """Return the most that may hang in the hands (time,)."""
    return np.asarray(np.where(time_s >= start_s - UNKNOWN_S, 1.0, 0.0))
