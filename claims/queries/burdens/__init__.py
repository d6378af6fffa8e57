"""What households bear of their bills in a year, and which lines of early warning that crosses."""
