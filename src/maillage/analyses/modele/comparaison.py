"""Two versions of a model side by side: what they answer, and the hypotheses that part them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.analyses.modele.phrases import REPONSES, list_reponses
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.modele.hypotheses import Chiffre, Hypotheses, ModeleCalcule
    from maillage.kernel.valeur import Valeur


@dataclass(frozen=True, slots=True)
class Reponse:
    """One answer of two models.

    Attributes:
        code: Of the answer.
        libelle: As shown.
        unite: As shown.
        avant: Of the first model.
        apres: Of the second.
    """

    code: str
    libelle: str
    unite: str
    avant: Valeur
    apres: Valeur

    @property
    def ecart(self) -> Valeur:
        """Second less first; the absence of either."""
        if isinstance(self.avant, Absence):
            return self.avant
        return self.apres if isinstance(self.apres, Absence) else self.apres - self.avant


@dataclass(frozen=True, slots=True)
class Difference:
    """A hypothesis that two models do not share.

    Attributes:
        chemin: Path of the figure.
        libelle: As shown.
        unite: As shown.
        avant: In the first model; None when it has no such figure.
        apres: In the second.
    """

    chemin: str
    libelle: str
    unite: str
    avant: Chiffre | None
    apres: Chiffre | None


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Two models side by side.

    Attributes:
        reponses: Every answer.
        differences: Figures that differ, in the order of the files.
        lectures: Readings and settings that differ: name, first, second.
    """

    reponses: tuple[Reponse, ...]
    differences: tuple[Difference, ...]
    lectures: tuple[tuple[str, str, str], ...]


_LECTURES = {
    "type_siae": "type de structure",
    "debut": "premier jour",
    "territoire": "territoire",
    "effectif": "effectif",
    "est_association": "association",
    "taxe_salaires_due": "taxe sur les salaires due",
    "insertion_dans_assiette": "salaires d’insertion dans l’assiette de la taxe",
    "lecture": "congés payés dans la réduction",
    "horizon": "mois de trésorerie",
    "mois_part_modulee": "mois de la part modulée",
}


def compare_modeles(avant: ModeleCalcule, apres: ModeleCalcule) -> Comparaison:
    """Two models side by side."""
    premieres, secondes = list_reponses(avant), list_reponses(apres)
    return Comparaison(
        reponses=tuple(
            Reponse(code, libelle, unite, premieres[code], secondes[code])
            for code, (libelle, unite) in REPONSES.items()
        ),
        differences=_list_differences(avant.hypotheses, apres.hypotheses),
        lectures=tuple(
            (libelle, _tell(lu), _tell(autre))
            for nom, libelle in _LECTURES.items()
            for lu, autre in [
                (getattr(avant.hypotheses.cadre, nom), getattr(apres.hypotheses.cadre, nom))
            ]
            if lu != autre
        ),
    )


def _list_differences(avant: Hypotheses, apres: Hypotheses) -> tuple[Difference, ...]:
    cles = {cle.chemin: cle for cle in (*apres.list_cles(), *avant.list_cles())}
    return tuple(
        Difference(chemin, cle.libelle, cle.unite.value, premier, second)
        for chemin, cle in cles.items()
        for premier, second in [(avant.chiffres.get(chemin), apres.chiffres.get(chemin))]
        if premier is None or second is None or premier.valeur != second.valeur
    )


def _tell(valeur: object) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    return str(getattr(valeur, "value", valeur))
