"""Every night: what is owed from now on, and what can no longer be made up."""

from datetime import date

from followups.services.generation import close_missed, generate_duties


def make_duties(*, on: date) -> dict[str, int]:
    """This will insert the duties that the rules ask for and close the windows long past; counts by rule."""
    made = generate_duties(on=on)
    return {**made, "missed": close_missed(on=on)}
