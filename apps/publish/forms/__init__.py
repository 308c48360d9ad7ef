"""What callers of the API send, read into what services take; every fault has its place, a JSON pointer.

Serializers say the shapes, so that the API's description (``apps.publish.api.schema``) says what is really read.
Not for what somebody fills in: that is whatever their form asks for (``apps.publish.engine.judging``).
"""
