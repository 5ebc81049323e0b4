"""Where everything is kept: a database and, beside it, files by the hash of what is in them."""
