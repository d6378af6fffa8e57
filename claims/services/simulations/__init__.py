from claims.services.simulations.asking import (
    ask_simulation,
    cancel_simulation,
    requeue_stale_simulations,
)
from claims.services.simulations.running import run_simulation

__all__ = ["ask_simulation", "cancel_simulation", "requeue_stale_simulations", "run_simulation"]
