"""The first version of a model, from a year of accounts and the hours of the extract.

What the two give is a datum, with its source; what they do not is an assumption that says so, to be
completed: nothing is taken from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from maillage.analyses.comptes.heure import TYPES_QUI_FACTURENT
from maillage.analyses.modele.depuis_comptes import A_COMPLETER, Comptes, read_comptes
from maillage.analyses.modele.hypotheses import (
    PAR_DEFAUT,
    Chiffre,
    Hypotheses,
    Origine,
    Tirages,
)
from maillage.indicators.modele.bareme import read_bareme, read_number
from maillage.indicators.modele.cadre import (
    Cadre,
    Charge,
    Client,
    Mouvement,
    Nature,
    Poste,
    Prix,
    Ressource,
)
from maillage.indicators.modele.cles import list_cles
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import format_date, join_fr
from maillage.kernel.valeur import Absence
from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM
from maillage.regles.cotisations.lecture import LectureCongesPayes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.analyses.comptes.exercice import Exercice
    from maillage.analyses.modele.convention import Convention
    from maillage.indicators.comptes.bilan import Position
    from maillage.indicators.pilotage.heures import Heures
    from maillage.regles.engine.legislation import Legislation

CLIENT, PERMANENTS = "ensemble", "permanents"
TYPES_ASSOCIATIFS = frozenset({"AI", "ACI"})
"""Kinds that are associations more often than not: a reader corrects it."""
_CENT = 100


@dataclass(frozen=True, slots=True)
class Demande:
    """What a first version is made from.

    Attributes:
        exercice: Accounts of the year.
        heures: Hours and pay entered over its months; unknown where the extract lacks.
        convention: Terms of the annexe; None where the extract gives none.
        type_siae: AI, ACI, EI or ETTI.
        extrait: Name of the extract, for the sources; empty without.
        etp_permanents: Posts of the permanent staff, as the reader says; None when not said.
        effectif: Employees, idem.
        le: Day of this version.
        debut: First day of the model; None for the day after the accounts.
    """

    exercice: Exercice
    heures: Heures
    convention: Convention | None
    type_siae: str
    extrait: str
    etp_permanents: float | None
    effectif: int | None
    le: date
    debut: date | None = None


def start_model(demande: Demande, legislation: Legislation) -> Hypotheses:
    """A first version of the model of a structure.

    Args:
        demande: Accounts, hours, terms.
        legislation: The law, in which the rate of contributions is found again.

    Raises:
        SaisieInvalide: MLG-MEC-012, the extract does not give the hours and the pay of the year.
        PeriodeNonModelisee: the reduction of contributions of that year is not modelled.
    """
    _check_heures(demande.heures)
    comptes = read_comptes(demande.exercice, _known(demande.heures.salaire_brut))
    facture = demande.type_siae in TYPES_QUI_FACTURENT
    if facture and isinstance(demande.heures.facturees, Absence):
        raise SaisieInvalide(_no_hours("les heures facturées"))
    cadre = _make_cadre(demande, comptes, facture=facture)
    taux = _calibrate(demande, comptes, cadre, legislation)
    chiffres = {
        **_fill_heures(demande, comptes, facture=facture),
        "insertion.taux_cotisations": taux,
        **_fill_permanents(demande, comptes, taux),
        **{f"charges.{code}.montant_annuel": c for code, (_, c) in comptes.charges.items()},
        **{f"ressources.{code}.montant_annuel": c for code, (_, c) in comptes.ressources.items()},
        **_fill_aide(demande, legislation),
        **_fill_tresorerie(demande, comptes),
    }
    return Hypotheses(
        nom=f"Modèle d’après l’exercice clos le {format_date(demande.exercice.mouvements.dernier_jour)}",
        le=demande.le,
        cadre=cadre,
        chiffres={**chiffres, **_fill_defaults(cadre, chiffres)},
        tirages=Tirages(),
    )


def list_restes(hypotheses: Hypotheses) -> tuple[tuple[str, str], ...]:
    """What is still to be completed: label and what is needed."""
    return tuple(
        (cle.libelle, hypotheses.chiffres[cle.chemin].source.removeprefix(A_COMPLETER))
        for cle in hypotheses.list_cles()
        if cle.chemin in hypotheses.chiffres
        and hypotheses.chiffres[cle.chemin].source.startswith(A_COMPLETER)
    )


def _check_heures(heures: Heures) -> None:
    manques = [
        nom
        for nom, valeur in (
            ("les heures travaillées", heures.travaillees),
            ("le salaire brut des personnes en insertion", heures.salaire_brut),
        )
        if isinstance(valeur, Absence) or valeur <= 0
    ]
    if manques:
        raise SaisieInvalide(_no_hours(join_fr(manques)))


def _no_hours(quoi: str) -> Anomalie:
    return Anomalie(
        "MLG-MEC-012",
        f"L’extrait ne donne pas {quoi} de tous les mois de l’exercice.",
        "Importez un extrait où ces mois sont saisis, ou partez de « maillage modele exemple » et recopiez "
        "vos chiffres.",
    )


def _make_cadre(demande: Demande, comptes: Comptes, *, facture: bool) -> Cadre:
    prix = Prix.HORAIRE if facture else Prix.MONTANT
    position = _position(demande)
    return Cadre(
        type_siae=demande.type_siae,
        debut=demande.debut or demande.exercice.mouvements.dernier_jour + timedelta(days=1),
        territoire=METROPOLE_DROM,
        effectif=demande.effectif or 0,
        est_association=demande.type_siae in TYPES_ASSOCIATIFS,
        # the tax of the year is in the charges, as the accounts hold it
        taxe_salaires_due=False,
        insertion_dans_assiette=False,
        lecture=LectureCongesPayes.SMIC_NON_CORRIGE if facture else LectureCongesPayes.SANS_OBJET,
        clients=(Client(CLIENT, "Toutes les ventes", prix),),
        postes=(Poste(PERMANENTS, "Permanents"),) if comptes.salaires_permanents > 0 else (),
        charges=tuple(
            Charge(code, libelle, is_decaissable=code != "dotations")
            for code, (libelle, _) in comptes.charges.items()
        ),
        ressources=tuple(
            Ressource(
                code,
                libelle,
                Nature.COFINANCEMENT if code == "subventions" else Nature.AUTRE,
            )
            for code, (libelle, _) in comptes.ressources.items()
        ),
        mouvements=()
        if isinstance(position, Absence)
        else (Mouvement("besoin", "Créances et dettes de l’année d’avant, dénouées", 1),),
    )


def _fill_heures(demande: Demande, comptes: Comptes, *, facture: bool) -> dict[str, Chiffre]:
    heures, client = demande.heures, f"clients.{CLIENT}"
    travaillees, brut = _known(heures.travaillees), _known(heures.salaire_brut)
    source = f"Extrait {demande.extrait}, mois de l’exercice"
    vendues = _known(heures.facturees) if facture else 0.0
    delai = Chiffre(1.0, Origine.HYPOTHESE, f"{A_COMPLETER}le délai de paiement de vos clients")
    chiffres = {f"{client}.delai_mois": delai}
    if facture:
        chiffres[f"{client}.heures"] = Chiffre(vendues, Origine.DONNEE, source)
        chiffres[f"{client}.prix_horaire"] = Chiffre(
            comptes.ventes / vendues if vendues else 0.0,
            Origine.DONNEE,
            f"Ventes du FEC {comptes.fichier} ÷ heures facturées de l’extrait, tous clients ensemble",
        )
    else:
        chiffres[f"{client}.montant_annuel"] = Chiffre(
            comptes.ventes, Origine.DONNEE, f"Ventes du FEC {comptes.fichier}"
        )
    return chiffres | {
        "insertion.heures_hors_client": Chiffre(
            max(0.0, travaillees - vendues), Origine.DONNEE, source
        ),
        "insertion.salaire_horaire_brut": Chiffre(
            brut / max(travaillees, vendues),
            Origine.DONNEE,
            f"{source} : salaire brut, indemnités comprises, ÷ heures",
        ),
    }


def _calibrate(
    demande: Demande, comptes: Comptes, cadre: Cadre, legislation: Legislation
) -> Chiffre:
    """Rate before the reduction with which the model of the year itself has the contributions of account 645."""
    bareme = read_bareme(
        replace(cadre, debut=demande.exercice.mouvements.premier_jour), legislation, 0.0
    )
    brut = _known(demande.heures.salaire_brut)
    heures = max(_known(demande.heures.travaillees), _known(demande.heures.facturees))
    permanents = max(comptes.salaires_permanents, 0.0)
    etp = demande.etp_permanents or 1.0
    coefficients = bareme.coefficient(
        remuneration=np.array([brut / heures, permanents / etp]),
        smic_retenu=np.array([bareme.smic_insertion, bareme.smic_temps_plein]),
    )
    reduction = float(coefficients[0]) * brut + float(coefficients[1]) * permanents
    taux = (comptes.cotisations + reduction) / (brut + permanents)
    return Chiffre(
        min(max(taux, 0.0), 1.0),
        Origine.HYPOTHESE,
        f"Retrouvé : avec la réduction de l’exercice, les cotisations du modèle sont celles du compte 645 du "
        f"FEC {comptes.fichier}",
    )


def _fill_permanents(demande: Demande, comptes: Comptes, taux: Chiffre) -> dict[str, Chiffre]:
    if comptes.salaires_permanents <= 0:
        return {}
    etp, racine = demande.etp_permanents, f"postes.{PERMANENTS}"
    postes = (
        Chiffre(1.0, Origine.HYPOTHESE, f"{A_COMPLETER}le nombre de postes permanents")
        if etp is None
        else Chiffre(etp, Origine.DONNEE, "Dit à la création du modèle")
    )
    return {
        f"{racine}.etp": postes,
        f"{racine}.salaire_brut_annuel": Chiffre(
            comptes.salaires_permanents / postes.valeur,
            Origine.DONNEE,
            f"Compte 641 du FEC {comptes.fichier} moins les salaires de l’extrait, par poste",
        ),
        f"{racine}.taux_cotisations": taux,
    }


def _fill_aide(demande: Demande, legislation: Legislation) -> dict[str, Chiffre]:
    convention = demande.convention
    if convention is None:
        chemin = f"aide_au_poste.heures_par_etp.{demande.type_siae}"
        legale = legislation.resolve(chemin, demande.exercice.mouvements.premier_jour)
        return {
            "aide.etp_conventionnes": Chiffre(
                0.0, Origine.HYPOTHESE, f"{A_COMPLETER}les postes de votre annexe financière"
            ),
            "aide.heures_par_etp": Chiffre(
                read_number(legale),
                Origine.HYPOTHESE,
                f"{A_COMPLETER}les heures que votre annexe imprime ({legale.reference.titre} en attendant)",
            ),
        }
    source = f"Annexe {convention.numero}, extrait {demande.extrait}"
    return {
        "aide.etp_conventionnes": Chiffre(convention.etp, Origine.DONNEE, source),
        "aide.heures_par_etp": Chiffre(convention.heures_par_etp, Origine.DONNEE, source),
    }


def _fill_tresorerie(demande: Demande, comptes: Comptes) -> dict[str, Chiffre]:
    position = _position(demande)
    delais = {
        f"tresorerie.{nom}": Chiffre(
            1.0, Origine.HYPOTHESE, f"{A_COMPLETER}le délai de paiement {quoi}"
        )
        for nom, quoi in (
            ("delai_cotisations_mois", "des cotisations"),
            ("delai_fournisseurs_mois", "des fournisseurs"),
        )
    }
    if isinstance(position, Absence):
        inconnue = Chiffre(
            0.0, Origine.HYPOTHESE, f"{A_COMPLETER}la trésorerie à l’ouverture, absente du FEC"
        )
        return {"tresorerie.initiale": inconnue, **delais}
    bilan = "d’ouverture" if _is_same_year(demande) else "de clôture"
    source = f"Bilan {bilan} du FEC {comptes.fichier}"
    return {
        "tresorerie.initiale": Chiffre(position.tresorerie / _CENT, Origine.DONNEE, source),
        **delais,
        "mouvements.besoin.montant": Chiffre(
            position.bfr / _CENT,
            Origine.HYPOTHESE,
            f"{source} : besoin en fonds de roulement, supposé dénoué le premier mois",
        ),
    }


def _is_same_year(demande: Demande) -> bool:
    """Whether the model is that of the year of the accounts, not of the next."""
    return demande.debut == demande.exercice.mouvements.premier_jour


def _position(demande: Demande) -> Position | Absence:
    """Balance sheet on the eve of the model."""
    exercice = demande.exercice
    return exercice.ouverture if _is_same_year(demande) else exercice.cloture.position


def _fill_defaults(cadre: Cadre, connus: Mapping[str, Chiffre]) -> dict[str, Chiffre]:
    """What a file that says nothing is read as."""
    return {
        cle.chemin: Chiffre(cle.defaut, Origine.DEFAUT, PAR_DEFAUT)
        for cle in list_cles(cadre)
        if cle.chemin not in connus and cle.defaut is not None
    }


def _known(valeur: float | Absence) -> float:
    return 0.0 if isinstance(valeur, Absence) else valeur
