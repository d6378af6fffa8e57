"""Writing the work: generation, visits, attempts, needs, teams, contracts, conflicts."""
