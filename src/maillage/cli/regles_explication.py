"""`maillage regles expliquer`: the amount of one annexe step by step, and its payment."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillage.cli.analyseur import Commande
from maillage.cli.page import page_width
from maillage.cli.regles_droit import AIDE_CONNU_AU, AIDE_PROJECTION, open_legislation
from maillage.cli.saisie_annexe import collect, read_demande
from maillage.cli.saisie_regles import build_annexe, parse_jour, parse_occupation
from maillage.cli.sortie import AIDE_FORMAT, AIDE_REMPLACER, AIDE_SORTIE, open_sortie
from maillage.kernel.errors import Anomalie, Introuvable, SaisieInvalide

if TYPE_CHECKING:
    from maillage.analyses.annexes.model import Annexe
    from maillage.cli.sortie import Sortie

_AIDE = """
Le montant d’une annexe pas à pas, avec les textes, puis son versement mois par mois.

L’annexe vient d’un fichier, par son numéro, ou s’écrit en options. Sans --montant-unitaire, le socle
du droit au premier jour est pris, et le calcul refuse là où il n’est pas connu. Un mois dont
l’occupation n’est pas donnée n’est pas connu : il n’est jamais compté pour zéro.

Un avenant change les ETP ou le montant par ETP à partir d’un mois. La part modulée, le contrat
passerelle, le CDI inclusion et la part du département s’ajoutent s’ils sont demandés. Ce que les
textes laissent ouvert est une hypothèse : --hypotheses en donne la liste, --hypothese en choisit une.
"""
_EXEMPLES = """
maillage regles expliquer annexes.csv --numero AI017210002
maillage regles expliquer --type AI --etp 12,5 --du 2022-01-01 --au 2022-12-31
maillage regles expliquer --type AI --etp 12,5 --du 2022-01-01 --au 2022-12-31 --departement 976
maillage regles expliquer --type ACI --etp 8 --du 2023-01-01 --au 2023-06-30 --occupation 8,7.5,8.2
maillage regles expliquer --type AI --etp 12 --du 2022-01-01 --au 2022-12-31 --avenant 2022-07:etp=14
maillage regles expliquer --type AI --etp 12 --du 2022-01-01 --au 2022-12-31 --hypothese plafond=mensuel
maillage regles expliquer --type ACI --etp 8 --du 2023-06-01 --au 2023-12-31 --beneficiaires-rsa 5
maillage regles expliquer --type EI --etp 8 --du 2024-11-01 --au 2024-12-31 --poids 40,30,30 --notes 80,60,70
"""
_MONTRES = 10


def register(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("expliquer", help=_AIDE, epilog=_EXEMPLES, cls=Commande)(expliquer)


def expliquer(  # noqa: PLR0913, PLR0917 — one parameter per option
    fichier: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FICHIER]", help="Extrait fluxIAE AnnexeFinanciere, ou CSV de mêmes colonnes."
        ),
    ] = None,
    numero: Annotated[
        str | None,
        typer.Option(
            "--numero", metavar="NUMÉRO", help="Annexe du fichier, avec ou sans avenants."
        ),
    ] = None,
    type_siae: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="AI, ACI, EI, ETTI ou EITI.")
    ] = None,
    etp: Annotated[
        str | None, typer.Option("--etp", metavar="ETP", help="ETP conventionnés, mensuels.")
    ] = None,
    du: Annotated[
        str | None, typer.Option("--du", metavar="DATE", help="Premier jour de l’annexe.")
    ] = None,
    au: Annotated[
        str | None, typer.Option("--au", metavar="DATE", help="Dernier jour de l’annexe.")
    ] = None,
    departement: Annotated[
        str | None,
        typer.Option("--departement", metavar="CODE", help="976 pour les montants de Mayotte."),
    ] = None,
    montant_unitaire: Annotated[
        str | None,
        typer.Option(
            "--montant-unitaire", metavar="EUROS", help="Montant par ETP imprimé sur l’annexe."
        ),
    ] = None,
    occupation: Annotated[
        str | None,
        typer.Option(
            "--occupation",
            metavar="ETP,ETP…",
            help="ETP réalisés de chaque mois, depuis le premier ; ? pour un mois inconnu.",
        ),
    ] = None,
    avenant: Annotated[
        list[str] | None,
        typer.Option(
            "--avenant",
            metavar="MOIS:etp=…:montant=…",
            help="Ce qui change à partir d’un mois ; ajoutez :signature=MOIS s’il est signé plus "
            "tard. Peut être répétée.",
        ),
    ] = None,
    hypothese: Annotated[
        list[str] | None,
        typer.Option(
            "--hypothese",
            metavar="NOM=LECTURE",
            help="Autre lecture de ce que les textes laissent ouvert. Peut être répétée.",
        ),
    ] = None,
    poids: Annotated[
        str | None,
        typer.Option(
            "--poids",
            metavar="P,P,P",
            help="Poids du département pour la part modulée : personnes embauchées, actions et "
            "moyens, résultats à la sortie. Leur somme fait 100.",
        ),
    ] = None,
    notes: Annotated[
        str | None,
        typer.Option("--notes", metavar="N,N,N", help="Notes des trois mêmes critères, sur 100."),
    ] = None,
    passerelle: Annotated[
        str | None,
        typer.Option(
            "--passerelle",
            metavar="POSTES:MOIS",
            help="Postes à temps plein en contrat passerelle, et leur durée.",
        ),
    ] = None,
    cdi: Annotated[
        str | None,
        typer.Option(
            "--cdi", metavar="ETP:DATE", help="ETP en CDI inclusion, et le jour de l’embauche."
        ),
    ] = None,
    beneficiaires_rsa: Annotated[
        str | None,
        typer.Option(
            "--beneficiaires-rsa",
            metavar="N,N…",
            help="Salariés qui percevaient le RSA : un nombre, ou un par mois.",
        ),
    ] = None,
    rsa: Annotated[
        str | None,
        typer.Option(
            "--rsa",
            metavar="EUROS",
            help="Montant forfaitaire du RSA par mois, là où il n’est pas connu.",
        ),
    ] = None,
    connu_au: Annotated[
        str | None, typer.Option("--connu-au", metavar="DATE", help=AIDE_CONNU_AU)
    ] = None,
    format_sortie: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help=AIDE_FORMAT)
    ] = None,
    sortie: Annotated[
        Path | None, typer.Option("--sortie", metavar="FICHIER", help=AIDE_SORTIE)
    ] = None,
    *,
    penitentiaire: Annotated[
        bool, typer.Option("--penitentiaire", help="Postes en milieu pénitentiaire.")
    ] = False,
    projection: Annotated[bool, typer.Option("--projection", help=AIDE_PROJECTION)] = False,
    hypotheses: Annotated[
        bool, typer.Option("--hypotheses", help="Liste les hypothèses et leurs lectures.")
    ] = False,
    remplacer: Annotated[bool, typer.Option("--remplacer", help=AIDE_REMPLACER)] = False,
) -> None:
    """Print the amount of an annexe step by step, and its payment month by month."""
    target = open_sortie(format_sortie, sortie, remplacer=remplacer)
    if hypotheses:
        _show_hypotheses(target)
        return
    complements = {
        "poids": poids,
        "notes": notes,
        "passerelle": passerelle,
        "cdi": cdi,
        "beneficiaires-rsa": beneficiaires_rsa,
        "rsa": rsa,
    }
    champs = {
        "type": type_siae,
        "etp": etp,
        "du": du,
        "au": au,
        "departement": departement,
        "montant-unitaire": montant_unitaire,
        "penitentiaire": "oui" if penitentiaire else None,
    }
    _check_choice(fichier, numero, champs)
    loi = open_legislation(parse_jour(connu_au, "--connu-au"), projection=projection)
    from maillage.analyses.annexes import explication  # noqa: PLC0415 — heavy
    from maillage.cli import page_explication  # noqa: PLC0415 — with its model

    mois, demande, annexes = collect(
        lambda: parse_occupation(occupation),
        lambda: read_demande((), complements, avenant or [], hypothese or []),
        lambda: [build_annexe(champs, loi)] if fichier is None else find_annexes(fichier, numero),
    )
    asked = replace(demande, etp_realises=mois)
    found = [explication.expliquer(annexe, asked, loi) for annexe in annexes]
    width = None if sortie else page_width()
    target.write(
        lambda: page_explication.render_explications(found, width),
        lambda: page_explication.explications_to_dict(found),
        lambda: page_explication.explication_rows(found),
    )


def _show_hypotheses(target: "Sortie") -> None:
    from maillage.analyses.annexes.demande import TOUS_LES_POINTS  # noqa: PLC0415 — heavy
    from maillage.cli import page_explication  # noqa: PLC0415 — with its model

    target.write(
        lambda: page_explication.render_points(TOUS_LES_POINTS, page_width()),
        lambda: {"hypotheses": page_explication.points_to_rows(TOUS_LES_POINTS)},
        lambda: page_explication.points_to_rows(TOUS_LES_POINTS),
    )


def find_annexes(fichier: Path, numero: str | None) -> list["Annexe"]:
    """Annexes of a file that bear a number; the only one when no number is given.

    Raises:
        Introuvable: none bears it, or it is a FDI, or several annexes and no number (MLG-CLI-012).
        FichierInvalide: the file has problems, all told.
    """
    from maillage.analyses.annexes.calcul import calculer_fichier  # noqa: PLC0415 — heavy

    releve = calculer_fichier(fichier)
    annexes = [calculee.annexe for calculee in releve.calculees]
    cherche = "" if numero is None else "".join(numero.split()).upper()
    trouvees = [a for a in annexes if cherche in {"", a.numero, f"{a.numero}{a.avenants}"}]
    ecartees = [e for e in releve.ecartees if cherche and e.numero == cherche]
    if ecartees and not trouvees:
        raise Introuvable(
            Anomalie("MLG-CLI-012", ecartees[0].motif, "Choisissez une autre annexe.", cherche)
        )
    if not trouvees or (numero is None and len(trouvees) > 1):
        montres = list(dict.fromkeys(f"{a.numero}{a.avenants}" for a in annexes))
        suite = "…" if len(montres) > _MONTRES else ""
        raise Introuvable(
            Anomalie(
                "MLG-CLI-012",
                f"le fichier contient {len(annexes)} annexes calculables, et aucun numéro n’est donné"
                if numero is None and annexes
                else f"aucune annexe calculable du fichier n’a le numéro « {numero} »"
                if numero is not None
                else "le fichier n’a aucune annexe calculable",
                f"--numero avec un de ceux-ci : {', '.join(montres[:_MONTRES]) or 'aucun'}{suite}",
                fichier.name,
            )
        )
    return trouvees


def _check_choice(fichier: Path | None, numero: str | None, champs: dict[str, str | None]) -> None:
    """A file, or options, never both.

    Raises:
        SaisieInvalide: both, or a number without a file (MLG-CLI-003, MLG-CLI-005).
    """
    if fichier is None and numero is not None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-003",
                "il manque le fichier où chercher ce numéro",
                "écrivez « maillage regles expliquer FICHIER --numero NUMÉRO ».",
                "--numero",
            )
        )
    donnees = [f"--{nom}" for nom, valeur in champs.items() if valeur is not None]
    if fichier is not None and donnees:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CLI-005",
                f"{', '.join(donnees)} est de trop avec un fichier",
                "l’annexe vient du fichier, ou des options, pas des deux.",
            )
        )
