"""What production must be told, with a hint for each; development has harmless stand-ins."""

from django.core.exceptions import ImproperlyConfigured
from environs import Env

HINTS = {
    "SECRET_KEY": "a long random text, for example the output of: openssl rand -base64 48",
    "FIELD_KEYS": "comma-separated base64 keys of 32 bytes, newest first: openssl rand -base64 32",
    "INDEX_KEY": "one base64 key of 32 bytes for the blind index; it must never change",
    "DATABASE_URL": "postgres://user:password@host:5432/healthaid",
    "REDIS_URL": "redis://host:6379/0",
    "ALLOWED_HOSTS": "comma-separated host names, for example health.example.gov.cn",
}
DEVELOPMENT = {
    "SECRET_KEY": "development-only-not-a-secret",
    "FIELD_KEYS": "ZGV2ZWxvcG1lbnQtb25seS1maWVsZC1rZXktMzJieXQ=",
    "INDEX_KEY": "ZGV2ZWxvcG1lbnQtb25seS1pbmRleC1rZXktMzJieXQ=",
    "DATABASE_URL": "postgres://healthaid:healthaid@127.0.0.1:5432/healthaid",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1],testserver",
}


def check_production(env: Env) -> None:
    """Raises ImproperlyConfigured with every missing name and how to get a value for it."""
    missing = [name for name in HINTS if not env.str(name, "")]
    if missing:
        listed = "\n".join(f"  {name}: {HINTS[name]}" for name in missing)
        raise ImproperlyConfigured(f"Production needs these environment variables:\n{listed}")


def required(env: Env, name: str) -> str:
    return env.str(name, "") or DEVELOPMENT[name]
