"""Legal values in words: the figure as a link to its dated line, its texts, its confidence."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from maillage.kernel.francais import ESPACE_FINE, ESPACE_INSECABLE, format_date, typeset
from maillage.regles.engine.trace import format_quantite
from maillage.regles.engine.unites import UNITES
from maillage.regles.engine.valeur_legale import AVERTISSEMENT_C, CONFIANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from maillage.regles.engine.legislation import Legislation
    from maillage.regles.engine.valeur_legale import (
        Feuille,
        Lacune,
        Reference,
        ValeurDatee,
        ValeurLegale,
    )

DEUX_POINTS = f"{ESPACE_FINE}: "
NON_TROUVEE = "date non trouvée"
_SYMBOLES = {
    "EUR": "€",
    "EUR/ETP/an": "€",
    "EUR/mois": "€",
    "EUR/an": "€",
    "EUR/h": "€",
    "SMIC": "SMIC",
}


@dataclass(frozen=True, slots=True)
class Manque:
    """A period that the rules refuse, in words.

    Attributes:
        chemin: Parameter whose value is not known.
        nom: What the parameter is, in French.
        table: Name of its table, empty when it stands alone.
        court: Its name inside its table: « AI ».
        periode: « du … au … », or « après le … ».
        phrase: What was looked for and not found.
        depuis: First day, to sort by.
    """

    chemin: str
    nom: str
    table: str
    court: str
    periode: str
    phrase: str
    depuis: date


@dataclass(frozen=True, slots=True)
class Groupe:
    """Parameters of one table that miss the same period for the same reason."""

    table: str
    manques: tuple[Manque, ...]

    @property
    def premier(self) -> Manque:
        """The one that gives the period and the reason, the same for all."""
        return self.manques[0]


def url_valeur(chemin: str, date_effet: date | None = None) -> str:
    """Address of a parameter, at the line of one of its dated values when a day is given."""
    ancre = f"#effet-{date_effet.isoformat()}" if date_effet is not None else ""
    return f"/regles/valeurs/{chemin}/{ancre}"


def lien_valeur(legale: ValeurLegale) -> SafeString:
    """A value in force as a figure that opens its source, its warning beside it."""
    lien = lien_chiffre(
        format_contenu(legale.valeur, legale.unite), url_valeur(legale.chemin, legale.date_effet)
    )
    return _with_reserve(lien, non_verifiee=legale.avertissement == AVERTISSEMENT_C)


def lien_base(legislation: Legislation, legale: ValeurLegale) -> SafeString:
    """The last amount of the law that a projection starts from, as a figure that opens its line."""
    feuille = legislation.leaf(legale.chemin)
    datee = next(datee for datee in feuille.valeurs if datee.date_effet == legale.date_effet)
    return lien_datee(legislation, feuille, datee)


def lien_derive(texte: str, *legales: ValeurLegale) -> SafeString:
    """A figure worked out of values in force, that opens the first; one that is doubtful is told."""
    premiere = legales[0]
    return _with_reserve(
        lien_chiffre(texte, url_valeur(premiere.chemin, premiere.date_effet)),
        non_verifiee=any(legale.avertissement == AVERTISSEMENT_C for legale in legales),
    )


def _with_reserve(lien: SafeString, *, non_verifiee: bool) -> SafeString:
    """The figure, and what must be read with it: nowhere does one go without the other."""
    if not non_verifiee:
        return lien
    return mark_safe(f'{lien}<small class="reserve"> {escape(typeset(AVERTISSEMENT_C))}</small>')  # noqa: S308 — escaped here


def lien_chiffre(texte: str, url: str) -> SafeString:
    """A figure that opens the page it comes from."""
    return mark_safe(  # noqa: S308 — both parts are escaped here
        f'<a class="chiffre" href="{escape(url)}">{escape(texte)}</a>'
    )


def format_contenu(valeur: object, code_unite: str) -> str:
    """Content of a parameter in French, with a short unit: « 1 441 € », « 10 % »."""
    texte = format_quantite(valeur, UNITES[code_unite])
    symbole = _SYMBOLES.get(code_unite)
    if symbole is None:
        return texte
    long = UNITES[code_unite].libelle
    return texte.replace(f"{ESPACE_INSECABLE}{long}", "").replace(f" {long}", "") + (
        f"{ESPACE_FINE}{symbole}"
    )


def par_unite(code_unite: str) -> str:
    """What the short unit of an amount leaves out: « par ETP et par an »; nothing for the others."""
    libelle = UNITES[code_unite].libelle if code_unite in _SYMBOLES else ""
    return libelle.removeprefix("euros").strip() if libelle.startswith("euros") else ""


def lien_datee(legislation: Legislation, feuille: Feuille, datee: ValeurDatee) -> SafeString:
    """A dated value as a figure that opens its line, its warning beside it.

    A value that is taken from another parameter leads to that one.
    """
    if datee.renvoi:
        cible = legislation.leaf(datee.renvoi)
        texte = f"comme {table_de(cible) or cible.description}, {cible.libelle}"
        return mark_safe(f'<a href="{escape(url_valeur(cible.chemin))}">{escape(texte)}</a>')  # noqa: S308 — escaped here
    texte = "aucune" if datee.valeur is None else format_contenu(datee.valeur, feuille.unite)
    lien = lien_chiffre(texte, url_valeur(feuille.chemin, datee.date_effet))
    return _with_reserve(lien, non_verifiee=datee.confiance == "C")


def render_references(references: Iterable[Reference]) -> SafeString:
    """Texts and sources, each opening its public address when it has one."""
    return mark_safe(  # noqa: S308 — titles and addresses are escaped in `_reference`
        f"{ESPACE_FINE}; ".join(_reference(reference) for reference in references)
    )


def _reference(reference: Reference) -> str:
    titre = escape(typeset(reference.titre))
    if not reference.href:
        return titre
    return f'<a href="{escape(reference.href)}" rel="external noreferrer">{titre}</a>'


def texte_confiance(lettre: str) -> str:
    """Letter and what it means: « B : source secondaire fiable, vue »."""
    return f"{lettre}{DEUX_POINTS}{typeset(CONFIANCES[lettre])}"


def avertissement(lettre: str) -> str:
    """What must stand beside a value of that confidence; empty for A and B."""
    return AVERTISSEMENT_C if lettre == "C" else ""


def texte_jour(jour: date | None) -> str:
    """Day in letters, or that it was not found."""
    return NON_TROUVEE if jour is None else format_date(jour)


def group_manques(feuilles: Iterable[Feuille]) -> list[Groupe]:
    """Every period that is not known; the kinds of one table told together where they agree."""
    groupes: dict[tuple[str, str, str], list[Manque]] = {}
    for manque in (manque for feuille in feuilles for manque in manques_de(feuille)):
        cle = (manque.table or manque.chemin, manque.periode, manque.phrase)
        groupes.setdefault(cle, []).append(manque)
    return [Groupe(manques[0].table, tuple(manques)) for manques in groupes.values()]


def manques_de(feuille: Feuille) -> Sequence[Manque]:
    """Periods of one parameter that are not known, in order."""
    manques = [_manque(feuille, periode_de(un), un.phrase, un.du) for un in feuille.lacunes]
    if feuille.au_dela and feuille.valable_jusqu_au is not None:
        fin = feuille.valable_jusqu_au
        manques.append(_manque(feuille, f"après le {format_date(fin)}", feuille.au_dela, fin))
    return sorted(manques, key=lambda manque: manque.depuis)


def _manque(feuille: Feuille, periode: str, phrase: str, depuis: date) -> Manque:
    return Manque(
        feuille.chemin,
        nom_de(feuille),
        table_de(feuille),
        feuille.libelle,
        periode,
        typeset(phrase),
        depuis,
    )


def periode_de(lacune: Lacune) -> str:
    """A gap's days in words."""
    if lacune.au is None:
        return f"depuis le {format_date(lacune.du)}"
    return f"du {format_date(lacune.du)} au {format_date(lacune.au)}"


