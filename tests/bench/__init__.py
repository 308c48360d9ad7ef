"""Measures the portal against the bare engines that it stands on, side by side: ``make bench``.

Each pair is measured A B A B … in one run, because the machine is shared and its speed changes; what counts is the
ratio of the pair. Both sides do the same: same documents, same question, same hits, and that is checked.
"""
