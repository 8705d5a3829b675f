"""Public money of a structure: its annexes and declarations in the newest extract, and the accounts it handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.argent_public.assemblage import list_unites
from maillage.analyses.argent_public.comptes_donnes import index_sirens, is_civile, read_soldes
from maillage.analyses.argent_public.siens import gather_siens
from maillage.analyses.argent_public.unites import Demande
from maillage.analyses.comptes.exercice import compute_from_mouvements
from maillage.data.extraits import list_extraits
from maillage.indicators.pilotage.declarations import list_financeurs
from maillage.indicators.pilotage.filtre import Filtre
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.indicators.pilotage.tableaux import list_annees
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import guillemets, join_fr
from maillage.kernel.valeur import Absence
from maillage.web.economie.lecture import load_plan
from maillage.web.economie.stockage import from_json
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.argent_public.siens import Siens
    from maillage.indicators.pilotage.lecture import Faits
    from maillage.indicators.pilotage.structures import Cle
    from maillage.kernel.valeur import Valeur
    from maillage.web.economie.models import ExerciceComptable
    from maillage.web.network.models import Organisation

_CENT = 100


@dataclass(frozen=True, slots=True)
class Argent:
    """What the page shows.

    Attributes:
        siens: The figures.
        annees: Years that can be asked for, the last first.
        faits: Of the extract; None when no structure of it is theirs.
        aide_des_comptes: Aide au poste in the accounts, euros, when the structure said where it is.
    """

    siens: Siens
    annees: tuple[int, ...]
    faits: Faits | None
    aide_des_comptes: Valeur


def load_argent(organisation: Organisation, voulue: str) -> Argent | None:
    """Public money of a year; of the one of which most is known without any, None when nothing is known.

    Raises:
        SaisieInvalide: MLG-ECO-020, nothing is known of that year.
        FichierInvalide: the plan cannot be followed any more (MLG-SOL-011 to 018).
    """
    cles = frozenset(
        lien.cle
        for lien in LienStructure.objects.filter(organisation=organisation, is_confirme=True)
    )
    faits = load_faits() if cles and list_extraits() else None
    if faits is not None and not any(cle in index_structures(faits).places for cle in cles):
        faits = None
    exercices = {
        garde.premier_jour.year: garde
        for garde in organisation.exercices_comptables.filter(is_accepte=True)
        if is_civile(garde.premier_jour, garde.dernier_jour, garde.premier_jour.year)
    }
    annees = tuple(sorted({*(list_annees(faits) if faits else ()), *exercices}, reverse=True))
    if not annees:
        return None
    annee = _choose(voulue, annees, (exercices, _list_declared(faits, cles)))
    unites = list_unites(faits, Demande(annee, Filtre(structures=cles))) if faits else ()
    garde = exercices.get(annee)
    soldes = read_soldes(from_json(garde.mouvements)) if garde else None
    seule = faits is None or _is_alone(faits, annee, cles)
    return Argent(
        gather_siens(annee, unites, soldes, is_seule=seule),
        annees,
        faits,
        _read_aide(organisation, garde) if garde else Absence.SANS_OBJET,
    )


def _choose(voulue: str, annees: tuple[int, ...], connues: Iterable[Iterable[int]]) -> int:
    """The year asked for; else the last of those of which accounts and declarations both speak, or either.

    Raises:
        SaisieInvalide: MLG-ECO-020.
    """
    if not voulue:
        dites = [set(some) for some in connues]
        return max(annees, key=lambda annee: (sum(annee in some for some in dites), annee))
    if voulue not in map(str, annees):
        raise SaisieInvalide(
            Anomalie(
                "MLG-ECO-020",
                f"Rien n’est connu de l’année {guillemets(voulue)}.",
                f"Années possibles : {join_fr(map(str, annees), 'ou')}.",
                "adresse de la page",
            )
        )
    return int(voulue)


def _list_declared(faits: Faits | None, cles: frozenset[Cle]) -> set[int]:
    """Years that their annexes declare."""
    if faits is None:
        return set()
    filtre = Filtre(structures=cles)
    return {
        ligne.cloture.year
        for annee in list_annees(faits)
        for ligne in list_financeurs(faits, annee, filtre)
        if ligne.cloture is not None
    }


def _is_alone(faits: Faits, annee: int, cles: frozenset[Cle]) -> bool:
    """Whether the extract has no annexe of the year of another identifier under the same SIREN."""
    miens = {asp_id for asp_id, _ in cles}
    tous = set[int]().union(*(ids for ids in index_sirens(faits).values() if ids & miens))
    autres = frozenset(cle for cle in index_structures(faits).cles if cle[0] in tous - miens)
    return not autres or not list_unites(faits, Demande(annee, Filtre(structures=autres)))


def _read_aide(organisation: Organisation, garde: ExerciceComptable) -> Valeur:
    """Aide au poste in the accounts, as the plan of the structure says where it is."""
    exercice = compute_from_mouvements(
        from_json(garde.mouvements), rattachement=load_plan(organisation)
    )
    montant = exercice.aide_au_poste.montant
    return montant if isinstance(montant, Absence) else montant / _CENT