def table_de(feuille: Feuille) -> str:
    """Name of the table that a parameter is a column of; empty when it stands alone."""
    return TABLES.get(feuille.chemin.rpartition(".")[0], "")


def nom_de(feuille: Feuille) -> str:
    """What a parameter is; the name of its table too where its own is only a kind of structure."""
    table = table_de(feuille)
    return typeset(f"{table}, {feuille.description}" if table else feuille.description)


def nom_court(feuille: Feuille) -> str:
    """Same, a kind of structure by its initials: « Aide au poste, AI »."""
    table = table_de(feuille)
    return typeset(f"{table}, {feuille.libelle}") if table else nom_de(feuille)


TABLES = {
    "aide_au_poste.montant_socle": "Aide au poste",
    "aide_au_poste.montant_socle_mayotte": "Aide au poste à Mayotte",
    "aide_au_poste.montant_socle_milieu_penitentiaire": "Aide au poste en détention",
    "aide_au_poste.contrat_passerelle": "Contrat passerelle",
    "aide_au_poste.heures_par_etp": "Heures d’un ETP",
    "aide_au_poste.mayotte_regime_2016": "Mayotte en 2016",
    "aide_au_poste.cdi_inclusion": "CDI inclusion",
    "cotisations.aci_exoneration": "Exonération des ACI",
    "cotisations.ai_exoneration_750h": "Exonération des AI",
    "cotisations.ai_forfait_social_prevoyance": "Forfait social des AI",
    "cotisations.reduction_generale": "Réduction générale",
    "cotisations.rgdu": "Réduction générale dégressive unique",
    "mise_a_disposition.derogation_prefet": "Dérogation du préfet",
    "taxe_salaires.majorations": "Majorations de la taxe sur les salaires",
    "taxe_salaires.seuils": "Seuils de la taxe sur les salaires",
    "taxe_salaires.taux_outre_mer": "Taxe sur les salaires outre-mer",
}
"""Names of the tables whose leaves are only named by their column."""
