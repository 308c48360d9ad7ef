"""The files of the made-up runs: drawn and written when the sample is loaded, the same ones each time.

Use ``shelf.Shelf`` to put them into a folder and to have the records name them. Everything is made from the record
itself: a run's files do not depend on which others there are, and the project has to keep none.
"""
