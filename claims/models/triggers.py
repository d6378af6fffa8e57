"""What the database does by itself with money: places follow persons, papers of money are never rewritten."""

import pgtrigger

from households.models.triggers import place_of


def place_of_person() -> pgtrigger.Trigger:
    return place_of("person", name="a_place_of_person")


def place_of_household() -> pgtrigger.Trigger:
    return place_of("household", name="a_place_of_household")
