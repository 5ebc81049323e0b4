"""Frames become tracks in pixels: landmarks, the lifter's silhouette, the near plate, and who is lifting."""
