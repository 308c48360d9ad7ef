"""What publishing does: judged, planned, done step by step, and undone."""
