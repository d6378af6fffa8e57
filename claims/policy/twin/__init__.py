from claims.policy.twin.columns import Columns, Pairs, Spans, columns_of
from claims.policy.twin.running import Outcome, run
from claims.policy.twin.whole import DoesNotFit

__all__ = ["Columns", "DoesNotFit", "Outcome", "Pairs", "Spans", "columns_of", "run"]
