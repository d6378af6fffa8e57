"""Writing to the ground, one module by subject: users, areas, tokens."""
