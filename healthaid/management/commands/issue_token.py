from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.accounts.models import ApiClient, Area, Sector
from core.accounts.services.tokens import issue_token, register_client
from core.accounts.tokens import Scope

READING = [scope for scope in Scope if scope.value.endswith(":read")]


class Command(BaseCommand):
    help = "Gives a program a token for the API; a new program is registered with --area and --purpose."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("client", help="the program's name")
        parser.add_argument("--area", help="code of its area, for a new program")
        parser.add_argument("--purpose", help="what it does with the data, for a new program")
        parser.add_argument("--contact", default="", help="who answers for it")
        parser.add_argument("--scopes", nargs="+", default=READING, help=f"any of: {', '.join(Scope)}")
        parser.add_argument(
            "--administration", action="store_true", help="it belongs to an office without health staff"
        )
        parser.add_argument("--days", type=int, default=365, help="how long the token lives")
        parser.add_argument("--label", default="", help="to tell its tokens apart")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("--days must be 1 or more.")
        client = ApiClient.objects.filter(name=options["client"]).first() or self._registered(options)
        expires = timezone.now() + timedelta(days=options["days"])
        issued = issue_token(client=client, expires_at=expires, label=options["label"], by=None)
        self.stderr.write(
            f"Token {issued.token.pk} of {client.name}, until {expires:%Y-%m-%d}; it is shown this once:"
        )
        self.stdout.write(issued.text)

    def _registered(self, options: dict[str, Any]) -> ApiClient:
        if not options["area"] or not options["purpose"]:
            raise CommandError(
                f"{options['client']} is not registered yet: add --area CODE and --purpose TEXT."
            )
        area = Area.objects.filter(code=options["area"], valid_to=None).first()
        if area is None:
            raise CommandError(f"There is no area with the code {options['area']}.")
        sector = Sector.ADMINISTRATION if options["administration"] else Sector.HEALTH
        wanted = {name: options[name] for name in ("contact", "purpose", "scopes")}
        try:
            return register_client(name=options["client"], area=area, sector=sector, by=None, **wanted)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
