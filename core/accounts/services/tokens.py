"""Programs are registered, given tokens and lose them again. A token's text is shown once and never kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.accounts.models import ApiClient, ApiToken, Area, Role, Sector, User
from core.accounts.permissions import check
from core.accounts.tokens import Scope, digest, new_token


@dataclass(frozen=True, slots=True)
class IssuedToken:
    text: str
    token: ApiToken


def _checked(scopes: Sequence[str]) -> list[str]:
    unknown = sorted(set(scopes) - set(Scope))
    if unknown:
        words = {"unknown": ", ".join(unknown), "known": ", ".join(Scope)}
        raise ValidationError({"scopes": _("Unknown scope: %(unknown)s. Known are: %(known)s.") % words})
    return sorted(set(scopes))


@transaction.atomic
def register_client(
    *,
    name: str,
    contact: str,
    purpose: str,
    area: Area,
    scopes: Sequence[str],
    by: User | None,
    sector: str = Sector.HEALTH,
) -> ApiClient:
    """This will make a program known: area, scopes, stated purpose, and a user that cannot sign in.

    `by` is None only for the operator at the server's own console."""
    if by is not None:
        check(by, "manage_users")
    if ApiClient.objects.filter(name=name).exists():
        raise ValidationError({"name": _("A client of this name is registered already.")})
    user = User(username=f"api:{name}", full_name=name, role=Role.API_CLIENT, sector=sector, area=area)
    user.set_unusable_password()
    user.save()
    return ApiClient.objects.create(
        name=name, contact=contact, purpose=purpose, area=area, scopes=_checked(scopes), user=user
    )


@transaction.atomic
def issue_token(
    *, client: ApiClient, expires_at: datetime, by: User | None, label: str = "", text: str = ""
) -> IssuedToken:
    """This will give the client a token. Its text is in the answer and nowhere else.

    `text` chooses it, for demonstration data only."""
    if by is not None:
        check(by, "manage_users")
    chosen = text or new_token()
    token = ApiToken.objects.create(client=client, digest=digest(chosen), label=label, expires_at=expires_at)
    return IssuedToken(chosen, token)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User | None, at: datetime) -> ApiToken:
    """This will end a token at once; revoking it twice keeps the first moment."""
    if by is not None:
        check(by, "manage_users")
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    token.refresh_from_db()
    return token
