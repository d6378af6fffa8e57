"""What the register says of a person, in the codes of the health record, so that the two can be compared."""

from households.models import Person

HAN, MINORITY = "01", "99"
# 高中 and 本科及以上 cover several codes of the record, so they are not compared.
SCHOOLING = {"文盲或半文盲": "9", "小学": "8", "初中": "7", "大专": "3"}


def registered(person: Person | None) -> dict[str, str]:
    """Sex, date of birth (ISO), ethnicity and education; what the register does not know is left out."""
    if person is None:
        return {}
    ethnicity = (HAN if person.ethnicity == "汉族" else MINORITY) if person.ethnicity else ""
    held = {
        "sex": person.sex,
        "birth_date": person.birth_date.isoformat(),
        "ethnicity": ethnicity,
        "education": SCHOOLING.get(person.education, ""),
    }
    return {name: value for name, value in held.items() if value}
