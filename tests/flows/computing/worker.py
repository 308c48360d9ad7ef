"""``python -m tests.flows.computing.worker DATABASE`` works on one queue of the database of a test: to be killed."""

import sys

import django
from django.conf import settings
from django.utils import timezone

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

from apps.flows import computing  # noqa: E402 - the settings come first

computing.work("compute", clock=timezone.now)
