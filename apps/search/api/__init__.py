"""The wire format of Globus Search under ``/api/search/``, and what Vitrine adds to it as more keys and parameters."""
