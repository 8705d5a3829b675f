"""The commonest reform without YAML: the amount of one kind of structure, from one day to another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie
from maillage.kernel.money import Centimes
from maillage.regles.aide_au_poste.lignes import TYPES_SIAE
from maillage.regles.engine.ecriture_reforme import ChangementMontant, write_changement
from maillage.regles.reformes.reformes import CHEMIN_SOCLE
from maillage.web.regles.champs import Champ, read_formulaire
from maillage.web.regles.montants import NOMS_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from maillage.web.regles.champs import Formulaire

_CHAMPS = (
    Champ("s_type", "Type de structure", options={t: NOMS_TYPES[t] for t in TYPES_SIAE}),
    Champ("s_montant", "Nouveau montant par ETP et par an", "En euros : 2000."),
    Champ("s_du", "À partir du", "Jour, mois, année : 01/01/2026."),
    Champ("s_au", "Jusqu’au", "Vide : jusqu’au 31 décembre de la même année.", facultatif=True),
    Champ("s_source", "Texte ou auteur de la proposition", facultatif=True),
)
_MONTANT_MAX = 1_000_000
_SOURCE_MAX = 300
_INDETERMINE = (
    "Le sort de la part modulée, de Mayotte et du CDI inclusion n’est pas dit : la part modulée reste une part du socle.",
    "Le montant ne suit pas le SMIC entre les deux dates : choix de l’éditeur.",
)


def read_montant(query: Mapping[str, str]) -> tuple[Formulaire, str]:
    """The form as typed, and the reform that it writes; empty when there is a problem."""
    formulaire = read_formulaire(_CHAMPS, query)
    if formulaire.est_vide:
        return formulaire, ""
    type_siae = formulaire.read_choix("s_type")
    montant = formulaire.read_nombre("s_montant", _MONTANT_MAX, positif=True)
    du, au = formulaire.read_jour("s_du"), formulaire.read_jour("s_au")
    _check(formulaire, montant, du, au)
    if formulaire.erreurs or montant is None or du is None:
        return formulaire, ""
    fin = au or date(du.year, 12, 31)
    return formulaire, write_changement(
        ChangementMontant(
            chemin=CHEMIN_SOCLE.format(type_siae=type_siae),
            code=f"montant_{type_siae.lower()}_{du:%Y_%m_%d}",
            quoi=f"Aide au poste des {type_siae}",
            montant=Centimes.from_euros(montant),
            du=du,
            au=fin,
            source=formulaire.textes["s_source"],
            indetermine=_INDETERMINE,
        )
    )


def _check(
    formulaire: Formulaire, montant: Decimal | None, du: date | None, au: date | None
) -> None:
    if montant is not None and montant * 100 % 1:
        formulaire.erreurs.add(
            "s_montant",
            Anomalie(
                "MLG-WEB-041", "Ce montant a plus de deux décimales.", "Arrondissez-le au centime."
            ),
        )
    if du is not None and au is not None and au < du:
        formulaire.erreurs.add(
            "s_au",
            Anomalie(
                "MLG-WEB-047",
                "La réforme s’arrêterait avant de commencer.",
                "Donnez un jour égal ou postérieur à « À partir du ».",
            ),
        )
    if len(formulaire.textes["s_source"]) > _SOURCE_MAX:
        formulaire.erreurs.add(
            "s_source",
            Anomalie(
                "MLG-WEB-049",
                f"Ce texte a plus de {_SOURCE_MAX} signes.",
                "Gardez le titre ou la référence.",
            ),
        )
