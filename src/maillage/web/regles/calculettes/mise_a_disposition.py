"""The count of the hours in companies of one person of an AI, placement by placement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from maillage.kernel.errors import SaisieInvalide
from maillage.kernel.francais import format_date, typeset
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.mise_a_disposition.decompte import compute_decompte
from maillage.regles.mise_a_disposition.modele import (
    Derogation,
    EmployeurPublic,
    HeuresSousDerogation,
    Lecture,
    MiseADisposition,
    PointDeDepart,
    TypeClient,
)
from maillage.regles.mise_a_disposition.parametrage import get_plafond
from maillage.web.regles.affichage import heures
from maillage.web.regles.calculettes.modele import Calculette, Reponse, refuse, typeset_all
from maillage.web.regles.champs import Champ, parse_nombre, read_formulaire
from maillage.web.regles.jours import find_jour
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.mise_a_disposition.modele import Decompte
    from maillage.web.regles.champs import Formulaire

_CLIENTS = {
    TypeClient.ENTREPRISE: "entreprise",
    TypeClient.EMPLOYEUR_PUBLIC: "public",
    TypeClient.ASSOCIATION: "association",
    TypeClient.PARTICULIER: "particulier",
}
_CHAMPS = (
    Champ(
        "heures",
        "Heures d’une personne",
        "Une ligne par jour ou par mois : date ; heures ; client. Par exemple « 15/01/2024 ; 7,5 ; "
        "entreprise ». Clients : entreprise, public, association, particulier. Ne donnez aucun nom.",
        long=True,
    ),
    Champ(
        "derogations",
        "Dérogations du préfet",
        "Une ligne par dérogation : premier jour ; dernier jour.",
        long=True,
        facultatif=True,
    ),
    Champ("arrete_au", "Décompte arrêté au", "Jour, mois, année : 31/12/2024."),
    Champ(
        "depart",
        "Ce qui ouvre la période",
        "Le texte ne tranche pas.",
        {lecture.value: lecture.libelle for lecture in PointDeDepart},
    ),
    Champ(
        "public",
        "Employeurs publics",
        "Le texte ne tranche pas.",
        {lecture.value: lecture.libelle for lecture in EmployeurPublic},
    ),
    Champ(
        "sous_derogation",
        "Heures sous dérogation",
        "Le texte ne tranche pas.",
        {lecture.value: lecture.libelle for lecture in HeuresSousDerogation},
    ),
)
_SEPARATEURS = re.compile(r"\s*[;\t]\s*")
_HEURES_MAX = 744
"""Hours of the longest month: a line is a day or a month."""


def read(query: Mapping[str, str]) -> tuple[Formulaire, Reponse | None]:
    """The form, and its answer when it can be given."""
    formulaire = read_formulaire(_CHAMPS, query)
    if formulaire.est_vide:
        return formulaire, None
    mises = [
        mise
        for ligne in formulaire.read_lignes("heures")
        if (mise := _read_mise(formulaire, ligne)) is not None
    ]
    derogations = [
        derogation
        for ligne in formulaire.read_lignes("derogations")
        if (derogation := _read_derogation(formulaire, ligne)) is not None
    ]
    arrete_au = formulaire.read_jour("arrete_au")
    choix = [formulaire.read_choix(nom) for nom in ("depart", "public", "sous_derogation")]
    if formulaire.erreurs or arrete_au is None:
        return formulaire, None
    lecture = Lecture(
        PointDeDepart(choix[0]), EmployeurPublic(choix[1]), HeuresSousDerogation(choix[2])
    )
    return formulaire, _answer(mises, derogations, arrete_au, lecture)


def _read_mise(formulaire: Formulaire, ligne: str) -> MiseADisposition | None:
    jour_texte, *suite = _SEPARATEURS.split(ligne)
    jour = find_jour(jour_texte)
    duree = parse_nombre(suite[0]) if suite else None
    mots = {mot: client for client, mot in _CLIENTS.items()}
    client = mots.get(suite[1].lower()) if suite[1:] else None
    if jour is None or duree is None or duree > _HEURES_MAX or client is None or suite[2:]:
        formulaire.refuse_ligne("heures", ligne, "Écrivez « 15/01/2024 ; 7,5 ; entreprise ».")
        return None
    return MiseADisposition(jour, float(duree), client)


def _read_derogation(formulaire: Formulaire, ligne: str) -> Derogation | None:
    jours = [find_jour(mot) for mot in _SEPARATEURS.split(ligne)]
    match jours:
        case [debut, fin] if debut is not None and fin is not None:
            return Derogation(debut, fin)
        case _:
            formulaire.refuse_ligne("derogations", ligne, "Écrivez « 01/01/2022 ; 31/12/2024 ».")
            return None


def _answer(
    mises: list[MiseADisposition],
    derogations: list[Derogation],
    arrete_au: date,
    lecture: Lecture,
) -> Reponse:
    try:
        decompte = compute_decompte(
            mises,
            arrete_au,
            plafond=get_plafond(arrete_au),
            lecture=lecture,
            derogations=derogations,
        )
    except (PeriodeNonModelisee, SaisieInvalide) as refus:
        return refuse(refus.anomalies)
    return Reponse(
        phrase=_phrase(decompte),
        table=_table(decompte),
        remarques=typeset_all((*decompte.avertissements, *lecture.phrases)),
    )


def _phrase(decompte: Decompte) -> str:
    au = format_date(decompte.arrete_au)
    if decompte.nombre_heures_depassement:
        trop = heures(decompte.nombre_heures_depassement)
        return f"Au {au}, le plafond est dépassé de {trop} sans dérogation."
    reste = heures(decompte.nombre_heures_restantes)
    fin = decompte.date_anniversaire
    avant = f" avant le {format_date(fin)}" if fin is not None else ""
    return typeset(f"Au {au}, il reste {reste} en entreprise{avant}.")


def _table(decompte: Decompte) -> SafeString:
    colonnes = (Colonne("quoi", "Décompte", droite=False), Colonne("valeur", "Valeur"))
    comptes = (
        ("Comptées dans le plafond", decompte.nombre_heures_comptees),
        ("Restantes", decompte.nombre_heures_restantes),
        ("Au-delà du plafond, sans dérogation", decompte.nombre_heures_depassement),
        ("Faites sous dérogation", decompte.nombre_heures_sous_derogation),
        ("Que le plafond ne concerne pas", decompte.nombre_heures_sans_plafond),
        ("Après la période, montrées à part", decompte.nombre_heures_hors_periode),
    )
    jours = (
        ("Premier jour de la période", decompte.date_depart),
        ("Période écoulée le", decompte.date_anniversaire),
        ("Plafond atteint le", decompte.date_plafond_atteint),
        ("Plafond franchi sans dérogation le", decompte.date_franchissement),
    )
    lignes = [Ligne((texte(nom), texte(heures(nombre)))) for nom, nombre in comptes]
    lignes += [
        Ligne((texte(nom), texte("sans objet" if jour is None else format_date(jour))))
        for nom, jour in jours
    ]
    return render_table("Décompte des heures en entreprise", colonnes, lignes, entier=True)


CALCULETTE = Calculette(
    titre="Le compteur d’une personne",
    aide="Rien n’est gardé. Les trois points que le texte laisse ouverts se choisissent.",
    exemple=(
        "heures=15%2F01%2F2024+%3B+470+%3B+entreprise%0A03%2F06%2F2024+%3B+11+%3B+entreprise"
        "&arrete_au=30%2F06%2F2024&depart=premiere_mise_a_disposition_plafonnee&public=plafonne"
        "&sous_derogation=comptees"
    ),
    exemple_nom=typeset("470 heures, puis 11 : une heure de trop"),
    ancre="calcul",
    read=read,
)
