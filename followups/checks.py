"""What the product refuses to start with."""

from typing import Any

from django.core.checks import CheckMessage, Error
from pydantic import ValidationError

from followups.rules import RuleError, all_rules


def rules_can_be_kept(app_configs: Any, **more: Any) -> list[CheckMessage]:
    """A rule whose form is missing, or that cannot be read, stops the start with the place and the reason."""
    try:
        all_rules()
    except (RuleError, ValidationError) as error:
        return [Error(str(error), id="followups.E001")]
    return []
