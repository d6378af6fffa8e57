"""Follow-up forms as data, and the engine that reads, checks and assesses them. No Django here."""
