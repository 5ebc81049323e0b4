"""Lumbar: is the deadlift what makes my lower back sore; one clip in, every rep measured, an honest page out.

Importing this package is silent and quick; the work is in :mod:`lumbar.film`.
"""

__version__ = "0.1.0"
