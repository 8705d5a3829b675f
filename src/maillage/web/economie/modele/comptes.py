"""A first version of a model from the accounts that a structure handed over and the hours of the extract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.modele.convention import find_convention
from maillage.analyses.modele.depuis import Demande, start_model
from maillage.analyses.modele.ecriture import write_hypotheses
from maillage.data.extraits import list_extraits
from maillage.indicators.modele.cadre import TYPES
from maillage.indicators.pilotage.heures import sum_heures
from maillage.indicators.pilotage.lecture import load_faits
from maillage.indicators.pilotage.structures import index_structures
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, format_nombre, guillemets
from maillage.regles.engine.legislation import load_legislation
from maillage.web.economie.lecture import load_annees
from maillage.web.economie.modele.formulaire import parse_nombre
from maillage.web.pilotage.models import LienStructure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.web.network.models import Organisation

_EFFECTIF_MAX = 10_000


def list_types(organisation: Organisation) -> tuple[str, ...]:
    """Kinds under which the structure is in the extracts, and of which there are models."""
    liens = LienStructure.objects.filter(organisation=organisation, is_confirme=True)
    siens = {lien.cle[1] for lien in liens}
    return tuple(un for un in TYPES if un in siens)


def read_demande(query: Mapping[str, str]) -> tuple[float | None, int | None]:
    """Posts of the permanent staff and employees, as the reader says; None where nothing is said.

    Raises:
        SaisieInvalide: MLG-ECO-030, one is not a number, or is not possible.
    """
    lus: list[float | None] = []
    fautes = []
    for nom, libelle in (("etp", "Postes permanents"), ("effectif", "Salariés")):
        tape = query.get(nom, "").strip()
        lu = parse_nombre(tape) if tape else None
        if tape and (lu is None or not 0 < lu <= _EFFECTIF_MAX):
            fautes.append(
                Anomalie(
                    "MLG-ECO-030",
                    f"{guillemets(tape)} n’est pas un nombre possible.",
                    f"Écrivez un nombre de plus de 0 à {format_nombre(_EFFECTIF_MAX)}, ou rien.",
                    libelle,
                )
            )
        lus.append(None if lu is None else float(lu))
    if fautes:
        raise SaisieInvalide(*fautes)
    etp, effectif = lus
    return etp, None if effectif is None else round(effectif)


def start_texte(
    organisation: Organisation,
    type_siae: str,
    le: date,
    etp_permanents: float | None,
    effectif: int | None,
) -> str:
    """Text of a first version, from the last year that is accepted.

    Args:
        organisation: Whose accounts.
        type_siae: Kind of the model.
        le: Day of this version.
        etp_permanents: Posts of the permanent staff; None when it is not said.
        effectif: Employees, idem.

    Raises:
        SaisieInvalide: MLG-ECO-034, there is no year or no extract; MLG-MEC-012, the extract lacks months.
        PeriodeNonModelisee: the law of that year is not modelled.
    """
    annees = load_annees(organisation)
    liens = LienStructure.objects.filter(organisation=organisation, is_confirme=True)
    cles = sorted(lien.cle for lien in liens if lien.cle[1] == type_siae)
    if annees is None or not cles or not list_extraits():
        raise SaisieInvalide(
            Anomalie(
                "MLG-ECO-034",
                "Il manque un exercice accepté, ou un extrait de l’ASP relié à cette structure.",
                "Déposez un fichier des écritures comptables ; l’équipe du réseau importe les extraits et relie "
                "les structures. En attendant, partez d’un exemple et remplacez ses chiffres.",
            )
        )
    exercice = annees.exercices[-1]
    faits = load_faits()
    places = index_structures(faits).places
    connues = [cle for cle in cles if cle in places]
    demande = Demande(
        exercice=exercice,
        heures=sum_heures(faits, frozenset(cles), exercice.mouvements.mois),
        convention=find_convention(faits, connues, exercice.mouvements.dernier_jour),
        type_siae=type_siae,
        extrait=f"de l’ASP du {format_date(faits.extrait.extraction)}",
        etp_permanents=etp_permanents,
        effectif=effectif,
        le=le,
    )
    return write_hypotheses(start_model(demande, load_legislation()))
