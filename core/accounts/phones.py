"""What a phone may know of who is signed in: a name that says nothing, and the key of what it keeps for them.

Both come from the one secret that never changes, so that what waits on a phone can still be told apart and
read after a change of password, of SECRET_KEY, or after a restore from backup."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

from core.accounts.models import User

KEY_BYTES = 32


def phone_user(user: User) -> str:
    """This will give the user's opaque name: 32 hexadecimal digits, to tell two users of one phone apart."""
    keyed = salted_hmac("healthaid.phone", str(user.pk), secret=settings.INDEX_KEY, algorithm="sha256")
    return keyed.hexdigest()[:32]


def queue_key(user: User, device: str) -> bytes:
    """This will give the 32 bytes that one user's records on one phone are encrypted with."""
    about = f"healthaid.queue\0{user.pk}\0{device}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=about).derive(
        settings.INDEX_KEY.encode()
    )
