"""The files that make an extract: sixteen views and thirty referentials, known by name.

Source:
    Names in pilotage-airflow (`dags/common/flux_iae.py`, `dags/populate_metabase_fluxiae.py`).
"""

from __future__ import annotations

import re

VUES = (
    "Accompagnement",
    "AnnexeFinanciere",
    "AnnexeFinanciereACI",
    "Convention",
    "ContratMission",
    "Encadrement",
    "EtatMensuelAgregat",
    "EtatMensuelIndiv",
    "Financement",
    "Formations",
    "MarchesPublics",
    "Missions",
    "MissionsEtatMensuelIndiv",
    "PMSMP",
    "Salarie",
    "Structure",
)
REFERENTIELS = (
    "RefCategorieJuridique",
    "RefCategorieSort",
    "RefCotisationEiti",
    "RefDepartement",
    "RefDispositif",
    "RefDureeAllocationEmploi",
    "RefDureePoleEmploi",
    "RefEtatAvenant",
    "RefEtatSuiviMensuel",
    "RefFinanceur",
    "RefFormeContrat",
    "RefGroupePaysPmsmp",
    "RefIdcc",
    "RefMesure",
    "RefMontantIae",
    "RefMotifRejet",
    "RefMotifSort",
    "RefNatureAction",
    "RefNiveauFormation",
    "RefObjectifFormation",
    "RefObjetEcheance",
    "RefObjPrincipalPmsmp",
    "RefOrienteur",
    "RefSecteurActivite",
    "RefTypeAide",
    "RefTypeElementPaiement",
    "RefTypeEmployeur",
    "RefTypeFormation",
    "RefTypeOperation",
    "RefTypeVersement",
)
_NOM = re.compile(
    r"(?:^|/)fluxIAE_(?P<vue>[A-Za-z]+)_(?P<jour>[0-9]{8})_(?P<heure>[0-9]{6})\."
    r"(?:csv|csv\.gz|riae|csv\.riae)$"
)


def find_vue_of_name(nom: str) -> str:
    """View that the name of a file announces, known or not; empty when it announces none.

    The first line of the file, where it has one, says it better: see `tableau.find_vue`.
    """
    trouve = _NOM.search(nom)
    return trouve["vue"] if trouve else ""
