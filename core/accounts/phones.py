"""What a phone may know of who is signed in: a name that says nothing, the same on every sign-in."""

from django.utils.crypto import salted_hmac

from core.accounts.models import User


def phone_user(user: User) -> str:
    """This will give the user's opaque name: 32 hexadecimal digits, to tell two users of one phone apart."""
    return salted_hmac("healthaid.phone", str(user.pk), algorithm="sha256").hexdigest()[:32]
