"""Questions in plain French: what was understood, and an answer made of the same figures and views as the pages."""
