"""Let ``python -m lumbar`` be the command."""

from lumbar.cli.app import main

main()
