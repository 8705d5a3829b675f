"""The table of rights in French.

Whoever gives roles opens it, to answer « what will this role let that person do, and where? ».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from maillage.kernel.francais import typeset
from maillage.web.droits.permissions import TABLE, Permission, Role, portee
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def page(request: HttpRequest) -> HttpResponse:
    """What each role may do, and how far."""
    colonnes = [
        Colonne("permission", "Ce qui est permis", droite=False),
        *(Colonne(role.value, role.libelle.capitalize(), droite=False) for role in Role),
    ]
    lignes = [
        Ligne((texte(_capitalise(p)), *(texte(portee(p, role).value) for role in Role)))
        for p in TABLE
    ]
    contexte = {
        "fil": [("", "Droits")],
        "tableau": render_table("Droits par rôle", colonnes, lignes, entier=True),
        "roles": list(Role),
    }
    return render(request, "network/droits.html", contexte)


def _capitalise(permission: Permission) -> str:
    libelle = typeset(permission.libelle)
    return libelle[:1].upper() + libelle[1:]
