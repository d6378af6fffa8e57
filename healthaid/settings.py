"""All settings, from the environment. A missing production value stops the start with its name and a hint."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from healthaid.required import DEVELOPMENT, check_production, required

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

ENVIRONMENT = env.str("HEALTHAID_ENV", "development")
PRODUCTION = ENVIRONMENT == "production"
TESTING = ENVIRONMENT == "test"
DEBUG = env.bool("DEBUG", False) and not PRODUCTION

if PRODUCTION:
    check_production(env)

SECRET_KEY = required(env, "SECRET_KEY")
FIELD_KEYS = [key.strip() for key in required(env, "FIELD_KEYS").split(",") if key.strip()]
INDEX_KEY = required(env, "INDEX_KEY")
ALLOWED_HOSTS = [host.strip() for host in required(env, "ALLOWED_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
VAR_DIR = Path(env.str("HEALTHAID_VAR", str(BASE_DIR / "var")))
COUNTY_NAME = env.str("COUNTY_NAME", "湘潭市岳塘区")
SUPPORT_PHONE = env.str("SUPPORT_PHONE", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    *("pgtrigger", "pghistory"),
    "django_filters",
    "drf_spectacular",
    "axes",
    "csp",
    "django_htmx",
    "django_structlog",
    "core.base",
    "core.audit",
    "core.accounts",
    "core.clinics",
    "households",
    "claims",
    "followups",
    "healthaid.outreach",
    "healthaid.reports",
    "healthaid.offline",
    "healthaid",
    # After our own apps: the first catalogue that knows a text wins.
    *("django.contrib.auth", "rest_framework", "django.forms"),
    *("allauth", "allauth.account", "allauth.mfa", "allauth.usersessions"),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "healthaid.offline.middleware.PackedPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.accounts.middleware.SessionLimitMiddleware",
    "core.audit.middleware.HistoryContextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.audit.request_log.PathRequestMiddleware",
    "axes.middleware.AxesMiddleware",
]
# A program's request never carries a session: no cookie is read or made on the way to /api/.
API_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "healthaid.api.lines.RequestLine",
]

ROOT_URLCONF = "healthaid.urls"
WSGI_APPLICATION = "healthaid.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "healthaid.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # our templates/django come first

DATABASES = {"default": env.dj_db_url("DATABASE_URL", DEVELOPMENT["DATABASE_URL"])}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", 600),
    CONN_HEALTH_CHECKS=True,
)
# Statements sent with server-side binding (core.base.sql) are prepared from their third run on.
# pgtrigger.ignore: when unset, each row's trigger looks it up in a failing subtransaction, slow in bulk.
DATABASES["default"].setdefault("OPTIONS", {}).update(prepare_threshold=2, options="-c pgtrigger.ignore={}")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = False if TESTING else {"login": "60/m/ip"}
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "HealthAid"
MFA_ADAPTER = "core.accounts.adapter.SecondFactorAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900

AXES_FAILURE_LIMIT = env.int("LOCKOUT_FAILURES", 5)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", 0)

SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Seconds without a click, and seconds in all: a doctor keeps a phone, staff share a desk.
SESSION_LIMITS = {
    "doctor": {"idle": 60 * 60 * 24 * 7, "absolute": 60 * 60 * 24 * 30},
    "staff": {"idle": 60 * 30, "absolute": 60 * 60 * 12},
}
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    if env.bool("BEHIND_PROXY", True):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS: list[str] = []
FORMAT_MODULE_PATH = "healthaid.formats"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS: list[Path] = []
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = False

REDIS_URL = required(env, "REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.accounts.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["core.accounts.tokens.TokenPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": [],
    "EXCEPTION_HANDLER": "healthaid.api.problems.handler",
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_VERSIONING_CLASS": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "HealthAid API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "DESCRIPTION": "Households, persons, visits and duties of the area a token is for. See /api/docs/.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "POSTPROCESSING_HOOKS": ["healthaid.api.schema.with_forms"],
}
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 1200)

# acks_late alone loses the task of a killed child; the row is the job, Celery only the wake-up call.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT = "json", ["json"]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    "healthaid.nightly_*": {"queue": "bulk"},
    "healthaid.late_facts": {"queue": "reports"},
    "households.tasks.*": {"queue": "bulk"},
    "claims.simulate": {"queue": "bulk"},
    "healthaid.morning_reminders": {"queue": "messages"},
    "healthaid.*_escalation": {"queue": "messages"},
    "healthaid.licence_expiry": {"queue": "messages"},
    "healthaid.send_messages": {"queue": "messages"},
    "healthaid.monthly_reports": {"queue": "reports"},
    "reports.*": {"queue": "reports"},
}
CELERY_TIMEZONE = TIME_ZONE
RUNG_AFTER_IMPORTS = ["healthaid.refresh_summaries"]  # follows an import of the register at once
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

OUTREACH_CHANNEL = env.str("OUTREACH_CHANNEL", "file")
# Seconds after which a message that a worker claimed and never sent goes back into the outbox.
OUTREACH_CLAIM_LASTS = env.int("OUTREACH_CLAIM_LASTS", 120)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redact": {"()": "core.audit.redaction.RedactPersonal"}},
    "formatters": {"line": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["redact"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}

# History rows can be added but never changed or removed.
PGHISTORY_APPEND_ONLY = True
