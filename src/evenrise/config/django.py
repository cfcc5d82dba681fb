"""Django's settings, made from the one table of options.

Nothing here reads the environment by itself: each setting that a district may change
is an option of `config/options.py`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from evenrise.config import options
from evenrise.config.catalogs import compile_catalogs
from evenrise.config.database import database
from evenrise.config.home import Home
from evenrise.config.mail import mail
from evenrise.config.sign_in import providers


HOME = Home(options.STORE.value().absolute())
WORKSPACE = Path(__file__).parents[1] / "workspace"
SECRET_KEY = HOME.secret_key()
DEBUG = False  # a fault's details never reach a browser
DEMO = options.DEMO.value()
HTTPS = options.HTTPS.value()
ALLOWED_HOSTS = list(options.HOSTS.value())
PORT = options.PORT.value()  # where people reach us without a server before us
POWERS_MINUTES = options.POWERS_MINUTES.value()
REMOVAL_SHARE = options.REMOVAL_SHARE.value()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "evenrise.workspace.foundation.apps.FoundationConfig",
    "evenrise.workspace.people.apps.PeopleConfig",
    "evenrise.workspace.data.apps.DataConfig",
    "evenrise.workspace.insights.apps.InsightsConfig",
    "evenrise.workspace.supports.apps.SupportsConfig",
    "evenrise.workspace.plans.apps.PlansConfig",
    "evenrise.workspace.cycles.apps.CyclesConfig",
    "evenrise.workspace.learning.apps.LearningConfig",
    "evenrise.workspace.reports.apps.ReportsConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "evenrise.workspace.foundation.characters.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "evenrise.workspace.foundation.middleware.PersonsLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenrise.workspace.people.middleware.SignedIn",
    "evenrise.workspace.foundation.middleware.Door",
]
ROOT_URLCONF = "evenrise.config.urls"
WSGI_APPLICATION = "evenrise.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "evenrise.workspace.foundation.furniture.furniture",
            ],
        },
    }
]
FORM_RENDERER = "evenrise.workspace.foundation.form_renderer.PageForms"

DATABASES = {
    "default": database(
        options.DATABASE.value(), options.DATABASE_PASSWORD_FILE.value(), HOME.database
    )
}
# What limits sign-ins must be the same for every process and machine that serves.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Beyond so many the cache throws away at will, also counts of failed sign-ins:
        # with few, somebody who tries many addresses makes it forget.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    "near": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "evenrise.workspace.people.adapters.PersonAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # a steward writes each address down
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no letters from us
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = False
ACCOUNT_RATE_LIMITS = {
    "login": "20/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    # From the public site, without signing in; a library's readers share an address.
    "plan_comment": "40/h/ip",
}
ACCOUNT_FORMS = {"reset_password": "evenrise.workspace.people.forms.reset.EvenReset"}
SOCIALACCOUNT_ADAPTER = "evenrise.workspace.people.adapters.SchoolAccountAdapter"
SOCIALACCOUNT_ONLY = False
# By a link: a form that is sent on to the provider is stopped by our own form-action.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS, _further_apps = providers(
    options.OPEN_ID.value(), options.SAML.value()
)
INSTALLED_APPS += _further_apps
MFA_ADAPTER = "evenrise.workspace.people.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Evenrise"

SESSION_COOKIE_AGE = options.SESSION_MINUTES.value() * 60
SESSION_SAVE_EVERY_REQUEST = False  # renewed at most once a minute, see middleware
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "evenrise.workspace.foundation.faults.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
API_STUDENTS_RATE = "300/m"  # calls for students, by key
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # of a form's fields; files go to the disk
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
LOCALE_PATHS = compile_catalogs(WORKSPACE, HOME.workspace / "locale")
USE_TZ = True
TIME_ZONE = os.environ.get("TZ") or "America/Los_Angeles"

STATIC_URL = "/static/"
STATIC_ROOT = HOME.workspace / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "evenrise.config.statics.HashedFiles",
    },
}
WHITENOISE_USE_FINDERS = False
EMAIL_BACKEND, EMAIL = mail(options.MAIL.value(), HOME.workspace / "mail")
globals().update(EMAIL)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = options.MAIL_FROM.value()
EMAIL_SUBJECT_PREFIX = ""
SILENCED_SYSTEM_CHECKS: list[str] = []

# Addresses in a log can name a student: only the level, the place in our code and a
# sentence of ours are written.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_children": {"()": "evenrise.workspace.foundation.logs.NoChildren"}},
    "handlers": {
        "terminal": {"class": "logging.StreamHandler", "filters": ["no_children"]}
    },
    "root": {"handlers": ["terminal"], "level": "WARNING"},  # every other library
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "ERROR", "propagate": False},
        "evenrise": {"handlers": ["terminal"], "level": "INFO", "propagate": False},
    },
}
