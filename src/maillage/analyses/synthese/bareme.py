"""What the law and the State's accounts give to the generator of synthetic networks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from maillage.data.synthetic.parametres import TYPES, Bareme, Montant
from maillage.regles.budget.lecture import load_budget
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from datetime import date

    from maillage.regles.engine.legislation import Legislation

_SOCLES = {
    "DC": "aide_au_poste.montant_socle",
    "MP": "aide_au_poste.montant_socle_milieu_penitentiaire",
    "MAYOTTE": "aide_au_poste.montant_socle_mayotte",
}
_ANNEE_CREDITS = 2019
_ANNEE_ETP = 2021


@cache
def load_bareme() -> Bareme:
    """Amounts, hours and minimum wages of the law; full-time equivalents by kind, derived.

    Nobody publishes full-time equivalents by kind after 2019. Those realised in 2021 over the country
    (published) are shared as the posts paid in 2019: credits by kind over the amount of a post.
    """
    legislation = load_legislation()
    montants = {
        (type_siae, regime): _read_montants(legislation, f"{chemin}.{type_siae}")
        for regime, chemin in _SOCLES.items()
        for type_siae in TYPES
        if f"{chemin}.{type_siae}" in legislation.chemins
    }
    conventionnes = _read_effectif("etp_conventionnes_2021")
    realises = _read_effectif("etp_realises_2021")
    poids = _share_posts(legislation)
    return Bareme(
        heures={
            type_siae: tuple(
                (datee.date_effet, int(_number(datee.valeur)))
                for datee in legislation.leaf(f"aide_au_poste.heures_par_etp.{type_siae}").valeurs
            )
            for type_siae in TYPES
        },
        montants=montants,
        smic=tuple(
            (datee.date_effet, round(_number(datee.valeur) * 100))
            for datee in legislation.leaf("smic.horaire_brut").valeurs
        ),
        etp_realises={nom: realises * part for nom, part in poids.items()},
        taux_realisation=realises / conventionnes,
        annee_etp=_ANNEE_ETP,
        dernier_jour=_last_known_day(legislation),
    )


def _read_montants(legislation: Legislation, chemin: str) -> tuple[Montant, ...]:
    """Dated amounts of a parameter, those that it borrows from another one included."""
    montants = []
    for datee in legislation.leaf(chemin).valeurs:
        if datee.renvoi:
            montants += [
                montant
                for montant in _read_montants(legislation, datee.renvoi)
                if montant.date_effet >= datee.date_effet
            ]
        elif datee.valeur is not None:
            connu = datee.publication or datee.date_effet
            montants.append(Montant(datee.date_effet, connu, int(_number(datee.valeur))))
    return tuple(montants)


def _last_known_day(legislation: Legislation) -> date:
    jours = [
        jour
        for nom in TYPES
        if (jour := legislation.leaf(f"{_SOCLES['DC']}.{nom}").valable_jusqu_au) is not None
    ]
    return min(jours)


def _share_posts(legislation: Legislation) -> dict[str, float]:
    """Share of each kind (EITI apart) in the posts paid in 2019."""
    budget = load_budget()
    postes = {}
    for nom in ("ACI", "AI", "EI", "ETTI"):
        credits_euros = _number(
            budget.get_ligne(f"postes_execute_{_ANNEE_CREDITS}_{nom.lower()}").montant_euros
        )
        socle = next(
            montant.euros
            for montant in _read_montants(legislation, f"{_SOCLES['DC']}.{nom}")
            if montant.date_effet.year == _ANNEE_CREDITS
        )
        postes[nom] = credits_euros / socle
    total = sum(postes.values())
    return {nom: valeur / total for nom, valeur in postes.items()}


def _read_effectif(code: str) -> float:
    return _number(load_budget().get_effectif(code).valeur)


def _number(valeur: Any) -> float:
    """A published number.

    Raises:
        TypeError: it is not one; the files that are shipped hold one.
    """
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        msg = f"{valeur!r} is not a number"
        raise TypeError(msg)
    return float(valeur)
