"""Where a number leads. The date and the area go along, so that every list is the number's own."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from healthaid.reports.indicators import Side


@dataclass(frozen=True)
class Links:
    area: int
    on: date
    team: int | None = None
    since: date | None = None
    is_open: bool = False

    @property
    def query(self) -> str:
        """`since` opens another period than the running quarter; `open` leaves out what is sensitive."""
        asked = {"area": str(self.area), "on": self.on.isoformat()}
        if self.since is not None:
            asked["since"] = self.since.isoformat()
        if self.is_open:
            asked["open"] = "1"
        if self.team is not None:
            asked["team"] = str(self.team)
        return urlencode(asked)

    def to_list(self, code: str, side: Side, page: int = 1) -> str:
        more = f"&page={page}" if page > 1 else ""
        return f"{reverse('reports:list', args=[code, side.value])}?{self.query}{more}"

    def to_export(self, code: str, side: Side) -> str:
        return f"{reverse('reports:export', args=[code, side.value])}?{self.query}"

    def to_indicator(self, code: str) -> str:
        """A village's teams have no page of their own for a figure: theirs is the village's."""
        return f"{reverse('reports:indicator', args=[code])}?{replace(self, team=None).query}"

    def to_board(self) -> str:
        return f"{reverse('reports:dashboard')}?{self.query}"


def page_of(name: str, key: object, back: str = "") -> str:
    """The page of a person, a household or a team, with the way back to the list that led there."""
    return reverse(name, args=[key]) + (f"?{urlencode({'from': back})}" if back else "")
