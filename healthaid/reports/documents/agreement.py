"""The family-doctor agreement on paper (家庭医生签约服务协议书), any number of them in one file."""

from dataclasses import dataclass

from healthaid.reports.documents.pdf import typeset

Line = tuple[str, str]


@dataclass(frozen=True)
class Party:
    """One side: what it is called, and label and words below it; a rule to write on where words are empty."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Promise:
    item: str
    count: str


@dataclass(frozen=True)
class Agreement:
    """One person's agreement. `places` are what is signed and stamped at the end, side by side."""

    number: str
    parties: tuple[Party, ...]
    term: str
    package: str
    source: str
    promises: tuple[Promise, ...]
    members: tuple[Line, ...]
    clauses: tuple[Line, ...]
    places: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Headings:
    """The words that every agreement of the file shares."""

    title: str
    number: str
    term: str
    package: str
    item: str
    count: str
    members: str
    clauses: str
    stamp: str
    copies: str
    page: str


@dataclass(frozen=True)
class Agreements:
    """The file. `trace` says who printed it and when, `page` has the places {n} and {m}."""

    language: str
    headings: Headings
    trace: str
    agreements: tuple[Agreement, ...]


def pdf(agreements: Agreements) -> bytes:
    """The file's bytes."""
    return typeset("agreement", agreements)
