"""Lifters with known truth, for the bench and the tests; never read by the product path.

The world here is the one of :mod:`lumbar.motion` with a third axis: x points from heel to toe, y up, z to the
lifter's right; the origin lies on the floor below the middle of the ankles.
"""
