"""Tax on wages of an employer, from the pay of each person; both readings for the pay of insertion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import accorder, guillemets, typeset
from maillage.regles.engine.calcul import compute
from maillage.regles.engine.erreurs import PeriodeNonModelisee
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.trace import trace
from maillage.web.regles.affichage import euros
from maillage.web.regles.calculettes.modele import Calculette, Reponse, refuse, typeset_all
from maillage.web.regles.champs import Champ, parse_nombre, read_formulaire
from maillage.web.regles.deroule import render_calculs
from maillage.web.regles.jours import read_jour
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from maillage.regles.engine.calcul import Resultat
    from maillage.web.regles.champs import Formulaire

_AIDE_PAIES = "En euros, une personne par ligne ; « 3 x 24000 » pour trois personnes payées autant."
_CHAMPS = (
    Champ("annee", "Année des salaires", "Quatre chiffres : 2025."),
    Champ(
        "employeur",
        "Employeur",
        options={
            "association": "Association, avec l’abattement",
            "autre": "Autre employeur, sans abattement",
        },
    ),
    Champ("permanents", "Salaires bruts annuels des permanents", _AIDE_PAIES, long=True),
    Champ(
        "insertion",
        "Salaires bruts annuels des personnes en parcours",
        "Comme ci-dessus. Aucun texte trouvé ne dit s’ils sont taxés : les deux lectures sont données.",
        long=True,
        facultatif=True,
    ),
)
_FOIS = re.compile(r"(?:([0-9]{1,5}) *[x×*] *)?(.+)")
_PERSONNES_MAX = 20_000
_PAIE_MAX = 10_000_000
_ANNEE = re.compile(r"[0-9]{4}")
_ETAPES = (
    ("assiette_taxe_salaires", "Assiette"),
    ("taxe_au_taux_normal", "Au taux normal"),
    ("majorations_employeur", "Majorations"),
    ("taxe_brute", "Avant franchise et décote"),
    ("taxe_apres_decote", "Après franchise et décote"),
    ("taxe_due", "Taxe due"),
)
_COLONNES = tuple(nom for nom, _ in _ETAPES if nom != "majorations_employeur")


def read(query: Mapping[str, str]) -> tuple[Formulaire, Reponse | None]:
    """The form, and its answer when it can be given."""
    formulaire = read_formulaire(_CHAMPS, query)
    if formulaire.est_vide:
        return formulaire, None
    jour = _read_annee(formulaire)
    employeur = formulaire.read_choix("employeur")
    permanents, insertion = (_read_paies(formulaire, nom) for nom in ("permanents", "insertion"))
    if formulaire.erreurs or jour is None:
        return formulaire, None
    return formulaire, _answer(jour, permanents, insertion, est_association=employeur != "autre")


def _read_annee(formulaire: Formulaire) -> date | None:
    """Last day of the year of the pay, at which the law is read."""
    annee = formulaire.textes["annee"]
    lu: date | Anomalie = Anomalie(
        "MLG-WEB-040",
        f"{guillemets(annee[:20])} n’est pas une année." if annee else "Il manque l’année.",
        "Écrivez ses quatre chiffres\u202f: 2025.",
    )
    if _ANNEE.fullmatch(annee):
        lu = read_jour(f"{annee}-12-31")
    if isinstance(lu, Anomalie):
        formulaire.erreurs.add("annee", lu)
        return None
    return lu


def _read_paies(formulaire: Formulaire, nom: str) -> list[float]:
    """Pay of each person."""
    paies: list[float] = []
    for ligne in formulaire.read_lignes(nom):
        trouvee = _FOIS.fullmatch(ligne)
        paie = parse_nombre(trouvee[2]) if trouvee else None
        fois = int(trouvee[1] or 1) if trouvee else 0
        if paie is None or paie > _PAIE_MAX or len(paies) + fois > _PERSONNES_MAX:
            formulaire.refuse_ligne(nom, ligne, "Écrivez un salaire par ligne : 24000.")
        else:
            paies += [float(paie)] * fois
    return paies


def _answer(
    jour: date, permanents: Sequence[float], insertion: Sequence[float], *, est_association: bool
) -> Reponse:
    lectures = (False, True) if insertion else (False,)
    try:
        majorations = [
            _sum_majorations([*permanents, *(insertion if lecture else ())], jour)
            for lecture in lectures
        ]
        resultat = compute(
            _COLONNES,
            {
                "remuneration_permanents_annuelle": np.full(len(lectures), sum(permanents)),
                "remuneration_insertion_annuelle": np.full(len(lectures), sum(insertion)),
                "insertion_dans_assiette": np.array(lectures),
                "majorations_employeur": np.array(majorations),
                "est_association": np.full(len(lectures), est_association),
            },
            load_legislation(),
            jour,
        )
    except PeriodeNonModelisee as inconnu:
        return refuse(inconnu.anomalies)
    return Reponse(
        phrase=_phrase(resultat, jour, len(permanents), len(insertion)),
        table=_table(resultat, majorations),
        remarques=typeset_all((*_REMARQUES, *resultat.avertissements)),
        calcul=render_calculs(trace(resultat, rang, "taxe_due") for rang in range(len(lectures))),
    )


_REMARQUES = (
    "Barème de la métropole.",
    "Hypothèse : redevable sur tous ses salaires, sans assujettissement partiel à la TVA.",
)


def _sum_majorations(paies: Sequence[float], jour: date) -> float:
    """Increases of every person taxed, each on their own pay."""
    colonnes = {"remuneration_individuelle_annuelle": np.array(paies, dtype=np.float64)}
    resultat = compute(["majoration_individuelle"], colonnes, load_legislation(), jour)
    return float(resultat["majoration_individuelle"].sum())


def _phrase(resultat: Resultat, jour: date, permanents: int, insertion: int) -> str:
    dues = [euros(montant) for montant in resultat["taxe_due"]]
    qui = accorder(permanents, "permanent", "permanents")
    if len(dues) == 1:
        return f"Pour {jour.year} et {qui}, la taxe due est de {dues[0]}."
    personnes = accorder(insertion, "personne en parcours", "personnes en parcours")
    return typeset(
        f"Pour {jour.year}, {qui} et {personnes}, la taxe due est de {dues[0]} si les salaires "
        f"d’insertion ne sont pas taxés, de {dues[1]} s’ils le sont."
    )


def _table(resultat: Resultat, majorations: Sequence[float]) -> SafeString:
    noms = ("Permanents seuls", "Insertion comprise")[: len(majorations)]
    colonnes = (Colonne("etape", "Étape", droite=False), *(Colonne(n, n) for n in noms))
    lignes = [
        Ligne(
            (
                texte(titre),
                *(
                    texte(euros(montant))
                    for montant in (
                        majorations if nom == "majorations_employeur" else resultat[nom]
                    )
                ),
            )
        )
        for nom, titre in _ETAPES
    ]
    return render_table("La taxe, étape par étape", colonnes, lignes, entier=True)


CALCULETTE = Calculette(
    titre="La taxe d’un employeur",
    aide="Salaire par salaire, avec la franchise, la décote et l’abattement des associations.",
    exemple="annee=2025&employeur=association&permanents=6+x+34000%0A28000&insertion=30+x+12000",
    exemple_nom="sept permanents et trente personnes en parcours, en 2025",
    ancre="calcul",
    read=read,
)
