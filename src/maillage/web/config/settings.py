"""Django settings."""

SECRET_KEY = "x"
