"""Django settings: no database, no cookie, nothing loaded from elsewhere.

Environment: `MAILLAGE_CLE_SECRETE` (random at each start when absent: nothing is signed yet that
must outlive a restart), `MAILLAGE_HOTES` (host names, comma-separated), `MAILLAGE_DEBOGAGE=1`.
"""

from __future__ import annotations

import os
import secrets
from typing import Any

SECRET_KEY = os.environ.get("MAILLAGE_CLE_SECRETE") or secrets.token_urlsafe(50)
DEBUG = os.environ.get("MAILLAGE_DEBOGAGE") == "1"
ALLOWED_HOSTS = [
    hote.strip()
    for hote in os.environ.get("MAILLAGE_HOTES", "127.0.0.1,localhost,[::1]").split(",")
    if hote.strip()
]

INSTALLED_APPS = ["django.contrib.staticfiles", "maillage.web.territoires", "maillage.web.regles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "maillage.web.config.pages.PageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "maillage.web.config.pages.ErreurMiddleware",
]
ROOT_URLCONF = "maillage.web.config.urls"
WSGI_APPLICATION = "maillage.web.config.wsgi.application"
APPEND_SLASH = True

# Figures live in Parquet files read once; a page asks a database nothing, and has none to ask.
DATABASES: dict[str, Any] = {}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["maillage.web.territoires.templatetags.chiffres"],
            "context_processors": ["maillage.web.config.pages.contexte"],
        },
    }
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # the files of the package are served as they are, nothing to collect
WHITENOISE_MAX_AGE = 3600

# No inline script or style anywhere, no outside request at all.
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "ERROR"}},
}
