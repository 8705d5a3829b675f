"""Every dated amount of the aide au poste, gaps included, and the share of the SMIC it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from maillage.kernel.francais import ESPACE_FINE, format_date, format_nombre, typeset
from maillage.regles.aide_au_poste.lignes import (
    BAREMES_SOCLE,
    MAYOTTE,
    METROPOLE_DROM,
    MILIEU_PENITENTIAIRE,
    TYPES_SIAE,
)
from maillage.regles.engine.projection import CHEMIN_SMIC
from maillage.web.regles.droit import (
    lien_datee,
    lien_derive,
    lien_valeur,
    manques_de,
    render_references,
    texte_confiance,
    texte_jour,
)
from maillage.web.territoires.tables import Cellule, Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import Feuille, ValeurDatee, ValeurLegale
    from maillage.web.regles.droit import Manque

NOMS_TERRITOIRES = {
    METROPOLE_DROM: "Métropole et outre-mer, hors Mayotte",
    MAYOTTE: "Mayotte",
    MILIEU_PENITENTIAIRE: "Milieu pénitentiaire",
}
NOMS_TYPES = {
    "AI": "association intermédiaire (AI)",
    "ACI": "atelier ou chantier d’insertion (ACI)",
    "EI": "entreprise d’insertion (EI)",
    "ETTI": "entreprise de travail temporaire d’insertion (ETTI)",
    "EITI": "entreprise d’insertion par le travail indépendant (EITI)",
}
TYPES_COURBE = ("ACI", "EI", "ETTI", "AI")
"""Kinds drawn against the SMIC, from the highest; the series of the EITI has too many gaps."""

_COLONNES = (
    Colonne("type", "Type", "et date d’effet", droite=False),
    Colonne("montant", "Montant", "par ETP et par an"),
    Colonne("publication", "Publié le", droite=False),
    Colonne("texte", "Texte ou source", droite=False),
    Colonne("confiance", "Confiance", droite=False),
)


@dataclass(frozen=True, slots=True)
class Part:
    """Aid of one hour as a share of the hourly SMIC, on the day an amount takes effect.

    Attributes:
        type_siae: Kind of structure.
        montant, heures, smic: The three legal values that it rests on.
        taux: Amount ÷ hours of an ETP ÷ hourly SMIC.
    """

    type_siae: str
    montant: ValeurLegale
    heures: ValeurLegale
    smic: ValeurLegale
    taux: Decimal

    @property
    def date_effet(self) -> date:
        """Day the amount takes effect."""
        return self.montant.date_effet

    @property
    def texte(self) -> str:
        """In French, two decimals."""
        return f"{format_nombre(self.taux * 100, 2)}{ESPACE_FINE}%"


def chemin_socle(territoire: str, type_siae: str) -> str:
    """Path of the amounts of a kind where the posts are."""
    return f"aide_au_poste.{BAREMES_SOCLE[territoire]}.{type_siae}"


def list_parts(legislation: Legislation, type_siae: str) -> tuple[Part, ...]:
    """Share of the SMIC at each step of the amounts, from the legal values alone.

    Raises:
        PeriodeNonModelisee: the SMIC or the hours of an ETP are not known on the day of a step.
    """
    chemin = chemin_socle(METROPOLE_DROM, type_siae)
    jours = [datee.date_effet for datee in legislation.leaf(chemin).valeurs]
    return tuple(_part(legislation, type_siae, jour) for jour in jours)


def _part(legislation: Legislation, type_siae: str, jour: date) -> Part:
    montant = legislation.resolve(chemin_socle(METROPOLE_DROM, type_siae), jour)
    heures = legislation.resolve(f"aide_au_poste.heures_par_etp.{type_siae}", jour)
    smic = legislation.resolve(CHEMIN_SMIC, jour)
    taux = _exact(montant) / _exact(heures) / _exact(smic)
    return Part(type_siae, montant, heures, smic, taux)


def _exact(legale: ValeurLegale) -> Decimal:
    """The number of a legal value, as the text writes it."""
    return Decimal(str(legale.valeur))


def phrase_horizon(legislation: Legislation) -> str:
    """Until when the amounts are known, and why they are not after."""
    feuilles = [legislation.leaf(chemin_socle(METROPOLE_DROM, code)) for code in TYPES_SIAE]
    fins = {
        (feuille.valable_jusqu_au, feuille.au_dela)
        for feuille in feuilles
        if feuille.valable_jusqu_au is not None
    }
    return " ".join(
        typeset(
            f"Les derniers montants connus valent jusqu’au {format_date(jour)} ; ceux d’après ne le "
            f"sont pas : {pourquoi}."
        )
        for jour, pourquoi in sorted(fins)
    )


def describe_derniers(legislation: Legislation) -> list[dict[str, object]]:
    """Last amount of each kind of structure, as key figures."""
    return [_dernier(legislation, type_siae) for type_siae in TYPES_SIAE]


def _dernier(legislation: Legislation, type_siae: str) -> dict[str, object]:
    feuille = legislation.leaf(chemin_socle(METROPOLE_DROM, type_siae))
    datee = feuille.valeurs[-1]
    nom = NOMS_TYPES[type_siae]
    parts = list_parts(legislation, type_siae) if type_siae in TYPES_COURBE else ()
    return {
        "nom": f"{nom[:1].upper()}{nom[1:]}",
        "montant": lien_datee(legislation, feuille, datee),
        "depuis": format_date(datee.date_effet),
        "part": parts[-1].texte if parts else "",
    }


def table_parts(legislation: Legislation) -> SafeString:
    """The share of the SMIC of the AI at each step, with the three values it is made of."""
    colonnes = (
        Colonne("effet", "Date d’effet", droite=False),
        Colonne("montant", "Montant AI", "par ETP et par an"),
        Colonne("heures", "Heures d’un ETP", "par an"),
        Colonne("smic", "SMIC", "par heure"),
        Colonne("part", "Aide d’une heure", "en part du SMIC"),
    )
    lignes = [
        Ligne(
            (
                texte(format_date(part.date_effet)),
                Cellule(lien_valeur(part.montant)),
                Cellule(lien_derive(_heures(part), part.heures)),
                Cellule(lien_valeur(part.smic)),
                texte(part.texte),
            )
        )
        for part in reversed(list_parts(legislation, "AI"))
    ]
    titre = "Aide d’une heure en AI, en part du SMIC horaire"
    return render_table(titre, colonnes, lignes, entier=True)


def table_types(legislation: Legislation) -> SafeString:
    """The same share for each kind that is drawn, latest first: what the chart shows, in figures."""
    par_type = {t: {p.date_effet: p for p in list_parts(legislation, t)} for t in TYPES_COURBE}
    jours = sorted({jour for parts in par_type.values() for jour in parts}, reverse=True)
    colonnes = (Colonne("effet", "Date d’effet", droite=False), *(Colonne(t, t) for t in par_type))
    lignes = [
        Ligne(
            (
                texte(format_date(jour)),
                *(_cellule_part(parts, jour) for parts in par_type.values()),
            )
        )
        for jour in jours
    ]
    titre = "Aide d’une heure en part du SMIC horaire, par type de structure"
    return render_table(titre, colonnes, lignes, entier=True)


def _cellule_part(parts: Mapping[date, Part], jour: date) -> Cellule:
    """Share that takes effect that day, as a link to its amount, or why there is none."""
    if jour in parts:
        part = parts[jour]
        return Cellule(lien_derive(part.texte, part.montant, part.heures, part.smic))
    return texte("pas encore d’aide" if jour < min(parts) else "même montant")


def _heures(part: Part) -> str:
    return f"{format_nombre(_exact(part.heures))}{ESPACE_FINE}h"


def table_montants(legislation: Legislation, territoire: str) -> SafeString:
    """Every amount of a territory, latest first, the periods without amount in their place."""
    lignes = [
        ligne
        for type_siae in TYPES_SIAE
        if chemin_socle(territoire, type_siae) in legislation.feuilles
        for ligne in _lignes(legislation, legislation.leaf(chemin_socle(territoire, type_siae)))
    ]
    titre = f"Montants, {NOMS_TERRITOIRES[territoire]}"
    return render_table(titre, _COLONNES, lignes, entier=True)


def _lignes(legislation: Legislation, feuille: Feuille) -> list[Ligne]:
    """Lines of one parameter, latest first."""
    type_siae = feuille.chemin.rpartition(".")[2]
    datees = [(v.date_effet, _ligne(legislation, feuille, type_siae, v)) for v in feuille.valeurs]
    manques = [(m.depuis, _ligne_manque(type_siae, m)) for m in manques_de(feuille)]
    return [ligne for _, ligne in sorted([*datees, *manques], key=lambda p: p[0], reverse=True)]


def _ligne(legislation: Legislation, feuille: Feuille, type_siae: str, datee: ValeurDatee) -> Ligne:
    note = f"<br><small>{escape(typeset(datee.note))}</small>" if datee.note else ""
    return Ligne(
        (
            _tete(type_siae, format_date(datee.date_effet)),
            Cellule(lien_datee(legislation, feuille, datee)),
            texte(texte_jour(datee.publication)),
            Cellule(f"{render_references(datee.references)}{note}"),
            texte(texte_confiance(datee.confiance)),
        )
    )


def _ligne_manque(type_siae: str, manque: Manque) -> Ligne:
    """A period without amount, in the place it has in time."""
    return Ligne(
        (
            _tete(type_siae, manque.periode),
            Cellule('<em class="absence">inconnu</em>'),
            texte("sans objet"),
            texte(f"{manque.phrase[:1].upper()}{manque.phrase[1:]}."),
            texte("sans objet"),
        )
    )


def _tete(type_siae: str, quand: str) -> Cellule:
    return Cellule(f"<strong>{escape(type_siae)}</strong> {escape(quand)}")
