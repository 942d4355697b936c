"""fr-CA numbers, units, periods, and the sentences that read figures aloud."""
