"""Long work in the background: durable, one after another, and how far it is."""
