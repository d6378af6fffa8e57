"""What the elderly answer to the 33 questions: most are balanced or tend to one constitution."""

from datetime import date
from random import Random
from typing import Any

from followups.protocols.schema import Protocol
from healthaid.demo.families import Member

Answers = dict[str, Any]
QUESTIONS = range(1, 34)
# The four questions of one constitution; for some the body says more than for others.
_LEANINGS = (
    (2, 3, 4, 14), (11, 12, 13, 29), (10, 21, 26, 31), (9, 16, 28, 32), (5, 6, 7, 8), (19, 22, 24, 33),
)  # fmt: skip


def constitution_answers(dice: Random, member: Member, day: date) -> Answers:
    """Answers of one person; the illness is told by a constitution that leans."""
    told = {number: dice.choices((1, 2), (80, 20))[0] for number in QUESTIONS} | {1: dice.choice((4, 4, 5))}
    if member.ill or dice.random() < 0.4:
        told |= {number: dice.choice((1, 2, 2, 2, 3, 4)) for number in dice.choice(_LEANINGS)}
    questions = {f"question_{number}": str(answer) for number, answer in told.items()}
    return {"visit_date": day, "visit_mode": "1", **questions}


def guidance_given(form: Protocol, answers: Answers, dice: Random) -> Answers:
    """Guidance for each constitution that was found."""
    found = [field.code[: -len("_guidance")] for field in form.fields if field.code.endswith("_guidance")]
    return {
        f"{code}_guidance": sorted(dice.sample("12345", 2))
        for code in found
        if answers.get(code) in ("2", "3")
    }
