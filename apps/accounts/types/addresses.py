"""Where requests come from."""

from ipaddress import IPv4Address

UNKNOWN = str(IPv4Address(0))
"""The address of requests that come from none, such as through a Unix socket from a proxy that does not say whose they
are. They share one limit, as all that may come from one place do."""
