"""What to do today, this week and later, and what urgency, light, age and equipment forbid."""
