from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.accounts.models import ApiToken
from core.accounts.services.tokens import revoke_token


class Command(BaseCommand):
    help = "Ends a token at once; without a number it lists the tokens there are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("token", nargs="?", type=int, help="the token's number")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["token"] is None:
            self._list()
            return
        token = ApiToken.objects.filter(pk=options["token"]).first()
        if token is None:
            raise CommandError(f"There is no token {options['token']}. Without a number all are listed.")
        revoke_token(token=token, by=None, at=timezone.now())
        self.stdout.write(f"Token {token.pk} of {token.client.name} opens nothing any more.")

    def _list(self) -> None:
        for token in ApiToken.objects.select_related("client").order_by("pk"):
            state = (
                f"revoked {token.revoked_at:%Y-%m-%d}"
                if token.revoked_at
                else f"until {token.expires_at:%Y-%m-%d}"
            )
            self.stdout.write(f"{token.pk:>5}  {token.client.name:<24} {state:<20} {token.label}")
