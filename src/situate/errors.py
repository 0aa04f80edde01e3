"""What can go wrong in a way that the user should hear about."""


class SituateError(Exception):
    """A problem told in one line: what, with which input, and what to do about it."""
