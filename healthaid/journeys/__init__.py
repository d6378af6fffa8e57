"""The acts that touch several apps: what is owed becomes a reminder, what is late climbs the ladder."""
