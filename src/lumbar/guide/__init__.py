"""Questions and answers: found by plain-language search, or sent to the check when they name a warning sign."""
