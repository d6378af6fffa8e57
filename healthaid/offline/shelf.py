"""What the service worker puts on its shelf before anybody asks for it."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

STYLES = ("tokens", "page", "parts", "forms", "charts")
SCRIPTS = ("stores", "vault", "homes", "sending", "pages", "phone", "files", "queue")
ASSETS = (
    *(f"healthaid/css/{name}.css" for name in STYLES),
    *("healthaid/icons.svg", "healthaid/logo.svg", "healthaid/js/page.js", "offline/phone.css"),
    *(f"offline/{name}.js" for name in SCRIPTS),
    *("followups/visit.css", "followups/work.css", "followups/assess.js", "followups/drafts.js"),
    *("followups/saving.js", "followups/attempts.js", "followups/visit_inputs.js", "followups/visit.js"),
    *("followups/blank.js", "followups/needs.js", "followups/numbers.js"),
)
WORKER = "offline/worker.js"


def assets() -> list[str]:
    """The addresses to fetch when the worker is installed; named by content once collected."""
    return [static(name) for name in ASSETS]


def worker_source() -> str:
    found = finders.find(WORKER) or str(Path(settings.STATIC_ROOT) / WORKER)
    return Path(str(found)).read_text(encoding="utf-8")
