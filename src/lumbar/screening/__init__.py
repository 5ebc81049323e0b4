"""Tests of trunk endurance, lengths and balances, when not to test, and personal factors."""
