"""No test is decided by time: a busy machine is no mistake of the programme."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
