"""What may be behind a lifter's soreness: an evidence ledger, a comparison with oneself, small experiments."""
