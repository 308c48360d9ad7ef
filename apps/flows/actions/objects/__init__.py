"""Files of a collection as a Map sees them: read for its items, listed for them, and written with its results.

Their bodies are those that Step Functions gives to Amazon S3, with a collection for the bucket.
"""
