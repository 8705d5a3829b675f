"""`maillage admin`: what whoever keeps the server does from the terminal."""

from __future__ import annotations

import csv
import os
import sys
from enum import Enum
from pathlib import Path  # noqa: TC003 — typer reads the annotations
from typing import Annotated

import typer

application = typer.Typer(
    help="Administrer un site : droits, comptes, sauvegardes, réglages.", no_args_is_help=True
)


class FormatTable(Enum):
    """How the table is written."""

    CSV = "csv"
    MARKDOWN = "markdown"


def _setup() -> None:
    """Make Django ready; it takes a second, so only for the commands that need it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.config.settings")
    import django  # noqa: PLC0415 — a `--help` should not pay for it

    django.setup()


@application.command("permissions")
def permissions(
    format_: Annotated[
        FormatTable, typer.Option("--format", help="csv ou markdown.")
    ] = FormatTable.MARKDOWN,
) -> None:
    """Écrit la table des droits : adresse, méthode, rôle, objet, verdict.

    C’est celle que le site applique, et que la suite de tests parcourt adresse par adresse.
    """
    _setup()
    from maillage.web.config.droits import COLONNES, list_verdicts  # noqa: PLC0415 — needs Django

    rows = [verdict.row() for verdict in list_verdicts()]
    if format_ is FormatTable.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([COLONNES, *rows])
        return
    typer.echo("| " + " | ".join(COLONNES) + " |\n" + "|---" * len(COLONNES) + "|")
    for row in rows:
        typer.echo("| " + " | ".join(row) + " |")


@application.command("sauvegarder")
def sauvegarder(
    vers: Annotated[
        Path | None,
        typer.Option(help="Dossier de la sauvegarde ; « sauvegardes » des données sinon."),
    ] = None,
) -> None:
    """Sauvegarde la base et les fichiers, site ouvert, et relit la sauvegarde entière.

    Raises:
        EnvironnementInvalide: MLG-ADM-010, MLG-ADM-011.
        FichierInvalide: MLG-ADM-012.
    """
    _setup()
    from django.conf import settings  # noqa: PLC0415 — see _setup()
    from django.utils import timezone  # noqa: PLC0415

    from maillage.kernel.francais import accorder  # noqa: PLC0415
    from maillage.web.administration.sauvegarde import save  # noqa: PLC0415

    faite = save(vers or settings.DONNEES / "sauvegardes", timezone.localtime())
    lignes = accorder(sum(faite.lignes.values()), "ligne", "lignes")
    fichiers = accorder(faite.fichiers, "fichier", "fichiers")
    typer.echo(f"{faite.chemin}\n{lignes}, {fichiers}, relus et justes.")


@application.command("restaurer")
def restaurer(
    archive: Annotated[Path, typer.Argument(help="Fichier écrit par « sauvegarder ».")],
    *,
    remplacer: Annotated[
        bool, typer.Option("--remplacer", help="Remplacer une base qui contient déjà un réseau.")
    ] = False,
) -> None:
    """Remet la base et les fichiers d’une sauvegarde ; ce qui était là est mis de côté.

    Arrêtez d’abord le site. La sauvegarde est vérifiée avant que rien ne change.

    Raises:
        Introuvable: MLG-ADM-013.
        FichierInvalide: MLG-ADM-012, MLG-ADM-014.
        DonneesIndisponibles: MLG-ADM-015.
        EnvironnementInvalide: MLG-ADM-011.
    """
    _setup()
    from maillage.kernel.francais import accorder  # noqa: PLC0415 — see _setup()
    from maillage.web.administration.sauvegarde import restore  # noqa: PLC0415

    remise = restore(archive, remplacer=remplacer)
    lignes = accorder(sum(remise.lignes.values()), "ligne remise", "lignes remises")
    typer.echo(f"{lignes}, {accorder(remise.fichiers, 'fichier remis', 'fichiers remis')}.")


_ADRESSE_LOCALE = "http://127.0.0.1:8000"


@application.command("premier-lien")
def premier_lien() -> None:
    """Écrit un nouveau lien de premier démarrage, tant que le réseau n’existe pas.

    Les liens écrits avant cessent de servir.

    Raises:
        SaisieInvalide: the network already exists (MLG-CPT-030).
    """
    _setup()
    from maillage.kernel.errors import Anomalie, SaisieInvalide  # noqa: PLC0415 — needs Django
    from maillage.web.accounts.liens import public_address  # noqa: PLC0415
    from maillage.web.config.preparation import find_premier_lien, prepare_base  # noqa: PLC0415

    prepare_base()
    lien = find_premier_lien(public_address(_ADRESSE_LOCALE))
    if lien is None:
        raise SaisieInvalide(
            Anomalie(
                "MLG-CPT-030",
                "Le réseau existe déjà\u00a0: un lien de premier démarrage en créerait un second.",
                "Pour ajouter une personne\u00a0: « maillage admin inviter\u00a0».",
            )
        )
    typer.echo(f"Ce lien, valable deux jours et une seule fois, crée le réseau\u00a0:\n  {lien}")


@application.command("inviter")
def inviter(
    adresse: Annotated[str, typer.Argument(help="Adresse e-mail de la personne.")],
    role: Annotated[
        str, typer.Option(help="Rôle\u00a0: administration, delegation, direction…")
    ] = "administration",
    organisation: Annotated[
        str, typer.Option(help="SIREN ou nom exact\u00a0; le réseau si rien n’est dit.")
    ] = "",
    prenom: Annotated[str, typer.Option(help="Prénom.")] = "",
    nom: Annotated[str, typer.Option(help="Nom.")] = "",
    *,
    afficher: Annotated[
        bool, typer.Option("--afficher", help="Écrire le lien ici, en plus de l’e-mail.")
    ] = False,
) -> None:
    """Crée le compte d’une personne, lui donne un rôle, et lui envoie une invitation.

    Une personne déjà connue reçoit une nouvelle invitation\u00a0; ses anciens liens cessent de servir.

    Raises:
        SaisieInvalide: address, role or organisation cannot be understood (MLG-CPT-032 to MLG-CPT-036).
        DonneesIndisponibles: the database does not answer (MLG-BAS-001).
    """
    _setup()
    from maillage.web.config.invitations import invite_from_terminal  # noqa: PLC0415
    from maillage.web.config.preparation import prepare_base  # noqa: PLC0415

    prepare_base()
    envoi = invite_from_terminal(
        adresse=adresse, role=role, organisation=organisation, prenom=prenom, nom=nom
    )
    typer.echo(
        "Invitation envoyée."
        if envoi.is_sent
        else "L’e-mail n’a pas pu partir (MAILLAGE_COURRIEL)."
    )
    if afficher or not envoi.is_sent:
        typer.echo(f"Lien à remettre à la personne, et à elle seule\u00a0:\n  {envoi.lien}")


@application.command("second-facteur-perdu")
def second_facteur_perdu(
    adresse: Annotated[str, typer.Argument(help="Adresse e-mail de la personne.")],
) -> None:
    """Efface le second facteur d’une personne qui l’a perdu, et ferme ses sessions.

    Vérifiez d’abord, de vive voix, que c’est bien elle qui le demande.

    Raises:
        SaisieInvalide: nobody has this address (MLG-CPT-031).
    """
    _setup()
    from maillage.web.accounts.facteurs import remove_second_factors  # noqa: PLC0415
    from maillage.web.config.invitations import get_personne  # noqa: PLC0415
    from maillage.web.config.preparation import prepare_base  # noqa: PLC0415

    prepare_base()
    nombre = remove_second_factors(get_personne(adresse), by=None)
    typer.echo(
        f"Seconds facteurs effacés\u00a0: {nombre}. La personne entre avec son mot de passe\u00a0; "
        "si son rôle le demande, elle devra en choisir un autre."
    )


@application.command("travailleur")
def travailleur(
    parent: Annotated[
        int | None, typer.Option(hidden=True, help="Processus avec lequel s’arrêter.")
    ] = None,
) -> None:
    """Fait le travail de fond : annoncer, envoyer les e-mails, ranger. Ctrl-C pour l’arrêter.

    « maillage site » en lance déjà un. Lancez celui-ci à part quand le site tourne avec
    --sans-travailleur, ou en plus quand il y a beaucoup à envoyer.
    """
    _setup()
    from maillage.web.config.travaux import all_periodiques  # noqa: PLC0415 — needs Django
    from maillage.web.travaux.travailleur import Travailleur  # noqa: PLC0415 — needs Django

    Travailleur(all_periodiques()).run(parent)


@application.command("rebonds")
def rebonds(
    maildir: Annotated[
        Path | None,
        typer.Option(
            help="Boîte Maildir à lire\u00a0; sans elle, un message est lu sur l’entrée standard.",
            metavar="DOSSIER",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Lit les messages revenus et arrête les envois aux adresses qui n’existent plus.

    Seuls comptent les retours qui nomment un de nos envois, signé par ce site.
    """
    _setup()
    from maillage.web.publications.courrier.rebonds import Suite, treat, treat_maildir  # noqa: PLC0415 — needs Django

    if maildir is not None:
        comptes = treat_maildir(maildir)
    else:
        comptes = dict.fromkeys(Suite, 0)
        comptes[treat(sys.stdin.buffer.read())] += 1
    for suite, nombre in comptes.items():
        typer.echo(f"{suite.value}\u00a0: {nombre}")
