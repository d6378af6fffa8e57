import os

# Playwright keeps an event loop in the thread that also asks the database for fixtures.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
