"""The one-page sheet of a region or of the direction: A4, PDF, vectors only, made without a browser."""
