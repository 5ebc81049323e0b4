"""Tracks in pixels become metres in the lifter's sagittal plane: scale, angles, bar path, reps and phases."""
