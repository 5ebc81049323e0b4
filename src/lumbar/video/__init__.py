"""A file becomes frames with their real times, and goes back to a file. Knows nothing of lifting."""
