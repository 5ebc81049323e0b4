"""Lumbar: is the deadlift what makes my lower back sore; one clip in, every rep measured, an honest page out.

Importing this package is silent and quick; the work is in :mod:`lumbar.film`.
"""

import os

# Our matrices are small: more threads for them do not help, and spin while they wait for each other and for those
# of the next process (twelve clips on two cores: 85 s with them, 57 s without). Here, since it is read when NumPy
# loads, and processes that we start inherit it, from the command as from Python. Whoever has set it knows better.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
