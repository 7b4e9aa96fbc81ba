"""One setting for every property test: the same cases in each run."""

from hypothesis import settings

settings.register_profile("same-cases", derandomize=True, deadline=None)
settings.load_profile("same-cases")
