"""Tools that are run by hand, never by pytest."""
