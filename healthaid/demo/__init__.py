"""An invented county to look at: the shape of the published one, nobody real in it, always the same."""
