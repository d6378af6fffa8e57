"""How dates are written: as people of either language write them, the hour on 24."""
