from claims.services.settling.previewing import Changed, LaterBill, Preview, YearMoved, preview
from claims.services.settling.settling import correct, reverse, settle

__all__ = ["Changed", "LaterBill", "Preview", "YearMoved", "correct", "preview", "reverse", "settle"]
