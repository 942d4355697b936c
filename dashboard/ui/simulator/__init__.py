"""The page « Simulateur »: state in the address and the session, forms, results, files, refusals."""
