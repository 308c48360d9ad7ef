"""All settings. Values come from environment variables alone; with none it runs embedded, on one machine.

``deploy/README.md`` tells each variable, its default and what it is for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.management.utils import get_random_secret_key

from portal import env, login

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where and how -------------------------------------------------------------------------------------------------
HOME = env.folder("HOME", default=BASE_DIR / ".vitrine")
PORT = env.number("PORT", default=8000)
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.kept_secret("SECRET_KEY", file=HOME / "secret_key", make=get_random_secret_key)
PUBLIC_URL = env.text("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS", default="127.0.0.1,localhost,[::1]"), urlsplit(PUBLIC_URL).hostname or ""]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "apps.web.failures.without_token"
FACILITY = env.text("FACILITY", default="")
LOG_LEVEL = env.text("LOG_LEVEL", default="INFO")

# --- where people sign in, beside here ------------------------------------------------------------------------------
LOGIN_PROVIDERS = login.read_providers(env.secret("LOGIN_PROVIDERS"))

# --- what it is made of --------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    *login.allauth_apps(LOGIN_PROVIDERS),
    "allauth.mfa",
    "allauth.usersessions",
    "apps.accounts",
    "apps.access",
    "apps.search",
    "apps.storage",
    "apps.transfer",
    "apps.flows",
    "apps.timers",
    "apps.triggers",
    "apps.publish",
    "apps.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.common.middleware.ContentSecurityPolicy",
    "apps.common.middleware.CollapseSlashes",
    "apps.common.middleware.Compress",
    "apps.access.middleware.RememberAccess",
    "apps.accounts.middleware.TellOrigin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.accounts.middleware.LeaveByPage",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.web.context.portal",
            ],
            "builtins": ["apps.web.icons", "apps.web.account_nav"],
        },
    }
]

# --- database ------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(env.secret("DATABASE_URL", default=f"sqlite:///{HOME / 'vitrine.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A writer takes its lock at the start and waits for it, instead of failing in the middle; what is committed is on
    # disk (synchronous=FULL), because an acknowledged ingest must be.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60  # Opening one takes longer than most questions.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache: what all processes must count together, such as how often a password was tried ---------------------------
CACHES = {"default": env.cache("CACHE_URL", default="database://")}

# --- search --------------------------------------------------------------------------------------------------------
SEARCH_TIMEOUT_S = env.number("SEARCH_TIMEOUT_S", default=30)
SEARCH_BACKENDS: dict[str, tuple[str, dict[str, Any]]] = {
    "tantivy": (
        "apps.search.backends.tantivy.TantivyBackend",
        {"folder": HOME / "search", "timeout_s": SEARCH_TIMEOUT_S},
    ),
    "opensearch": (
        "apps.search.backends.opensearch.OpenSearchBackend",
        {
            "url": env.text("OPENSEARCH_URL", default="http://127.0.0.1:9200"),
            "username": env.text("OPENSEARCH_USERNAME", default=""),
            "password": env.secret("OPENSEARCH_PASSWORD"),
            "prefix": env.text("OPENSEARCH_PREFIX", default="vitrine"),
            "replicas": env.number("OPENSEARCH_REPLICAS", default=0),
            "verify_certs": env.flag("OPENSEARCH_VERIFY_CERTS", default=True),
            "timeout_s": SEARCH_TIMEOUT_S,
        },
    ),
}
SEARCH_BACKEND = env.text("SEARCH_BACKEND", default="tantivy")
SEARCH_FIELD_BUDGET = env.number("SEARCH_FIELD_BUDGET", default=1000)
INGEST_MAX_BYTES = env.number("INGEST_MAX_BYTES", default=100_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = INGEST_MAX_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Forms of metadata: a list in one has up to 1,500 inputs.

# --- background work -----------------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.secret("BROKER_URL", default="filesystem://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False  # A message is a doorbell: the rows hold the work, and the sweeper rings again.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
if CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_URL += "localhost"  # Kombu warns of a URL without a host, though a folder has none.
    for name in ("messages", "control"):
        (HOME / "broker" / name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(HOME / "broker" / "messages"),
        "data_folder_out": str(HOME / "broker" / "messages"),
        "control_folder": str(HOME / "broker" / "control"),
        "polling_interval": 0.05,
    }
    # The folder holds doorbells of this one worker, and cannot fan out Celery's events and remote control.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
    CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TASK_ROUTES = {"apps.transfer.tasks.*": {"queue": "transfer"}}  # large files keep nobody's ingest waiting
CELERY_BEAT_SCHEDULE = {
    "search-sweep": {"task": "apps.search.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "transfer-sweep": {"task": "apps.transfer.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "flows-sweep": {"task": "apps.flows.tasks.sweep", "schedule": 2.0, "options": {"expires": 2}},
    "timers-strike": {"task": "apps.timers.tasks.strike", "schedule": 1.0, "options": {"expires": 2}},
    "triggers-sweep": {"task": "apps.triggers.tasks.sweep", "schedule": 2.0, "options": {"expires": 2}},
    "publish-sweep": {"task": "apps.publish.tasks.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "jobs-sweep": {"task": "apps.flows.tasks.sweep_jobs", "schedule": 5.0, "options": {"expires": 5}},
    "actions-clear": {"task": "apps.flows.tasks.forget_actions", "schedule": 600.0, "options": {"expires": 600}},
    "flows-forget-runs": {"task": "apps.flows.tasks.forget_runs", "schedule": 3600.0, "options": {"expires": 3600}},
    "timers-forget": {"task": "apps.timers.tasks.forget_turns", "schedule": 3600.0, "options": {"expires": 3600}},
    "triggers-forget": {"task": "apps.triggers.tasks.forget_firings", "schedule": 3600.0, "options": {"expires": 3600}},
    "storage-clear": {"task": "apps.storage.tasks.clear_uploads", "schedule": 3600.0, "options": {"expires": 3600}},
    "accounts-clear": {"task": "apps.accounts.tasks.clear_ended", "schedule": 3600.0, "options": {"expires": 3600}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(HOME / "beat")
WORKER_THREADS = env.number("WORKER_THREADS", default=4)
TRANSFER_TURNS = env.number("TRANSFER_TURNS", default=4)
TRANSFER_TURNS_PER_PERSON = env.number("TRANSFER_TURNS_PER_PERSON", default=2)
TRANSFER_TURNS_PER_STORAGE = env.number("TRANSFER_TURNS_PER_STORAGE", default=4)
TRANSFER_PROCESSES = env.number("TRANSFER_PROCESSES", default=0)
TRANSFER_FILES_AT_ONCE = env.number("TRANSFER_FILES_AT_ONCE", default=8)
WATCH_LEASE_S = env.number("WATCH_LEASE_S", default=10)

# --- flows ---------------------------------------------------------------------------------------------------------
FLOW_ACTIONS = [
    "apps.flows.actions.hello_world.HelloWorld",
    "apps.flows.actions.files.transfer.Transfer",
    "apps.flows.actions.files.delete.Delete",
    "apps.flows.actions.files.set_permission.SetPermission",
    "apps.flows.actions.files.ls.Ls",
    "apps.flows.actions.files.mkdir.Mkdir",
    "apps.flows.actions.files.stat.Stat",
    "apps.flows.actions.files.collection_info.CollectionInfo",
    "apps.flows.actions.files.wait_for_files.WaitForFiles",
    "apps.flows.actions.objects.get_object.GetObject",
    "apps.flows.actions.objects.list_objects.ListObjects",
    "apps.flows.actions.objects.put_object.PutObject",
    "apps.flows.actions.search.SearchIngest",
    "apps.flows.actions.search.SearchDelete",
    "apps.flows.actions.search.SearchQuery",
    "apps.flows.actions.expression_eval.ExpressionEvaluation",
    "apps.flows.actions.notification.Notification",
    "apps.flows.actions.identifier.providers.Identifiers",
    "apps.flows.actions.identifier.providers.DataCiteMint",
    "apps.flows.actions.people.selection.UserSelection",
    "apps.flows.actions.people.form.UserForm",
    "apps.flows.actions.people.web_option.WebOptions",
    "apps.flows.actions.describe.Describe",
    "apps.flows.actions.compute.Compute",
    "apps.publish.actions.copy.Copy",
    "apps.publish.actions.permit.Permit",
    "apps.publish.actions.reserve.Reserve",
    "apps.publish.actions.ingest.Ingest",
    "apps.publish.actions.release.Release",
    "apps.publish.actions.take_back.TakeBack",
]
ACTION_HOSTS = env.words("ACTION_HOSTS", default="127.0.0.1,localhost,::1")
NOTIFY_ANYONE = env.flag("NOTIFY_ANYONE", default=False)
COMPUTE_AT_ONCE = env.number("COMPUTE_AT_ONCE", default=2)
GLOBUS_COMPUTE_CLIENT_ID = env.text("GLOBUS_COMPUTE_CLIENT_ID", default="")
GLOBUS_COMPUTE_CLIENT_SECRET = env.secret("GLOBUS_COMPUTE_CLIENT_SECRET")
MINTERS = env.words("MINTERS", default="")
DATACITE_URL = env.text("DATACITE_URL", default="https://api.datacite.org")
DATACITE_PREFIX = env.text("DATACITE_PREFIX", default="")
DATACITE_USERNAME = env.text("DATACITE_USERNAME", default="")
DATACITE_PASSWORD = env.secret("DATACITE_PASSWORD")
RUNS_KEPT_DAYS = env.number("RUNS_KEPT_DAYS", default=0)
LONGEST_RUN_DAYS = env.number("LONGEST_RUN_DAYS", default=365)

# --- people --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["apps.accounts.adapter.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = env.text("EMAIL_VERIFICATION", default="none")
ACCOUNT_ADAPTER = "apps.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "apps.accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = login.allauth_providers(LOGIN_PROVIDERS)
SOCIALACCOUNT_EMAIL_REQUIRED = ACCOUNT_EMAIL_VERIFICATION == "mandatory"  # Many providers tell none, ORCID among them.
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # Whom a trusted provider's address matches has its identity.
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # A session left open must not become a way in for somebody else.
ACCOUNT_PREVENT_ENUMERATION = "strict"  # Who signs up with an address that is taken is not told so.
ACCOUNT_RATE_LIMITS = {"invitation": "20/m/ip", "referee": "30/m/ip"}
SIGNUP = env.text("SIGNUP", default="open")
ACCESS_TOKEN_S = env.number("ACCESS_TOKEN_S", default=172_800)
REFRESH_TOKEN_DAYS = env.number("REFRESH_TOKEN_DAYS", default=180)
FAILURES_ALLOWED = env.number("FAILURES_ALLOWED", default=30)
MFA_ADAPTER = "apps.accounts.second_step.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "apps.accounts.forms.passkeys.PasskeyForm"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = f"Vitrine {FACILITY}".strip()
MFA_TOTP_TOLERANCE = 1  # Clocks of phones are off by some seconds.
MFA_ALLOW_UNVERIFIED_EMAIL = ACCOUNT_EMAIL_VERIFICATION == "none"  # No address is ever verified then.
IDENTITY_PROVIDER = env.text("IDENTITY_PROVIDER", default="vitrine.local")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", default="")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_PORT = env.number("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 15  # Seconds: whoever sends a mail waits for it, the mover of transfers too.
ACCOUNT_EMAIL_NOTIFICATIONS = bool(EMAIL_HOST)  # Of a new way in and the like, where mail reaches people.
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", default="vitrine@localhost")

# --- the web -------------------------------------------------------------------------------------------------------
IS_HTTPS = PUBLIC_URL.startswith("https://")
if not IS_HTTPS:  # On one machine, or while trying out: authlib takes the administrator's word for it this way alone.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
HSTS_SECONDS = env.number("HSTS_SECONDS", default=2_592_000)
SECURE_HSTS_SECONDS = HSTS_SECONDS if IS_HTTPS else 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # Browsers themselves allow passkeys without TLS on localhost alone.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
IS_BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_BEHIND_PROXY else None
# The web server speaks plain HTTP: only a proxy that is believed can say which requests came so to the proxy, too.
SECURE_SSL_REDIRECT = IS_HTTPS and IS_BEHIND_PROXY
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # Whether all hosts beneath this one speak HTTPS, the portal cannot know,
    "security.W021",  # and so it may not ask browsers to be told of it for ever.
]
if not IS_BEHIND_PROXY:
    SILENCED_SYSTEM_CHECKS.append("security.W008")  # A redirect would lead in circles; here the proxy redirects.
ALLAUTH_TRUSTED_PROXY_COUNT = int(IS_BEHIND_PROXY)  # Else all visitors would share the proxy's rate limit.
MESSAGE_TAGS = {10: "info", 20: "info", 25: "ok", 30: "warn", 40: "bad"}  # The tones of the style sheets.
X_FRAME_OPTIONS = "DENY"
APPEND_SLASH = False
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.authentication.BearerToken",
        "apps.accounts.authentication.Session",
    ],
    "DEFAULT_RENDERER_CLASSES": ["apps.common.rendering.QuickJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a parameter of ours: REST framework would answer 404 to ndjson.
    "EXCEPTION_HANDLER": "apps.common.http.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {  # how the API of publishing is described (apps/publish/api/schema.py)
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_REQUEST": False,
    "COMPONENT_SPLIT_PATCH": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [],  # the one that there is gives enumerations names, which are no better than none
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = HOME / "static"
WHITENOISE_MAX_AGE = 31_536_000 if not DEBUG else 0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.static_files.StaticFiles"
    },
}
NGINX_FILES = env.places("NGINX_FILES", default="")
WEB_PROCESSES = env.number("WEB_PROCESSES", default=2)
WEB_THREADS = env.number("WEB_THREADS", default=8)
WEB_BIND = env.text("WEB_BIND", default="127.0.0.1")

# --- the sample (manage.py load_sample) ----------------------------------------------------------------------------
DEMO_PASSWORD = env.secret("DEMO_PASSWORD")

# --- language, time and log ----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # They tell each request; what fails reaches us as an error.
    "loggers": {"opensearch": {"level": "ERROR"}, "azure": {"level": "WARNING"}},
}
