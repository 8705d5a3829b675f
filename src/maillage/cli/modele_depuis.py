"""`maillage modele depuis`: the first version of a model, from accounts and an extract."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.modele_options import Remplacer, Sortie, read_type
from maillage.cli.page import typographie
from maillage.cli.progression import show_progress
from maillage.cli.saisie_regles import parse_jour
from maillage.cli.sortie import check_target, write_file
from maillage.kernel.errors import Anomalie, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.comptes.exercice import Exercice
    from maillage.analyses.modele.depuis import Demande
    from maillage.analyses.modele.hypotheses import Hypotheses

_AIDE = """
Écrit les hypothèses d’une structure d’après ses comptes et l’extrait importé.

Ce que le FEC et l’extrait donnent devient une donnée, avec sa source ; le reste est une hypothèse « à
compléter », énumérée à la fin. Avec plusieurs FEC, le dernier exercice sert. Les tiers et les libellés
ne sont pas lus. L’extrait est celui de « maillage flux importer ».
"""
_EXEMPLES = """
maillage modele depuis 732829320FEC20241231.txt --type AI --sortie ai.toml
maillage modele depuis exercice.txt --type ACI --siren 732829320 --etp-permanents 3,5 --effectif 25
"""


def register(group: typer.Typer) -> None:
    """Add the command to the group of models."""
    group.command("depuis", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(start)


def start(  # noqa: PLR0913, PLR0917 — one parameter per option
    fichiers: Annotated[list[Path], typer.Argument(metavar="FEC…", help="FEC, un par exercice.")],
    type_siae: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="AI, ACI, EI ou ETTI.")
    ] = None,
    extrait: Annotated[
        str | None,
        typer.Option(
            "--extrait",
            metavar="EXTRAIT",
            help="Début de l’identifiant, ou jour ; le dernier sinon.",
        ),
    ] = None,
    siren: Annotated[
        str | None,
        typer.Option("--siren", metavar="SIREN", help="Par défaut, celui du nom du FEC."),
    ] = None,
    rattachement: Annotated[
        Path | None,
        typer.Option(
            "--rattachement", metavar="FICHIER", help="Choix de la structure, dont l’aide au poste."
        ),
    ] = None,
    etp_permanents: Annotated[
        str | None,
        typer.Option(
            "--etp-permanents", metavar="ETP", help="Postes qui ne sont pas en insertion."
        ),
    ] = None,
    effectif: Annotated[
        int | None,
        typer.Option(
            "--effectif", metavar="N", min=0, help="Au sens de la réduction de cotisations."
        ),
    ] = None,
    debut: Annotated[
        str | None,
        typer.Option(
            "--debut",
            metavar="DATE",
            help="Premier jour du modèle ; par défaut, le lendemain des comptes.",
        ),
    ] = None,
    sortie: Sortie = None,
    *,
    remplacer: Remplacer = False,
) -> None:
    """Write the first version of a model.

    Raises:
        SaisieInvalide: the kind is missing (MLG-CLI-003), or the hours cannot be found (MLG-MEC-012, 013).
    """
    if type_siae is None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-003", "il manque l’option « --type »", "AI, ACI, EI ou ETTI.", "--type"
            )
        )
    genre, jour = read_type(type_siae), parse_jour(debut, "--debut")
    postes = _read_etp(etp_permanents)
    if sortie is not None:
        check_target(sortie, replace=remplacer)
    from maillage.analyses.modele.depuis import list_restes, start_model  # noqa: PLC0415 — heavy
    from maillage.regles.engine.legislation import load_legislation  # noqa: PLC0415 — heavy

    exercice = _read_last(fichiers, rattachement)
    demande = _gather(exercice, genre, extrait, siren, (postes, effectif, jour))
    hypotheses = start_model(demande, load_legislation())
    restes = [*list_restes(hypotheses), *([] if effectif else [_EFFECTIF])]
    texte = _write(hypotheses, restes)
    if sortie is None:
        typer.echo(texte, nl=False)
    else:
        write_file(sortie, texte, replace=remplacer)
        typer.echo(f"Écrit : {sortie}", err=True)
    for libelle, quoi in restes:
        typer.echo(typographie(f"À compléter — {libelle} : {quoi}."), err=True)


_EFFECTIF = (
    "Effectif",
    "le nombre de salariés de la réduction de cotisations (structure.effectif)",
)


def _write(hypotheses: "Hypotheses", restes: list[tuple[str, str]]) -> str:
    from maillage.analyses.modele.ecriture import write_hypotheses  # noqa: PLC0415 — heavy

    entete = [
        "Écrit par « maillage modele depuis ». Chaque chiffre est une donnée, avec sa source, ou une hypothèse.",
        *(typographie(f"À compléter : {libelle} ({quoi})") for libelle, quoi in restes),
    ]
    return write_hypotheses(hypotheses, entete)


def _read_last(fichiers: list[Path], rattachement: Path | None) -> "Exercice":
    from maillage.analyses.comptes.annees import set_side_by_side  # noqa: PLC0415 — heavy
    from maillage.analyses.comptes.exercice import compute_exercice  # noqa: PLC0415 — heavy
    from maillage.analyses.comptes.lecture_rattachement import (  # noqa: PLC0415 — heavy
        read_rattachement,
    )
    from maillage.data.sources.fec.lecture import read_fec  # noqa: PLC0415 — heavy

    choix = None if rattachement is None else read_rattachement(rattachement)
    with show_progress("Lecture des fichiers", in_logs=False) as step:
        exercices = []
        for rang, fichier in enumerate(fichiers, 1):
            step(f"{rang} sur {len(fichiers)}")
            exercices.append(compute_exercice(read_fec(fichier), rattachement=choix))
    return set_side_by_side(exercices).exercices[-1]


def _gather(
    exercice: "Exercice",
    genre: str,
    mot: str | None,
    siren: str | None,
    dits: tuple[float | None, int | None, date | None],
) -> "Demande":
    """Accounts, hours and terms.

    Raises:
        SaisieInvalide: the extract has no structure of that SIREN and kind (MLG-MEC-013).
    """
    from maillage.analyses.modele.convention import find_cles, find_convention  # noqa: PLC0415
    from maillage.analyses.modele.depuis import Demande  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.heures import sum_heures  # noqa: PLC0415 — heavy
    from maillage.indicators.pilotage.lecture import load_faits  # noqa: PLC0415 — heavy

    faits = load_faits(mot)
    numero = (siren or exercice.mouvements.siren).replace(" ", "")
    cles = find_cles(faits, numero, genre) if numero else ()
    if not cles:
        raise SaisieInvalide(
            Anomalie(
                "MLG-MEC-013",
                f"L’extrait n’a pas de structure {genre} du SIREN « {numero or 'inconnu'} »",
                "donnez --siren, ou l’extrait qui porte cette structure avec --extrait.",
                faits.extrait.identifiant,
            )
        )
    postes, effectif, debut = dits
    return Demande(
        exercice=exercice,
        heures=sum_heures(faits, cles, exercice.mouvements.mois),
        convention=find_convention(faits, cles, exercice.mouvements.dernier_jour),
        type_siae=genre,
        extrait=faits.extrait.extraction.isoformat(),
        etp_permanents=postes,
        effectif=effectif,
        le=date.today(),  # noqa: DTZ011, TID251 — the command line is where the clock is read
        debut=debut,
    )


def _read_etp(texte: str | None) -> float | None:
    """Posts, with a comma or a point.

    Raises:
        SaisieInvalide: it is not a number above zero (MLG-CLI-004).
    """
    if texte is None:
        return None
    try:
        postes = float(texte.replace(",", "."))
    except ValueError:
        postes = 0.0
    if not 0 < postes < 10_000:  # noqa: PLR2004 — more than any structure has
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-004",
                f"« {texte} » n’est pas un nombre de postes",
                "écrivez un nombre, par exemple 3,5.",
                "--etp-permanents",
            )
        )
    return postes
