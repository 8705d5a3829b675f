"""And next year? The models that a structure keeps, and the three ways to begin one.

A director opens it in autumn, before the budget: what an hour will bring, the result, the lowest cash of each
scenario that they kept, one line each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse

from maillage.indicators.modele.cadre import TYPES
from maillage.kernel.francais import accorder, format_date
from maillage.kernel.valeur import Absence
from maillage.web.economie.entete import describe
from maillage.web.economie.modele.calculs import read_version
from maillage.web.economie.modele.chiffres import euros, month_of
from maillage.web.economie.modele.comptes import list_types
from maillage.web.economie.models import VersionDeModele
from maillage.web.network.requete import organisation_of
from maillage.web.territoires.tables import Colonne, Ligne, lien_texte, render_table, texte

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from maillage.web.economie.modele.calculs import Lu
    from maillage.web.network.models import Organisation

_COLONNES = (
    Colonne("nom", "Modèle", droite=False),
    Colonne("le", "Dernière version", droite=False),
    Colonne("resultat", "Résultat", "de l’année"),
    Colonne("marge", "Marge d’une heure", "aide comprise"),
    Colonne("bas", "Trésorerie la plus basse"),
    Colonne("quand", "En fin de", droite=False),
)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Every model, by its last version."""
    del pk
    organisation = organisation_of(request)
    lus = _load(organisation)
    contexte = describe(organisation, ("", "Modèles")) | {
        "lus": lus,
        "constat": _find(lus),
        "tableau": _table(organisation, lus),
        "types": TYPES,
        "siens": list_types(organisation),
        "a_des_comptes": organisation.exercices_comptables.filter(is_accepte=True).exists(),
    }
    return render(request, "economie/modeles.html", contexte)


def _load(organisation: Organisation) -> list[Lu]:
    # the versions come the last first: only that one is computed
    versions = Prefetch("versions", VersionDeModele.objects.order_by("-numero"))
    modeles = organisation.modeles_economiques.prefetch_related(versions)
    return [read_version(modele.versions.all()[0]) for modele in modeles]


def _find(lus: list[Lu]) -> str:
    calcules = [lu.calcul.calcule.modele for lu in lus if lu.calcul is not None]
    if not calcules:
        return (
            "Une année à venir en chiffres : ce que coûtera une heure, à partir de combien d’heures vous vous en "
            "sortirez, quand la trésorerie sera au plus bas."
        )
    pertes = sum(modele.resultat < 0 for modele in calcules)
    rouges = sum(modele.tresorerie.point_bas < 0 for modele in calcules)
    return (
        f"{accorder(len(calcules), 'modèle gardé', 'modèles gardés')} : "
        f"{_count(pertes, 'ne finit l’année en perte', 'finit l’année en perte', 'finissent l’année en perte')}, "
        f"{_count(rouges, 'ne passe sous zéro de trésorerie', 'passe sous zéro de trésorerie', 'passent sous zéro')}."
    )


def _count(nombre: int, aucun: str, un: str, plusieurs: str) -> str:
    return accorder(nombre, un, plusieurs) if nombre else f"aucun {aucun}"


def _table(organisation: Organisation, lus: list[Lu]) -> SafeString:
    return render_table(
        "Modèles gardés", _COLONNES, [_row(organisation, lu) for lu in lus], entier=True
    )


def _row(organisation: Organisation, lu: Lu) -> Ligne:
    adresse = reverse("economie-modele", args=[organisation.pk, lu.version.modele_id])
    tete = (lien_texte(adresse, lu.nom), texte(format_date(lu.version.at.date())))
    if lu.calcul is None:
        return Ligne((*tete, *(texte(Absence.INCONNUE.value) for _ in range(4))))
    modele = lu.calcul.calcule.modele
    suite = (
        euros(modele.resultat),
        euros(modele.seuils.marge_aidee, 2),
        euros(modele.tresorerie.point_bas),
        month_of(modele.cadre.debut, modele.tresorerie.mois_bas),
    )
    return Ligne((*tete, *map(texte, suite)))
