"""A file becomes frames with their real times, and goes back to an annotated file. Knows nothing of lifting."""
