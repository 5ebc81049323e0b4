"""The command line: words in, words out, and nothing in between."""
