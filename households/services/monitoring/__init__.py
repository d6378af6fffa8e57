"""Monitored households: opening a case, working on it, removing the risk, taking in what the register has."""
