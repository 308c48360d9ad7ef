"""Pages on which somebody writes what they publish: their drafts, the form, its files, the plan."""
