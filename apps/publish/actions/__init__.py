"""The steps of a publication, as actions of a flow. Each does nothing but for the run that publishes the submission.

They act in the name of the form's publisher, for what its author was let publish: a form is what says who may publish
what, and how. In the author's name the files are read.
"""
