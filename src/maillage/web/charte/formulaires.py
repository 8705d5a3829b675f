"""How a form is drawn: label above, help under it, errors beside the field and summed up on top."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Rendu(TemplatesSetting):
    """Forms are drawn with our templates."""

    form_template_name = "charte/formulaire.html"
    field_template_name = "charte/champ.html"
