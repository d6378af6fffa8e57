"""What people type in, turned into checked answers."""
