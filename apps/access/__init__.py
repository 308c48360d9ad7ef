"""Access: whose principals somebody has, and which roles they hold on a resource.

Use it before anything is shown or done.
Not for: who people are (accounts), or what a resource is (its own app).
"""
