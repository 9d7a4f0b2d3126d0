"""Settings, read from the environment. There are two modes, and production is the default.

``WHEREWITHAL_MODE=production``
    needs ``DATABASE_URL``, ``WHEREWITHAL_SECRET_KEY`` and ``WHEREWITHAL_HOSTS``; cookies travel
    over HTTPS only; nothing that is open for trial exists.
``WHEREWITHAL_MODE=trial``
    a made-up council on this machine alone: sign-in by one click, an embedded PostgreSQL where no
    ``DATABASE_URL`` is given. It refuses to start beside any production setting.
"""

import atexit
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "trial")
MODE = os.environ.get("WHEREWITHAL_MODE", "production")
if MODE not in MODES:
    raise ImproperlyConfigured(f"WHEREWITHAL_MODE is {MODE!r}; write one of {', '.join(MODES)}.")
TRIAL = MODE == "trial"
PRODUCTION_ONLY = ("WHEREWITHAL_HOSTS", "WHEREWITHAL_SECRET_KEY")


def required(name: str) -> str:
    """Return a setting that production cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Production needs it; see docs/how-to/run-in-production.md."
            " To try the product with a made-up council, run `make demo`."
        )
    return value


def database(url: str) -> dict[str, object]:
    """Turn ``postgresql://name:password@host:port/database`` into Django's form."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}; it must be a PostgreSQL address like"
            " postgresql://name:password@host:5432/wherewithal."
        )
    place = parts.netloc.rpartition("@")[2]
    host, _, port = (place, "", "") if place.startswith("%2F") else place.partition(":")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "wherewithal",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 1},
    }


def trial_database_url() -> str:
    """Join the embedded server; it stops when the last process that uses it ends."""
    from wherewithal.web.config import postgres  # production never imports it

    server = postgres.join(LOCAL / "postgres")
    atexit.register(server.leave)
    return server.ensure_database("wherewithal")


LOCAL = Path(os.environ.get("WHEREWITHAL_LOCAL", ".local")).absolute()
LETTER_FONTS = (
    Path(os.environ["WHEREWITHAL_FONTS"]) if os.environ.get("WHEREWITHAL_FONTS") else None
)
if LETTER_FONTS is not None and not LETTER_FONTS.is_dir():
    raise ImproperlyConfigured(
        f"WHEREWITHAL_FONTS is {LETTER_FONTS}, and there is no such folder. Name one with fonts in"
        " it, or unset it."
    )
if TRIAL:
    if mixed := [name for name in PRODUCTION_ONLY if os.environ.get(name)]:
        raise ImproperlyConfigured(
            f"WHEREWITHAL_MODE=trial opens sign-in to anyone, and {', '.join(mixed)} belongs to"
            " production. Unset it, or set WHEREWITHAL_MODE=production."
        )
    SECRET_KEY = "a made-up council has no secrets, and production refuses this key"  # noqa: S105
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    DATABASES = {"default": database(os.environ.get("DATABASE_URL") or trial_database_url())}
else:
    SECRET_KEY = required("WHEREWITHAL_SECRET_KEY")
    ALLOWED_HOSTS = required("WHEREWITHAL_HOSTS").split(",")
    DATABASES = {"default": database(required("DATABASE_URL"))}

DEBUG = False
ROOT_URLCONF = "wherewithal.web.config.urls"
WSGI_APPLICATION = "wherewithal.web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "procrastinate.contrib.django",
    "wherewithal.web.tables",
    "wherewithal.web.govuk",
    "wherewithal.web.accounts",
    "wherewithal.web.people",
    "wherewithal.web.books",
    "wherewithal.web.policy",
    "wherewithal.web.assessments",
    "wherewithal.web.plans",
    "wherewithal.web.budgets",
    "wherewithal.web.providers",
    "wherewithal.web.payments",
    "wherewithal.web.statements",
    "wherewithal.web.checks",
    "wherewithal.web.money",
    "wherewithal.web.casework",
    "wherewithal.web.insight",
    "wherewithal.web.interface",
    "wherewithal.web.start",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "wherewithal.web.govuk.environment.environment",
            "context_processors": ["wherewithal.web.config.context.everywhere"],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "start:home"
LOGOUT_REDIRECT_URL = "start:welcome"
SESSION_COOKIE_AGE = 12 * 60 * 60

LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = LOCAL / "static"
WHITENOISE_USE_FINDERS = TRIAL
if TRIAL:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # nothing is collected for a trial
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TRIAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "wherewithal.web.start.views.form_expired"
if not TRIAL:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"]

PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 1}  # a study uses every core there is by itself

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "one-line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "one-line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {  # strangers try every name of a host: answered with 400, and no news
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "django.request": {"level": "ERROR"},  # a page refused or not found is told to who asked
    },
}
