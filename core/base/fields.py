"""Model fields that keep what they hold encrypted."""

from typing import Any

from django.db import models

from core.base.crypto import decrypt, encrypt


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text in Python, AES-GCM bytes in the database. NULL and '' both read back as ''."""

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> str:
        return decrypt(value) if value else ""

    def get_prep_value(self, value: Any) -> Any:
        return value if isinstance(value, bytes | memoryview) or not value else encrypt(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = value if prepared else self.get_prep_value(value)
        return super().get_db_prep_value(value or None, connection, prepared=True)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
