"""Lists of diseases, screening of everybody, the 3+3 and its letters: what reads."""
