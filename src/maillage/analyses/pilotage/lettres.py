"""Ready letters to members: what is late, what changed; to be read over before they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.pilotage.rejets import explain_rejet
from maillage.kernel.francais import (
    accorder,
    format_date,
    format_mois,
    format_nombre,
    join_fr,
    typeset,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from maillage.analyses.pilotage.comparaison import Changement, Comparaison
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.indicators.pilotage.tableaux import Retard

SYNTHETIQUE = (
    "Lettre d’essai, sur des données synthétiques : elle ne concerne aucune structure réelle."
)


@dataclass(frozen=True, slots=True)
class Lettre:
    """A letter, ready to be read over.

    Attributes:
        cle: (asp_id, type) of the structure it is for.
        destinataire: Name of the structure.
        objet: In one line.
        paragraphes: In order; the first one greets, the last one ends.
        colonnes: Headings of its table.
        lignes: Rows of its table, texts.
        source: Where the figures come from.
        avis: What must be said of it before anything else; empty for a real extract.
    """

    cle: Cle
    destinataire: str
    objet: str
    paragraphes: tuple[str, ...]
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    source: str
    avis: str = ""

    def to_text(self) -> str:
        """The letter as plain text, its table one row per line."""
        debut, *reste = self.paragraphes
        corps = [debut, *reste[:1], *(" — ".join(ligne) for ligne in self.lignes), *reste[1:]]
        tete = [self.avis, self.destinataire, f"Objet : {self.objet}"]
        return typeset("\n\n".join([*filter(None, tete), *corps, self.source])) + "\n"


def write_late(faits: Faits, annee: int, retards: Iterable[Retard]) -> list[Lettre]:
    """One letter per structure that has late months, what is worth most first.

    Args:
        faits: Of the extract.
        annee: Year of the months.
        retards: Of `list_retards`.
    """
    par_structure: dict[Cle, list[Retard]] = {}
    for retard in retards:
        par_structure.setdefault((retard.asp_id, retard.type), []).append(retard)
    return [_write_late(faits, annee, cle, lus) for cle, lus in par_structure.items()]


def _write_late(faits: Faits, annee: int, cle: Cle, retards: Sequence[Retard]) -> Lettre:
    jour = format_date(faits.extrait.extraction)
    mois = sum(len(retard.mois) for retard in retards)
    euros = sum(retard.euros for retard in retards)
    return Lettre(
        cle=cle,
        destinataire=retards[0].denomination,
        objet=f"relevés mensuels de {annee} à saisir sur l’extranet de l’ASP",
        paragraphes=(
            "Madame, Monsieur,",
            (
                f"Au {jour}, {accorder(mois, 'mois manque', 'mois manquent')} parmi les relevés de votre "
                f"structure ({cle[1]}) :"
            ),
            (
                "L’aide au poste est ajustée sur les heures saisies et validées. Tant que ces mois manquent, "
                f"ils comptent comme non réalisés. L’aide qui leur correspond est de "
                f"{format_nombre(euros)} € au plus, au montant de vos annexes."
            ),
            (
                "Nous vous conseillons de les saisir et de les valider dès cette semaine, avant la prochaine "
                "régularisation et avant votre dialogue de gestion. Si un mois est vide parce que personne "
                "n’a travaillé, il faut aussi le dire : un relevé à zéro heure suffit."
            ),
            (
                "Si vous avez saisi depuis cette date, ne tenez pas compte de ce courrier. L’équipe du "
                "réseau reste à votre disposition."
            ),
            "Bien cordialement,",
        ),
        colonnes=("Annexe", "Mois à saisir", "Dernier mois saisi", "Aide correspondante, au plus"),
        lignes=tuple(
            (
                retard.numero,
                join_fr(format_mois(annee, m) for m in retard.mois),
                format_mois(annee, retard.dernier_mois) if retard.dernier_mois else "aucun",
                f"{format_nombre(retard.euros)} €",
            )
            for retard in retards
        ),
        source=_source(faits),
        avis=_avis(faits),
    )


def write_changes(comparaison: Comparaison) -> list[Lettre]:
    """One letter per structure of which something changed between two extracts, by name."""
    par_structure: dict[Cle, list[Changement]] = {}
    for changement in comparaison.changements:
        par_structure.setdefault(changement.cle, []).append(changement)
    lettres = [_write_changes(comparaison, cle, lus) for cle, lus in par_structure.items()]
    return sorted(lettres, key=lambda lettre: (lettre.destinataire, lettre.cle))


def _write_changes(c: Comparaison, cle: Cle, changements: Sequence[Changement]) -> Lettre:
    avant, apres = (format_date(faits.extrait.extraction) for faits in (c.avant, c.apres))
    return Lettre(
        cle=cle,
        destinataire=changements[0].denomination,
        objet=f"vos annexes financières entre le {avant} et le {apres}",
        paragraphes=(
            "Madame, Monsieur,",
            (
                f"Entre le {avant} et le {apres}, "
                f"{accorder(len(changements), 'changement concerne', 'changements concernent')} votre "
                f"structure ({cle[1]}) dans les données de l’ASP :"
            ),
            *_advise(changements),
            (
                "Si l’un de ces points ne correspond pas à ce que vous savez, dites-le-nous : nous le "
                "signalerons avec vous au service instructeur."
            ),
            "Bien cordialement,",
        ),
        colonnes=("Annexe", "Ce qui change", "Avant", "Après"),
        lignes=tuple((ch.numero, ch.libelle, ch.avant, ch.apres) for ch in changements),
        source=f"{_source(c.avant)} {_source(c.apres)}",
        avis=_avis(c.apres),
    )


def _advise(changements: Sequence[Changement]) -> Iterator[str]:
    """What to do about what changed, once per kind of change."""
    dits = {changement.nature.conseil: None for changement in changements}
    yield from filter(None, dits)
    for changement in changements:
        if changement.rejet:
            yield f"Annexe {changement.numero} : {explain_rejet(changement.rejet).que_faire}"


def _source(faits: Faits) -> str:
    extrait = faits.extrait
    return (
        f"Source : extrait de l’ASP (fluxIAE) du {format_date(extrait.extraction)}, identifiant "
        f"{extrait.identifiant}."
    )


def _avis(faits: Faits) -> str:
    return SYNTHETIQUE if faits.extrait.is_synthetic else ""
