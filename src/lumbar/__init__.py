"""Lumbar: is the deadlift what makes my lower back sore; one clip in, every rep measured, an honest page out.

Importing this package is silent and quick; the work is in :mod:`lumbar.film`.
"""

import os

# A rep is small work: threads of the linear algebra gain nothing on it, and fight with those of the next process
# (twelve clips on two cores took 85 s with them, 57 s without). Who imports NumPy before Lumbar keeps theirs.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
