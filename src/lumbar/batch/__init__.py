"""Many clips → one table with a row for each rep: in parallel, and taken up again after any end."""
