"""Pages of timers: the list, one with its turns, the form that repeats a transfer or a flow, and the calendar."""
