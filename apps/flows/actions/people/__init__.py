"""A person decides: the run waits for an option to be chosen, or for a form to be filled."""
