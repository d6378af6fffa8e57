"""Settings of a machine in service: assets collected, named by their content and packed, as browsers get them."""

from tests.settings import *  # noqa: F403
from tests.settings import STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_USE_FINDERS = False
