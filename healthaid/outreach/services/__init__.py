"""Writing the outbox: queueing and sending."""
