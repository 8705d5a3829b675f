"""Django settings. What the machine may change is in `environnement.py`, documented and checked."""

from __future__ import annotations

import os
from typing import Any

from maillage.data.store import data_dir
from maillage.web.accounts.openid.profils import describe_fournisseur
from maillage.web.accounts.reglages import FORMULAIRES_COMPTE, FORMULAIRES_FACTEUR, LIMITES
from maillage.web.config import environnement
from maillage.web.config.base import describe_base
from maillage.web.config.cle import load_cle

REGLAGES = environnement.read_reglages(os.environ)
REGLAGES_DOCUMENTES = environnement.REGLAGES
DONNEES = data_dir()

SECRET_KEY = REGLAGES.cle_secrete or load_cle(DONNEES)
DEBUG = REGLAGES.debogage
DEMONSTRATION = REGLAGES.demonstration
ALLOWED_HOSTS = list(REGLAGES.hotes)
ADRESSE_PUBLIQUE = REGLAGES.adresse_publique
CSRF_TRUSTED_ORIGINS = [ADRESSE_PUBLIQUE]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "maillage.web.charte",
    "maillage.web.travaux",
    "maillage.web.journal",
    "maillage.web.accounts",
    "maillage.web.accounts.openid",
    "maillage.web.network",
    "maillage.web.pilotage",
    "maillage.web.economie",
    "maillage.web.panel",
    "maillage.web.territoires",
    "maillage.web.regles",
    "maillage.web.publications",
    "maillage.web.questionnaire",
    "maillage.web.dialogue",
    "maillage.web.espace",
    "maillage.web.administration",
    "maillage.web.demonstration",
    # after ours: our templates win
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "maillage.web.config.pages.PageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "maillage.web.config.acces.AccesMiddleware",
    "maillage.web.config.pages.ErreurMiddleware",
]
ROOT_URLCONF = "maillage.web.config.urls"
WSGI_APPLICATION = "maillage.web.config.wsgi.application"
APPEND_SLASH = True

# Public figures live in Parquet files read once; people, organisations and texts live here.
DATABASES: dict[str, Any] = {
    "default": describe_base(REGLAGES.base, DONNEES, demonstration=DEMONSTRATION)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Counters of attempts are shared by the processes of the site, through the same database.
CACHES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "maillage.web.territoires.templatetags.chiffres",
                "maillage.web.charte.templatetags.typographie",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.web.config.pages.contexte",
            ],
        },
    }
]
FORM_RENDERER = "maillage.web.charte.formulaires.Rendu"

# Signing in
AUTH_USER_MODEL = "accounts.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "prenom", "nom")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "espace"
ACCOUNT_ADAPTER = "maillage.web.accounts.adapter.Adaptateur"
ACCOUNT_FORMS = FORMULAIRES_COMPTE
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # each change of the account is told by e-mail
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = LIMITES
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session goes on; the others end
ACCOUNT_LOGOUT_REDIRECT_URL = "accueil"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if REGLAGES.is_https else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = REGLAGES.mandataires
MFA_ADAPTER = "maillage.web.accounts.facteurs.AdaptateurFacteurs"
MFA_FORMS = FORMULAIRES_FACTEUR
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Maillage"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute late
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up alone: an address being changed blocks nobody
# browsers accept passkeys without TLS on the machine itself only
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not REGLAGES.is_https
USERSESSIONS_TRACK_ACTIVITY = True
# OpenID Connect: known persons only, recognised by an address that the provider answers for
SOCIALACCOUNT_ADAPTER = "maillage.web.accounts.openid.adaptateur.AdaptateurOpenId"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = describe_fournisseur(
    emetteur=REGLAGES.oidc_emetteur,
    client=REGLAGES.oidc_client,
    secret=REGLAGES.oidc_secret,
    nom=REGLAGES.oidc_nom,
    profil=REGLAGES.oidc_profil,
)

# Background work: its queue stands in the same database
TASKS: dict[str, Any] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Files joined to publications
PIECES_JOINTES = DONNEES / "fichiers" / "pieces-jointes"  # saved by `maillage admin sauvegarder`

# Files of an import asked for on the site: they wait there for the background worker, then go
DEPOTS_EXTRAITS = DONNEES / ("depots-demonstration" if DEMONSTRATION else "depots-extraits")

# Cookies and transport
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = REGLAGES.is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "maillage-session"
CSRF_COOKIE_NAME = "maillage-formulaire"
CSRF_FAILURE_VIEW = "maillage.web.charte.erreurs.formulaire_perime"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if REGLAGES.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = REGLAGES.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if REGLAGES.is_https else None

# Mail
DEFAULT_FROM_EMAIL = SERVER_EMAIL = REGLAGES.expediteur
EMAIL_SUBJECT_PREFIX = ""
EMAIL_TIMEOUT = 20
EMAIL_HOST = REGLAGES.courrier.serveur
EMAIL_PORT = REGLAGES.courrier.port
EMAIL_HOST_USER = REGLAGES.courrier.utilisateur
EMAIL_HOST_PASSWORD = REGLAGES.courrier.mot_de_passe
EMAIL_USE_TLS = REGLAGES.courrier.tls == "starttls"
EMAIL_USE_SSL = REGLAGES.courrier.tls == "tls"
EMAIL_FILE_PATH = DONNEES / "courriels"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)

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
