"""The value of a job in words and key figures: the finding first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.analyses.emploi.aides import name_mois
from maillage.analyses.emploi.demande import Contrefactuel, describe_contrefactuel
from maillage.kernel.francais import (
    ESPACE_FINE,
    MOINS,
    accorder,
    format_date,
    format_nombre,
    join_fr,
    typeset,
)
from maillage.kernel.money import Centimes, format_euros
from maillage.web.regles.emploi.saisie import CONGES
from maillage.web.regles.emploi.tables import pourcent
from maillage.web.regles.montants import NOMS_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from maillage.analyses.emploi.comptes import Comptes, LignePublique
    from maillage.analyses.emploi.demande import Demande
    from maillage.analyses.emploi.foyers import Foyer, Hypotheses
    from maillage.analyses.emploi.revenus import Marge
    from maillage.analyses.emploi.table import Table
    from maillage.analyses.emploi.valeur import Hausse, ValeurEmploi

_AVANT = {
    "rsa": "vit du RSA sans emploi",
    "ass": "vit de l’ASS sans emploi",
    "rien": "n’a aucun minimum social sans emploi",
}
_LOGEMENTS = {
    "locataire": "locataire d’un logement vide",
    "proprietaire": "propriétaire sans emprunt",
    "heberge": "hébergement gratuit",
}


def tell_constat(valeur: ValeurEmploi, *, est_projete: bool = False) -> str:
    """The finding for the three, in one sentence, rounded to the euro.

    Args:
        valeur: The job.
        est_projete: Whether the aide au poste is a projection and not that of a text.
    """
    demande, gain = valeur.demande, valeur.marge.disponible
    sens = "de plus" if gain >= Centimes(0) else "de moins"
    tete = (
        f"{demande.foyer.libelle}, {demande.heures} heures par semaine en "
        f"{NOMS_TYPES[demande.type_siae]} : {_arrondi(gain).lstrip(MOINS)} {sens} par mois pour vivre"
    )
    if valeur.employeur is None or valeur.comptes is None:
        suite = (
            ". Le coût du poste et les comptes publics ne sont pas calculés : l’aide au poste n’est pas "
            f"connue en {name_mois(demande.mois)}."
        )
        return typeset(f"{tete}{suite}")
    projection = ", l’aide au poste étant projetée et non d’après un texte" if est_projete else ""
    return typeset(
        f"{tete}, {_tell_cout(valeur.employeur.cout)}, et pour les comptes publics un solde "
        f"{tell_soldes(valeur.comptes)}{projection}."
    )


def _tell_cout(cout: Centimes) -> str:
    if cout < Centimes(0):
        return (
            f"une aide qui dépasse de {_arrondi(-cout)} le coût pour l’employeur, hors encadrement"
        )
    return f"{_arrondi(cout)} à payer par l’employeur, hors encadrement"


def tell_soldes(comptes: Comptes) -> str:
    """« entre −93 € et +705 € », « de −93 € »."""
    bas, haut = map(_signe, comptes.soldes)
    return f"de {bas}" if bas == haut else f"entre {bas} et {haut}"


def list_cles(valeur: ValeurEmploi) -> list[dict[str, str]]:
    """Key figures: the person, what is kept, the employer, public money."""
    premier, dernier = valeur.revenus[-1].avant, valeur.revenus[-1].apres
    cles = [
        (
            "Pour la personne",
            _signe(valeur.marge.disponible),
            f"par mois : de {_arrondi(premier)} à {_arrondi(dernier)} pour tout le foyer.",
        ),
        (
            "Gardé du salaire net",
            pourcent(valeur.marge.part_gardee),
            f"Sur le brut, le taux marginal effectif est de {pourcent(valeur.marge.taux_marginal_effectif)}.",
        ),
    ]
    if valeur.employeur is not None and valeur.comptes is not None:
        aide = _arrondi(valeur.employeur.aide_au_poste)
        bas, haut = map(_signe, valeur.comptes.soldes)
        cles += [
            (
                "Reste à l’employeur",
                _arrondi(valeur.employeur.cout),
                f"par mois, {aide} d’aide au poste déduits ; hors encadrement et fonctionnement.",
            ),
            (
                "Comptes publics",
                bas if bas == haut else f"{bas} à {haut}",
                "par mois. Positif, il revient plus qu’il n’est versé.",
            ),
        ]
    return [
        {"nom": nom, "nombre": nombre, "repere": typeset(repere)} for nom, nombre, repere in cles
    ]


def tell_marge(marge: Marge) -> str:
    """What becomes of the pay, to the cent."""
    sens = "de plus" if marge.disponible >= Centimes(0) else "de moins"
    return typeset(
        f"Pour {format_euros(marge.net)} de salaire net en plus, le foyer a "
        f"{write_absolu(marge.disponible)} {sens} pour vivre, {_tell_part(marge)}. Taux marginal "
        f"effectif : {pourcent(marge.taux_marginal_effectif)} du brut en plus, pris par les cotisations, "
        "l’impôt et les prestations perdues, moins les prestations gagnées."
    )


def _tell_part(marge: Marge) -> str:
    part = marge.part_gardee
    if part is not None and part > 1:
        return f"soit {pourcent(part)} de ce net : des prestations s’y ajoutent"
    return f"soit {pourcent(part)} de ce net"


def tell_hausse(hausse: Hausse) -> str:
    """Who pays and who gains, in one sentence."""
    gain, solde = hausse.marge.disponible, hausse.solde
    personne = "gagne" if gain >= Centimes(0) else "perd"
    public = "gagnent" if solde >= Centimes(0) else "perdent"
    return typeset(
        f"Chaque mois, l’employeur paie {format_euros(hausse.employeur)} de plus ; la personne {personne} "
        f"{write_absolu(gain)}, les comptes publics {public} {write_absolu(solde)}."
    )


def write_absolu(montant: Centimes) -> str:
    """Amount to the cent, without its sign: the verb says it."""
    return format_euros(montant if montant >= Centimes(0) else -montant)


def tell_contrefactuel(demande: Demande) -> str:
    """Whose hypothesis it is, and what it says."""
    phrase = describe_contrefactuel(demande.contrefactuel)
    if demande.contrefactuel == Contrefactuel():
        return typeset(
            f"Personne ne sait ce qui aurait été sans ce poste. Faute de statistique, les deux bornes : {phrase}."
        )
    return typeset(f"Votre hypothèse : {phrase}.")


def tell_equilibre(comptes: Comptes) -> str:
    """The share at which the balance changes sign; empty when there is none."""
    part = comptes.part_equilibre
    if part is None:
        return ""
    return typeset(
        f"Le solde est nul si {pourcent(part)} des personnes auraient eu, sans ce poste, le même emploi "
        "ailleurs ; en dessous, il revient plus qu’il n’est versé."
    )


def list_sources(lignes: Iterable[LignePublique]) -> list[tuple[str, str]]:
    """Each source once, with the lines that come from it."""
    par_source: dict[str, list[str]] = {}
    for ligne in lignes:
        if ligne.montant.nombre:
            par_source.setdefault(ligne.source, []).append(ligne.libelle)
    return [(typeset(", ".join(noms)), typeset(source)) for source, noms in par_source.items()]


def describe_foyer(foyer: Foyer) -> list[tuple[str, str]]:
    """Everything that is assumed of the household."""
    conjoint = "aucun"
    if foyer.conjoint_age is not None:
        travail = (
            f"{foyer.conjoint_heures} heures par semaine au SMIC"
            if foyer.conjoint_heures
            else "sans emploi"
        )
        conjoint = f"{foyer.conjoint_age} ans, {travail}"
    loyer = (
        f"{_LOGEMENTS[foyer.logement]}, loyer de {format_nombre(foyer.loyer)} € par mois hors charges, zone "
        f"{foyer.zone}"
        if foyer.loyer
        else _LOGEMENTS[foyer.logement]
    )
    enfants = join_fr(map(str, foyer.enfants))
    return [
        ("Personne", typeset(f"{foyer.age} ans, {_AVANT[foyer.avant]}")),
        ("Conjoint", typeset(conjoint)),
        ("Enfants", typeset(f"{enfants} ans") if enfants else "aucun"),
        ("Logement", typeset(loyer)),
    ]


def describe_poste(valeur: ValeurEmploi, hypotheses: Hypotheses) -> list[tuple[str, str]]:
    """Everything that was answered, so that a printed page says it."""
    demande = valeur.demande
    accidents = demande.taux_accident_travail
    taux = format_nombre((accidents or hypotheses.taux_accident_travail) * 100, 2)
    origine = "celui de la table" if accidents is None else "saisi"
    lignes = [
        ("Structure", NOMS_TYPES[demande.type_siae]),
        ("Heures", f"{demande.heures} heures par semaine"),
        ("Salaire", f"{format_euros(valeur.apres['salaire_horaire'])} brut de l’heure"),
        ("Droit appliqué", name_mois(demande.mois)),
        ("Accidents du travail", f"{taux} % du brut, {origine}"),
        ("Sans ce poste", describe_contrefactuel(demande.contrefactuel)),
    ]
    if demande.type_siae == "AI" or demande.lecture is not None:
        conges = CONGES["" if demande.lecture is None else demande.lecture.value]
        lignes.append(("Congés payés", f"{conges[:1].lower()}{conges[1:]}"))
    return [(nom, typeset(quoi)) for nom, quoi in lignes]


def describe_grille(hypotheses: Hypotheses) -> list[tuple[str, str]]:
    """What the table holds, and what it was computed with."""
    heures = join_fr((str(h) for h in hypotheses.heures if h), "ou")
    return [
        ("Employeur", accorder(hypotheses.effectif, "salarié", "salariés")),
        ("Droit", join_fr(map(name_mois, hypotheses.mois), "ou")),
        ("Heures", typeset(f"{heures} par semaine ; rien n’est interpolé entre deux")),
    ]


def describe_calcul(table: Table) -> dict[str, str]:
    """What computed the income, and when."""
    return {
        "versions": table.versions,
        "fait_le": format_date(table.fait_le),
        "commande": table.commande,
    }


def _arrondi(montant: Centimes) -> str:
    return f"{format_nombre(montant.to_euros())}{ESPACE_FINE}€"


def _signe(montant: Centimes) -> str:
    arrondi = _arrondi(montant)
    return arrondi if arrondi.startswith((MOINS, "0")) else f"+{arrondi}"
