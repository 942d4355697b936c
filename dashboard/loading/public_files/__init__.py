"""Files that public bodies publish (IRCC, ISQ), read into rows of ours: what is not understood is said, not guessed."""
