"""Meetings, activities, events and what is handed out, in plain values for the pages."""
