"""What allauth may do here: nobody signs up alone; accounts are made by the administrator."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from core.base.crypto import decrypt, encrypt


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of the second factor are kept encrypted with the field keys."""

    def encrypt(self, text: str) -> str:
        return encrypt(text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(bytes.fromhex(encrypted_text))

    def get_totp_issuer(self) -> str:
        return f"HealthAid {settings.COUNTY_NAME}"
