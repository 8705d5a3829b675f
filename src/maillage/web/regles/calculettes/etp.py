"""Hours to full-time equivalents and back, by the divisor that the annexe itself prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import format_nombre, typeset
from maillage.regles.aide_au_poste.etp import heures_from_etp_mensuels
from maillage.regles.aide_au_poste.lignes import MOIS_PAR_AN
from maillage.regles.versement.annexe import etp_mensuels_exacts
from maillage.web.regles.affichage import nombre_exact
from maillage.web.regles.calculettes.modele import Calculette, Reponse
from maillage.web.regles.champs import Champ, read_formulaire

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from maillage.web.regles.champs import Formulaire

_CHAMPS = (
    Champ(
        "diviseur",
        "Heures d’un ETP par an",
        "Le nombre imprimé sur votre annexe, 1820 par exemple : il ne se devine pas par le type.",
    ),
    Champ("heures", "Heures travaillées dans le mois", facultatif=True),
    Champ("etp", "Ou ETP du mois", facultatif=True),
)
_HEURES_MAX = 10_000_000
_DIVISEUR_MAX = 8_784
_ETP_MAX = 100_000


def read(query: Mapping[str, str]) -> tuple[Formulaire, Reponse | None]:
    """The form, and its answer when it can be given."""
    formulaire = read_formulaire(_CHAMPS, query)
    if formulaire.est_vide:
        return formulaire, None
    diviseur = formulaire.read_nombre("diviseur", _DIVISEUR_MAX, positif=True)
    heures = formulaire.read_nombre("heures", _HEURES_MAX)
    etp = formulaire.read_nombre("etp", _ETP_MAX)
    if not formulaire.textes["heures"] and not formulaire.textes["etp"]:
        formulaire.erreurs.add(
            "heures",
            Anomalie(
                "MLG-WEB-045",
                "Il manque ce qui est à convertir.",
                "Donnez des heures, des ETP, ou les deux.",
            ),
        )
    if formulaire.erreurs or diviseur is None:
        return formulaire, None
    return formulaire, _answer(diviseur, heures, etp)


def _answer(diviseur: Decimal, heures: Decimal | None, etp: Decimal | None) -> Reponse:
    phrases = []
    if heures is not None:
        mensuels = etp_mensuels_exacts(heures, diviseur)
        phrases.append(
            f"{nombre_exact(heures)} heures dans le mois font {format_nombre(float(mensuels), 2)} ETP : "
            f"{nombre_exact(heures)} × {MOIS_PAR_AN} ÷ {nombre_exact(diviseur)}."
        )
    if etp is not None:
        duree = heures_from_etp_mensuels(np.array([float(etp)]), np.array([float(diviseur)]))[0]
        phrases.append(
            f"{nombre_exact(etp)} ETP demandent {format_nombre(float(duree), 2)} heures dans le mois : "
            f"{nombre_exact(etp)} × {nombre_exact(diviseur)} ÷ {MOIS_PAR_AN}."
        )
    return Reponse(typeset(" ".join(phrases)))


CALCULETTE = Calculette(
    titre="Des heures aux ETP, et retour",
    aide="L’occupation des postes se compte en équivalents temps plein (ETP) du mois.",
    exemple="diviseur=1820&heures=1668%2C33&etp=12",
    exemple_nom=typeset("1 668,33 heures dans le mois, et 12 ETP"),
    ancre="calcul",
    read=read,
)
