"""Payment: a twelfth each month, corrected by the real occupation of the posts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from django.utils.html import format_html

from maillage.kernel.francais import format_date, typeset
from maillage.kernel.money import CENTIMES_PAR_EURO, Centimes, format_euros
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM
from maillage.regles.versement.annexe import Annexe
from maillage.regles.versement.calendrier import calendrier
from maillage.regles.versement.hypotheses import HYPOTHESES, Lecture
from maillage.regles.versement.regimes import read_regime
from maillage.web.regles.calculettes.etp import CALCULETTE
from maillage.web.regles.droit import lien_chiffre, url_valeur
from maillage.web.regles.fiches.modele import Courbe, Fiche, Legende
from maillage.web.regles.montants import chemin_socle
from maillage.web.regles.series import Serie, Trace
from maillage.web.regles.valeurs import feuilles_de, table_historique
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.versement.calendrier import LigneVersement

CHEMIN_MOIS = "versement.mois_regularisation"
_TYPE, _DEBUT, _FIN = "ACI", date(2020, 1, 1), date(2020, 12, 31)
_CONVENTIONNES, _REALISES = Decimal(12), Decimal(11)
"""The example: one post in twelve is empty all year long."""
_ADRESSE = (
    f"/regles/calculateur/?type={_TYPE}&territoire={METROPOLE_DROM}&etp={_CONVENTIONNES}"
    f"&debut={_DEBUT:%d/%m/%Y}&fin={_FIN:%d/%m/%Y}"
    + "".join(f"&m{rang}={_REALISES}" for rang in range(1, 13))
)
_COLONNES = (
    Colonne("mois", "Mois", droite=False),
    Colonne("avance", "Avance"),
    Colonne("regularisation", "Régularisation"),
    Colonne("verse", "Versé"),
    Colonne("cumul", "Versé", "depuis le début"),
    Colonne("droit", "Droit acquis", "depuis le début"),
    Colonne("explication", "Explication", droite=False),
)


@cache
def _schedule(unitaire: Centimes) -> tuple[LigneVersement, ...]:
    annexe = Annexe(_DEBUT, _FIN, _CONVENTIONNES, unitaire)
    return calendrier(annexe, [_REALISES] * annexe.duree_mois)


def list_lignes(legislation: Legislation) -> tuple[LigneVersement, ...]:
    """Schedule of the example, month by month.

    Raises:
        PeriodeNonModelisee: the amount of the example is not known.
    """
    socle = legislation.resolve(chemin_socle(METROPOLE_DROM, _TYPE), _DEBUT).valeur
    return _schedule(Centimes.from_euros(str(socle)))


def constat(legislation: Legislation) -> SafeString:
    """The rule, and what an empty post costs in the example."""
    feuille = legislation.leaf(CHEMIN_MOIS)
    derniere = feuille.valeurs[-1]
    lignes = list_lignes(legislation)
    convenu = sum((ligne.avance for ligne in lignes), Centimes(0))
    return format_html(
        "Un douzième de l’aide est versé chaque mois, puis corrigé par l’occupation réelle des postes, "
        'dans la limite de la convention (<a href="{}">{}</a>). Avec {} ETP réalisés pour {} '
        "conventionnés en {}, un {} reçoit {} sur {}.",
        url_valeur(CHEMIN_MOIS, derniere.date_effet),
        typeset(read_regime(derniere.valeur).texte),
        _REALISES,
        _CONVENTIONNES,
        _DEBUT.year,
        _TYPE,
        lien_chiffre(_montant(lignes[-1].cumul), _ADRESSE),
        format_euros(convenu),
    )


def legende(legislation: Legislation) -> Legende:
    """Words of the curve."""
    lignes = list_lignes(legislation)
    reprises = [
        -ligne.regularisation.nombre
        for ligne in lignes
        if isinstance(ligne.regularisation, Centimes) and ligne.regularisation.nombre < 0
    ]
    return Legende(
        "Les avances dépassent le droit, puis chaque régularisation reprend la différence",
        f"{_REALISES} ETP réalisés pour {_CONVENTIONNES} conventionnés, {_TYPE}, "
        f"{_DEBUT.year}\u202f: {len(reprises)} reprises, {format_euros(Centimes(sum(reprises)))} en tout",
        "exemple calculé par les règles, lectures par défaut.",
    )


def trace(legislation: Legislation) -> Trace:
    """What is paid beyond the right acquired, month by month."""
    points = tuple(
        (ligne.rang, (ligne.cumul - ligne.droit_a_date).nombre / CENTIMES_PAR_EURO)
        for ligne in list_lignes(legislation)
        if isinstance(ligne.cumul, Centimes) and isinstance(ligne.droit_a_date, Centimes)
    )
    return Trace(
        (Serie("versé au-delà du droit acquis", points),),
        "euros, depuis le début de l’annexe",
        "mois de l’annexe, puis le mois qui suit la fin",
        paliers=False,
        legende=True,
    )


def tables(legislation: Legislation) -> list[SafeString]:
    """The example month by month, then the texts over time."""
    lignes = [
        Ligne(
            (
                texte(ligne.mois.libelle),
                *(
                    texte(_montant(montant))
                    for montant in (
                        ligne.avance,
                        ligne.regularisation,
                        ligne.verse,
                        ligne.cumul,
                        ligne.droit_a_date,
                    )
                ),
                texte(ligne.explication),
            )
        )
        for ligne in list_lignes(legislation)
    ]
    titre = f"Versement de l’exemple, du {format_date(_DEBUT)} au {format_date(_FIN)}"
    return [
        render_table(titre, _COLONNES, lignes, entier=True),
        table_historique(
            legislation, "Ce que disent les textes", feuilles_de(legislation, "versement")
        ),
    ]


def _montant(montant: Centimes | Absence) -> str:
    return montant.value if isinstance(montant, Absence) else format_euros(montant)


def _list_lectures() -> tuple[str, ...]:
    """Every reading, the one used marked."""
    prises = tuple(HYPOTHESES)
    toutes: tuple[Lecture, ...] = tuple(lecture for prise in prises for lecture in type(prise))
    return tuple(
        f"{lecture.value} {'(lecture prise)' if lecture in prises else '(autre lecture)'}"
        for lecture in toutes
    )


FICHE = Fiche(
    code="versement",
    slug="versement",
    titre="Le versement, mois par mois",
    resume="Un douzième chaque mois, des régularisations sur l’occupation réelle, un plafond.",
    constat=constat,
    tables=tables,
    titre_tables="L’exemple, et les textes dans le temps",
    lectures=_list_lectures(),
    courbe=Courbe(legende, trace),
    calculette=CALCULETTE,
)
