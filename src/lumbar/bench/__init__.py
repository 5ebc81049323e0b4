"""What we measure ourselves by; each bench prints a table and writes rows of JSON."""
