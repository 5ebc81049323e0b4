"""Motion becomes measures per rep: numbers with ranges, or the reason why there is none."""
