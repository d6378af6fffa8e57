"""Plain values for the pages: words, numbers and dates as people read them."""
