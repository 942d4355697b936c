"""One file = one kind of page = one `render` of calls. No figure is computed, no file is opened here."""
