"""The figures of each kind of report, counted for an area and a period."""
