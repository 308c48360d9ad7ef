"""Examples made up for these tests may take their time: the machine is shared. What must end soon is timed apart."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
