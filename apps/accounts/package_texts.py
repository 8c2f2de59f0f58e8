"""Texts of packages that their own Chinese catalogues lack. Nothing imports this: it stands here so
that ``manage.py messages`` finds them for our catalogue, which Django asks too."""

from django.utils.translation import ngettext_lazy

TEXTS = [
    ngettext_lazy(  # Django's MinimumLengthValidator
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
]
