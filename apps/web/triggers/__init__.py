"""Pages of triggers: what starts flows when something happens, tried before it begins, and the log of what it did."""
