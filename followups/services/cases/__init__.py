"""Cases of major disease, step by step: opened, assigned, planned, treated, closed."""
