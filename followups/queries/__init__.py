"""Reading the work: duties, visits, needs, teams, contracts."""
