"""Options of `maillage emploi`: what each means, once for all its commands."""

from pathlib import Path
from typing import Annotated

import typer

from maillage.cli.regles_droit import AIDE_PROJECTION
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE

_AIDE_FOYER = "Code du foyer type ; « maillage emploi foyers » les liste."
_AIDE_LE = "Jour d’un mois de la table ; par défaut le dernier où l’aide au poste est connue."
_AIDE_AU_DELA = "Salaire horaire brut au-delà du SMIC, en euros ; par défaut 0."
_AIDE_SINON = (
    "Votre hypothèse : pour cent des personnes qui auraient eu le même emploi ailleurs, 30 ou 20-60 ; "
    "par défaut 0-100."
)
_AIDE_UNITAIRE = "Aide au poste de votre annexe, par ETP et par an, au lieu du socle."
_AIDE_CONGES = (
    "Si l’indemnité s’ajoute à chaque heure : smic_corrige ou smic_non_corrige, le SMIC de la réduction "
    "en est corrigé ou non ; par défaut sans_objet."
)
_AIDE_ACCIDENTS = "Taux d’accident du travail que la caisse vous notifie, en pour cent ; par défaut celui de la table."
_AIDE_HYPOTHESES = "Dossier de vos foyers.toml et table.csv ; par défaut ceux de Maillage."

OptionFoyer = Annotated[str | None, typer.Option("--foyer", metavar="CODE", help=_AIDE_FOYER)]
OptionHeures = Annotated[
    str | None, typer.Option("--heures", metavar="HEURES", help="Heures payées par semaine.")
]
OptionType = Annotated[
    str | None, typer.Option("--type", metavar="TYPE", help="AI, ACI, EI ou ETTI.")
]
OptionLe = Annotated[str | None, typer.Option("--le", metavar="DATE", help=_AIDE_LE)]
OptionAuDela = Annotated[
    str | None, typer.Option("--au-dela-du-smic", metavar="EUROS", help=_AIDE_AU_DELA)
]
OptionRevaloriser = Annotated[
    str | None,
    typer.Option("--revaloriser", metavar="EUROS", help="Hausse du salaire horaire brut."),
]
OptionSinonEnEmploi = Annotated[
    str | None, typer.Option("--sinon-en-emploi", metavar="PARTS", help=_AIDE_SINON)
]
OptionMontantUnitaire = Annotated[
    str | None, typer.Option("--montant-unitaire", metavar="EUROS", help=_AIDE_UNITAIRE)
]
OptionCongesPayes = Annotated[
    str | None, typer.Option("--conges-payes", metavar="LECTURE", help=_AIDE_CONGES)
]
OptionAccidents = Annotated[
    str | None, typer.Option("--accidents-du-travail", metavar="TAUX", help=_AIDE_ACCIDENTS)
]
OptionHypotheses = Annotated[
    Path | None, typer.Option("--hypotheses", metavar="DOSSIER", help=_AIDE_HYPOTHESES)
]
OptionProjection = Annotated[bool, typer.Option("--projection", help=AIDE_PROJECTION)]
OptionFormat = Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)]
OptionSortie = Annotated[Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)]
OptionRemplacer = Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)]
