"""Small policies and bills for tests of the money."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from claims.policy.facts import BillLine, Facts, Span
from claims.policy.reading import read_policy
from claims.policy.schema import Policy

HEAD = """
[policy]
code = "test"
title = { zh = "试验", en = "test" }
area = "sample"
valid_from = 2019-01-01
date_rule = "discharge"
document = { title = "试验文件", issuer = "试验局" }
"""
PAYERS = {
    "basic": ("基本医保", "basic insurance"),
    "critical": ("大病保险", "critical-illness insurance"),
    "commercial": ("商业补充保险", "supplementary insurance"),
    "fund": ("救助基金", "medical aid fund"),
    "backstop": ("兜底基金", "backstop fund"),
}


def county_head(code: str, zh: str, en: str, payers: Mapping[str, str]) -> str:
    """The beginning of a county's policy of 2019: its document and its payers, each with the name it bears."""
    named = "".join(
        f'[[payers]]\ncode = "{payer}"\nlabel = {{ zh = "{PAYERS[name][0]}", en = "{PAYERS[name][1]}" }}\n'
        for payer, name in payers.items()
    )
    return f"""
[policy]
code = "{code}"
title = {{ zh = "{zh}", en = "{en}" }}
area = "430304"
valid_from = 2019-01-01
date_rule = "discharge"
[policy.document]
title = "小文件"
issuer = "县卫健局"
issued_on = 2018-12-01
source = "县卫健局"
{named}"""


ALL_PAYERS = "\n".join(
    f'[[payers]]\ncode = "{code}"\nlabel = {{ zh = "{code}", en = "{code}" }}'
    for code in ("basic", "critical", "commercial", "civil", "fund", "hospital", "township")
)


def layer(code: str, kind: str, body: str = "", payer: str = "") -> str:
    """One layer as TOML; `body` holds its parameters, sub-tables last."""
    return (
        f'[[layers]]\ncode = "{code}"\npayer = "{payer or "fund"}"\nkind = "{kind}"\n'
        f'label = {{ zh = "{code}", en = "{code}" }}\nclause = "第{code}条"\n{body}\n'
    )


def policy_text(*layers: str, more: str = "") -> str:
    """A whole policy file; `more` holds tables such as [compliance] or [[discounts]]."""
    return "\n".join((HEAD, ALL_PAYERS, more, *layers))


def policy_of(*layers: str, more: str = "") -> Policy:
    return read_policy(policy_text(*layers, more=more))


def line(amount: str, category: str = "treatment", cls: Any = "A", **parts: str) -> BillLine:
    amounts = {name: Decimal(value) for name, value in parts.items()}
    return BillLine(category, cls, Decimal(amount), **amounts)


def facts(*lines: BillLine, **given: Any) -> Facts:
    """A registered poor person of 50 in the county hospital in June 2020, unless told otherwise."""
    usual: dict[str, Any] = {
        "care": "inpatient",
        "level": "county",
        "admitted_on": date(2020, 6, 1),
        "discharged_on": date(2020, 6, 9),
        "birth_date": date(1970, 1, 1),
        "identities": (Span("registered", date(2016, 1, 1)),),
    }
    return Facts(lines=lines, **(usual | given))


def raw_of(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)
