"""Pages of flows and runs: lists, graphs, the form that starts a run, the editor, and what a run does."""
