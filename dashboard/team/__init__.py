"""What the team writes: follow-up, presentations, drafts. The statistics are never here: they stay in files."""
