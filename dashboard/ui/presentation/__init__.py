"""The wall: presentations of the session, full-screen slides, embedded charts, what a person takes away."""
