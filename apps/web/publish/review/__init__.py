"""Pages of review: what waits for a reviewer, a submission with what is said of it, and what a referee sees."""
