"""What holds on the date that the policy names: the best identity, the causes, the enrolments, the age."""

from dataclasses import dataclass
from datetime import date

from claims.policy.facts import BY_BENEFIT, GENERAL, RANK, Care, Facts, Highest, Level, Referral, Span


@dataclass(frozen=True, slots=True)
class Taken:
    """The facts as the conditions ask for them; sets are sorted, so that they are told the same twice."""

    on: date
    identity: str
    """The best one held on the date; `general` where none is."""
    identities: tuple[str, ...]
    causes: tuple[str, ...]
    enrolments: tuple[str, ...]
    age: int
    care: Care
    level: Level
    highest_level: Highest
    """Of the year, this bill included."""
    diagnosis: str
    diseases: tuple[str, ...]
    referral: Referral
    designated: bool
    in_county: bool
    stay_number: int = 0
    """Which inpatient bill of the person's year this is, from 1; 0 for care without a stay."""
    item_classes: tuple[str, ...] = ()
    """The classes that stand on the bill."""
    continued: bool = False


def taken_on(on: date, facts: Facts) -> Taken:
    """This will take from the facts what holds on the policy's date."""
    held = _held(facts.identities, on)
    before = facts.used.highest_level
    return Taken(
        on=on,
        identity=next((code for code in BY_BENEFIT if code in held), GENERAL),
        identities=held or (GENERAL,),
        causes=_held(facts.causes, on),
        enrolments=_held(facts.enrolments, on),
        age=age_on(facts.birth_date, on),
        care=facts.care,
        level=facts.level,
        highest_level=facts.level if RANK[facts.level] > RANK[before] else before,
        diagnosis=facts.diagnosis,
        diseases=tuple(sorted(facts.diseases)),
        referral=facts.referral,
        designated=facts.designated,
        in_county=facts.in_county,
        stay_number=facts.used.stays + 1 if facts.care == "inpatient" else 0,
        item_classes=tuple(sorted({line.cls for line in facts.lines if line.amount})),
        continued=facts.continued,
    )


def age_on(birth_date: date, on: date) -> int:
    """This will give full years of age; 0 for a date of birth in the future."""
    years = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    return max(years, 0)


def _held(spans: tuple[Span, ...], on: date) -> tuple[str, ...]:
    return tuple(sorted({span.code for span in spans if span.holds(on)}))
