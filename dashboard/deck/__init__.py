"""A view that can be presented, exported and embedded: what it shows, its words, its source, its caveats."""
