"""What is asked of the generator on the command line, read and checked; and what it wrote, told."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from maillage.cli.page import Page, page_width
from maillage.cli.saisie_annexe import collect
from maillage.kernel.errors import Anomalie, SaisieInvalide
from maillage.kernel.francais import accorder, format_date, format_nombre, guillemets, join_fr

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.data.synthetic import Bareme, Contenant, Defaut, Ecrit, Parametres

_ANNEES = re.compile(r"(?P<du>[0-9]{4})(?:-(?P<au>[0-9]{4}))?")
_JOUR_PAR_DEFAUT = (7, 15)


def render(parametres: Parametres, ecrit: Ecrit, vers: Path) -> str:
    """What was written, view by view."""
    page = Page(page_width())
    page.title(f"Réseau synthétique, extrait du {format_date(parametres.au)}")
    page.text(
        "Données synthétiques : elles ne décrivent aucune structure réelle. Chaque dénomination se "
        "termine par « (SYNTHETIQUE) »."
    )
    page.text(
        f"Graine {parametres.graine}, {accorder(parametres.structures, 'structure', 'structures')}, "
        f"annexes de {parametres.annees[0]} à {parametres.annees[1]}."
    )
    page.table(
        ["Vue", "Lignes"],
        [[vue, format_nombre(lignes)] for vue, lignes in ecrit.lignes.items()],
        right={1},
    )
    noms = [fichier.name for fichier in ecrit.fichiers]
    quoi = noms[0] if len(noms) == 1 else accorder(len(noms), "fichier", "fichiers")
    page.text(f"Écrit dans {vers} : {quoi}. Pour l’importer : maillage flux importer {vers}")
    return page.render()


def read_options(
    bareme: Bareme,
    saisie: dict[str, str | int | None],
    *,
    defauts: str,
    contenant: str,
    national: bool,
) -> tuple[Parametres, Contenant]:
    """Parameters of the network that is asked for, and what its files are put in.

    Args:
        bareme: Says which years the law is known for.
        saisie: What was typed: `structures`, `graine`, `annees`, `au`, `regions`.
        defauts: Names separated by commas.
        contenant: `archive` or `fichiers`.
        national: Whether it is the country.

    Raises:
        SaisieInvalide: every option that is wrong (MLG-CLI-004).
    """
    from maillage.data.synthetic import NATIONAL, Parametres  # noqa: PLC0415 — heavy

    nombre, annees, choisis, boite, regions = collect(
        lambda: _read_number(
            saisie["structures"], national=national, defaut=NATIONAL if national else 120
        ),
        lambda: _read_years(saisie["annees"], bareme.dernier_jour.year),
        lambda: _read_defects(defauts),
        lambda: _read_container(contenant),
        lambda: _read_regions(saisie.get("regions"), national=national),
    )
    (jour,) = collect(lambda: _read_day(saisie["au"], annees, bareme))
    return (
        Parametres(
            au=jour,
            annees=annees,
            graine=int(saisie["graine"] or 0),
            structures=nombre,
            national=national,
            defauts=choisis,
            regions=regions,
        ),
        boite,
    )


def _read_number(saisie: str | int | None, *, national: bool, defaut: int) -> int:
    from maillage.data.synthetic.structures import STRUCTURES_MAX  # noqa: PLC0415 — heavy

    if saisie is None:
        return defaut
    if national:
        _refuse("--structures", f"--national écrit {defaut} structures.", "Retirez --structures.")
    nombre = int(saisie)
    if not 1 <= nombre <= STRUCTURES_MAX:
        _refuse(
            "--structures",
            f"{nombre} structures ne peuvent pas être écrites.",
            f"Donnez un nombre de 1 à {STRUCTURES_MAX}.",
        )
    return nombre


def _read_regions(saisie: str | int | None, *, national: bool) -> frozenset[str]:
    from maillage.data.synthetic.lieux import list_regions  # noqa: PLC0415 — heavy

    mots = [mot.strip() for mot in str(saisie or "").split(",") if mot.strip()]
    if mots and national:
        _refuse("--regions", "--national écrit tout le pays.", "Retirez --regions.")
    connues = list_regions()
    inconnues = [mot for mot in mots if mot not in connues]
    if inconnues:
        _refuse(
            "--regions",
            f"Aucune région n’a le code {join_fr(guillemets(mot) for mot in inconnues)}.",
            f"Codes officiels : {', '.join(sorted(connues))}.",
        )
    return frozenset(mots)


def _read_years(saisie: str | int | None, derniere: int) -> tuple[int, int]:
    from maillage.data.synthetic.parametres import PREMIERE_ANNEE  # noqa: PLC0415 — heavy

    if saisie is None:
        return derniere - 2, derniere
    trouve = _ANNEES.fullmatch(str(saisie).strip())
    if trouve:
        du, au = int(trouve["du"]), int(trouve["au"] or trouve["du"])
        if PREMIERE_ANNEE <= du <= au <= derniere:
            return du, au
    return _refuse(
        "--annees",
        f"{guillemets(str(saisie))} ne dit pas des années dont les montants sont connus.",
        f"Écrivez par exemple {derniere - 2}-{derniere} ; de {PREMIERE_ANNEE} à {derniere}.",
    )


def _read_day(saisie: str | int | None, annees: tuple[int, int], bareme: Bareme) -> date:
    from maillage.data.synthetic.parametres import list_days  # noqa: PLC0415 — heavy

    if saisie is None:
        return date(annees[1], *_JOUR_PAR_DEFAUT)
    try:
        jour = date.fromisoformat(str(saisie).strip())
    except ValueError:
        _refuse("--au", f"{guillemets(str(saisie))} n’est pas un jour.", "Écrivez AAAA-MM-JJ.")
    bas, haut = list_days(annees[0], bareme)
    if not bas <= jour <= haut:
        _refuse(
            "--au",
            f"Aucun extrait du {format_date(jour)} ne peut être écrit pour ces années.",
            f"Choisissez un jour du {format_date(bas)}, quand les premières annexes sont publiées, "
            f"au {format_date(haut)}, après quoi les montants ne sont pas connus.",
        )
    return jour


def _read_defects(saisie: str) -> frozenset[Defaut]:
    from maillage.data.synthetic import Defaut  # noqa: PLC0415 — heavy

    connus = {defaut.value: defaut for defaut in Defaut}
    mots = [mot.strip() for mot in saisie.split(",") if mot.strip()]
    inconnus = [mot for mot in mots if mot not in connus]
    if inconnus:
        _refuse(
            "--defauts",
            f"Aucun défaut ne s’appelle {join_fr(guillemets(mot) for mot in inconnus)}.",
            f"Choisissez parmi : {', '.join(connus)}.",
        )
    return frozenset(connus[mot] for mot in mots)


def _read_container(saisie: str) -> Contenant:
    from maillage.data.synthetic import Contenant  # noqa: PLC0415 — heavy

    connus = {contenant.value: contenant for contenant in Contenant}
    if saisie not in connus:
        _refuse(
            "--format",
            f"{guillemets(saisie)} n’est pas un format d’extrait.",
            f"Choisissez parmi : {', '.join(connus)}.",
        )
    return connus[saisie]


def _refuse(option: str, quoi: str, que_faire: str) -> NoReturn:
    raise SaisieInvalide(Anomalie("MLG-CLI-004", quoi, que_faire, option))
