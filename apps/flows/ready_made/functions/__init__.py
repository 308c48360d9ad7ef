"""Functions that the ready-made flows run by Compute: each is registered by the JSON document of its name.

They run in confined processes and know neither Django nor collections: paths come in, JSON and files go out.
"""
