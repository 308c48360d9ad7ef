"""The engines. One contract (``base.py``), two of it: tantivy in this process, and OpenSearch."""
