"""What is typed about meetings, activities, events and what is handed out."""
