"""The log: what was lifted, read from any app without loss, and set beside what the lifter is used to."""
