"""A decision in words: what each layer gave, by which clause and which arithmetic, and every reason."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from claims.policy.decision import Decision, Reason
from claims.policy.formulas import percent, yuan
from claims.policy.steps import Step
from core.base.texts import Text


@dataclass(frozen=True, slots=True)
class ToldReason:
    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One step in one language. `amount` is None where a step gives no money."""

    rule: str
    title: str
    text: str
    clause: str
    formula: str
    amount: Decimal | None
    applied: bool
    reasons: tuple[ToldReason, ...]
    children: tuple["Told", ...]


NO_MONEY = frozenset(
    {"taken", "taken_several", "adjusted", "per_household", "actual_ratio", "policy_ratio", "rate_by_age"}
)
RATES = frozenset({"rate", "target", "plus"})


def told(decision: Decision, language: str) -> Told:
    """This will put the explanation of a decision into words; `language` is a tag such as zh-hans or en."""
    return _step(decision.explanation, language)


def as_text(step: Told, depth: int = 0) -> str:
    """This will write an explanation as indented lines, for a terminal or a plain message."""
    indent = "  " * depth
    colon = ": " if step.title.isascii() else "："
    head = colon.join(part for part in (step.title, step.text) if part)
    formula = f"  [{step.formula}]" if step.formula else ""
    clause = f"  《{step.clause}》" if step.clause else ""
    lines = [f"{indent}{head}{formula}{clause}"]
    lines += [f"{indent}  {'✓' if reason.holds else '✗'} {reason.text}" for reason in step.reasons]
    lines += [as_text(child, depth + 1) for child in step.children]
    return "\n".join(lines)


def reason_told(reason: Reason, language: str) -> ToldReason:
    """This will put one reason into words."""
    words = _words()
    excluded = reason.code.startswith("not_") and reason.code not in words.reasons
    code = "except" if excluded else reason.code
    text = words.reasons[code][reason.holds]
    values = {"wanted": _codes(reason.wanted, language), "given": _codes(reason.given, language)}
    if code == "target_reached":
        values["wanted_percent"] = percent(Decimal(reason.wanted[0]))
    return ToldReason(text.get(language).format(**values), reason.holds)


def word(code: str, language: str) -> str:
    """This will name a code of the facts; an unknown one, such as a disease's, stays as it is."""
    known = _words().codes.get(code)
    return known.get(language) if known else code


def _step(step: Step, language: str) -> Told:
    children = tuple(_step(child, language) for child in step.children)
    if step.rule == "taken" and " " in str(step.inputs["held"]):
        children += (_plain("taken_several", step.inputs, language),)
    return Told(
        rule=step.rule,
        title=step.label.get(language) if step.label else "",
        text=_sentence(step, language),
        clause=step.clause if step.rule != "adjusted" else "",
        formula=step.formula,
        amount=None if step.rule in NO_MONEY else step.result,
        applied=step.applied,
        reasons=tuple(reason_told(reason, language) for reason in step.reasons),
        children=children,
    )


def _plain(rule: str, inputs: Mapping[str, Decimal | str], language: str) -> Told:
    text = _words().steps[rule].get(language).format(**_values(inputs, language))
    return Told(rule, "", text, "", "", None, True, (), ())


def _sentence(step: Step, language: str) -> str:
    rule = _wording(step)
    values = _values(step.inputs, language) | {"clause": step.clause, "result": yuan(step.result)}
    if rule == "base":
        values["parts"] = _joined(
            [_base(name, language) for name in step.inputs if "_share" not in name], language
        )
    if rule == "rate_by_age":
        values["result_rate"] = percent(step.result)
    if rule.startswith("band_"):
        values["to"] = _upper(step.inputs, language)
    return _words().steps[rule].get(language).format(**values)


def _wording(step: Step) -> str:
    """Some rules are told otherwise where a number of theirs is nothing."""
    if step.rule in ("layer", "discount_before") and not step.result:
        return f"{step.rule}_nothing"
    if step.rule == "bill" and step.inputs["discount"]:
        return "bill_discounted"
    return "rate_plain" if step.rule == "rate" and not step.inputs["deductible"] else step.rule


def _values(inputs: Mapping[str, Decimal | str], language: str) -> dict[str, str]:
    return {name: _value(name, value, language) for name, value in inputs.items()}


def _value(name: str, value: Decimal | str, language: str) -> str:
    if isinstance(value, str):
        return value if name == "on" else _codes(tuple(value.split()), language)
    if name == "age":
        return str(value)
    return percent(value) if name in RATES else yuan(value)


def _upper(inputs: Mapping[str, Decimal | str], language: str) -> str:
    upto = inputs.get("upto")
    if not isinstance(upto, Decimal):
        return ""
    return f"至 {yuan(upto)} 元" if language.startswith("zh") else f" up to {yuan(upto)}"


def _base(name: str, language: str) -> str:
    return _words().bases[name].get(language)


def _codes(codes: tuple[str, ...], language: str) -> str:
    return _joined([word(code, language) for code in codes or ("nothing",)], language)


def _joined(words: list[str], language: str) -> str:
    return "、".join(words) if language.startswith("zh") else ", ".join(words)


@dataclass(frozen=True, slots=True)
class Words:
    steps: Mapping[str, Text]
    bases: Mapping[str, Text]
    codes: Mapping[str, Text]
    reasons: Mapping[str, Mapping[bool, Text]]


@cache
def _words() -> Words:
    raw = tomllib.loads(Path(__file__).with_name("explanation.toml").read_text(encoding="utf-8"))
    plain = {part: _texts(raw[part]) for part in ("steps", "bases", "codes")}
    return Words(**plain, reasons={code: _both(text) for code, text in raw["reasons"].items()})


def _texts(raw: Mapping[str, Any]) -> dict[str, Text]:
    return {code: Text(**text) for code, text in raw.items()}


def _both(text: Mapping[str, str]) -> dict[bool, Text]:
    """A reason that only ever speaks against a layer has one wording."""
    against = Text(zh=text["against_zh"], en=text["against_en"])
    return {True: Text(zh=text["zh"], en=text["en"]) if "zh" in text else against, False: against}
