"""Follow-up forms as data, and the plain-Python engine that reads, checks and assesses them. No Django here."""
