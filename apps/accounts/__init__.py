"""Accounts: people, their identities, groups and tokens, and the doors through which they sign in.

Use it to know who somebody is and which groups they are in.
Not for what they may see or do: that is access.
"""
