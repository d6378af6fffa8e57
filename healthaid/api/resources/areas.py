"""Areas below the caller's own, with their years and successors."""

from core.accounts.tokens import Scope
from healthaid.api.filters import AreaFilters
from healthaid.api.resources.base import Resource

AREA = """
    t.code, t.name, t.level, (SELECT a.code FROM accounts_area a WHERE a.id = t.parent_id) AS parent,
    t.valid_from, t.valid_to, (SELECT a.code FROM accounts_area a WHERE a.id = t.successor_id) AS successor,
    t.updated_at AS changed_at"""

AREAS = Resource(
    name="areas",
    scope=Scope.AREAS,
    table="accounts_area",
    key="id",
    public_key="code",
    masked=AREA,
    revealed=AREA,
    filters=AreaFilters,
    by_area_tree=True,
)
