"""Measures transfers against the tools that people move files with, side by side: ``make bench-transfers``.

All sides of a case are measured in turns (A B C A B C …) in one run; what counts is the ratio within a case. What each
side compares, and whether it waits for the disk, stands in the table, because they do not promise the same.
"""
