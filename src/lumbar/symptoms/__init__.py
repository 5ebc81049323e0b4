"""What the lifter says: the check-in, how urgent it is, and what is asked next."""
