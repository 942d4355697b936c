"""The one error of this package: a French message that says what is wrong and what to do."""


class BoundaryError(Exception):
    """Boundaries could not be rebuilt; ``str(error)`` is a French text with its remedy. Nothing has been written."""
