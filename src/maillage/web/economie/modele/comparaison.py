"""Two versions side by side: which ones may be, and the tables of what parts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.modele.comparaison import compare_modeles
from maillage.indicators.modele.cles import Unite
from maillage.kernel.francais import format_date, format_nombre
from maillage.kernel.valeur import Absence
from maillage.web.economie.modele.adresses import is_rang
from maillage.web.economie.modele.calculs import name_texte
from maillage.web.economie.modele.chiffres import format_chiffre, month_of, signed
from maillage.web.economie.modele.tableaux import table
from maillage.web.economie.models import VersionDeModele
from maillage.web.territoires.tables import Colonne

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from maillage.analyses.modele.comparaison import Comparaison, Reponse
    from maillage.analyses.modele.hypotheses import Chiffre, ModeleCalcule
    from maillage.web.network.models import Organisation

VERSIONS_MAX = 100
"""Versions that are proposed: the latest ones."""
_MOIS_BAS = "mois_bas"
_ABSENT = "n’y est pas"


def list_autres(organisation: Organisation, version: VersionDeModele) -> list[tuple[str, str]]:
    """Every other version that the structure keeps, by what the address says: « 4-2 »."""
    versions = VersionDeModele.objects.filter(modele__organisation=organisation)
    return [
        (f"{une.modele_id}-{une.numero}", _name(une))
        for une in versions.order_by("-at", "-pk")[:VERSIONS_MAX]
        if une.pk != version.pk
    ]


def find_autre(organisation: Organisation, code: str) -> VersionDeModele | None:
    """The version that an address names; None when the structure has none such."""
    modele, _, numero = code.partition("-")
    if not (is_rang(modele) and is_rang(numero)):
        return None
    return VersionDeModele.objects.filter(
        modele__organisation=organisation, modele_id=int(modele), numero=int(numero)
    ).first()


def _name(version: VersionDeModele) -> str:
    nom = name_texte(version.texte)
    return f"{nom}, version {version.numero} du {format_date(version.at.date())}"


def compare(ici: ModeleCalcule, autre: ModeleCalcule, noms: tuple[str, str]) -> list[SafeString]:
    """Tables of two models: what they answer, the figures, the readings that differ."""
    comparaison = compare_modeles(ici, autre)
    colonnes = [Colonne("ici", noms[0]), Colonne("autre", noms[1])]
    reponses = table(
        "Ce qu’ils répondent",
        [Colonne("quoi", "Réponse", droite=False), *colonnes, Colonne("ecart", "Écart")],
        [_row(r, ici, autre) for r in comparaison.reponses],
    )
    return [reponses, *_list_differences(comparaison, colonnes)]


def _row(reponse: Reponse, ici: ModeleCalcule, autre: ModeleCalcule) -> tuple[str, ...]:
    if reponse.code == _MOIS_BAS:
        mois = [
            month_of(un.modele.cadre.debut, un.modele.tresorerie.mois_bas) for un in (ici, autre)
        ]
        return ("Elle est la plus basse en fin de", *mois, Absence.SANS_OBJET.value)
    decimales = 2 if reponse.unite == Unite.EUROS_HEURE.value else 0
    valeurs = [
        un.value if isinstance(un, Absence) else f"{format_nombre(un, decimales)} {reponse.unite}"
        for un in (reponse.avant, reponse.apres)
    ]
    ecart = reponse.ecart
    montre = ecart.value if isinstance(ecart, Absence) else signed(ecart, reponse.unite, decimales)
    return (reponse.libelle, *valeurs, montre)


def _list_differences(comparaison: Comparaison, colonnes: list[Colonne]) -> list[SafeString]:
    tables = []
    tete = Colonne("quoi", "Hypothèse", droite=False)
    if comparaison.differences:
        lignes = [
            (
                d.libelle,
                *(_tell(c, Unite(d.unite), d.chemin) for c in (d.avant, d.apres)),
            )
            for d in comparaison.differences
        ]
        tables.append(table("Les hypothèses qui diffèrent", [tete, *colonnes], lignes))
    if comparaison.lectures:
        tables.append(table("Les lectures qui diffèrent", [tete, *colonnes], comparaison.lectures))
    return tables


def _tell(chiffre: Chiffre | None, unite: Unite, chemin: str) -> str:
    if chiffre is None:
        return _ABSENT
    return f"{format_chiffre(chiffre.valeur, unite, chemin)} ({chiffre.origine.value})"
