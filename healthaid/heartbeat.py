"""The sign of life of scheduler, broker and worker together: a key that a task renews."""

HEARTBEAT = "healthaid:heartbeat"
HEARTBEAT_LASTS = 120
