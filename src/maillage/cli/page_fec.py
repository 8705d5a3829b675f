"""How what was read of an accounting file is shown: a page, a JSON document, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.cli.page import Page
from maillage.data.sources.fec.modele import Gravite
from maillage.kernel.francais import accorder, format_date, format_nombre, join_fr

if TYPE_CHECKING:
    from maillage.data.sources.fec.modele import Constat, Fec, Reparation

_VERDICTS = {
    True: "Le fichier est utilisable.",
    False: "Le fichier ne peut pas être utilisé tel quel.",
}


def render_fec(fec: Fec, width: int | None) -> str:
    """A page to read: the verdict first, then the figures, then what does not conform."""
    page = Page(width)
    page.title(fec.nom)
    page.text(_VERDICTS[fec.is_utilisable])
    lignes = accorder(fec.ecritures.num_rows, "ligne lue", "lignes lues")
    page.text(
        f"{lignes}, débit {_euros(fec.debit_centimes)}, crédit {_euros(fec.credit_centimes)}."
    )
    if fec.premier_jour and fec.dernier_jour:
        page.text(
            f"Écritures du {format_date(fec.premier_jour)} au {format_date(fec.dernier_jour)}."
        )
    page.text(
        f"{len(fec.colonnes)} colonnes, séparées par : {fec.separateur} ; caractères : "
        f"{fec.encodage}."
    )
    for gravite, titre in (
        (Gravite.BLOQUANT, "Ce qui empêche l’usage"),
        (Gravite.IRREGULIER, "Ce qui est irrégulier, sans empêcher l’usage"),
    ):
        constats = [constat for constat in fec.constats if constat.gravite is gravite]
        if constats:
            page.heading(titre)
        for constat in constats:
            page.text(
                f"{constat.quoi}{_where(constat)} {constat.que_faire} [{constat.code}]", "  • "
            )
    if fec.reparations:
        page.heading("Ce qui a été compris autrement qu’écrit")
    for reparation in fec.reparations:
        page.text(f"{reparation.quoi}{_where(reparation)} [{reparation.code}]", "  • ")
    return page.render()


def fec_to_dict(fec: Fec) -> dict[str, Any]:
    """Plain form for JSON; amounts in cents, days as AAAA-MM-JJ."""
    return {
        "fichier": fec.nom,
        "sha256": fec.sha256,
        "utilisable": fec.is_utilisable,
        "lignes": fec.ecritures.num_rows,
        "colonnes": list(fec.colonnes),
        "debit_centimes": fec.debit_centimes,
        "credit_centimes": fec.credit_centimes,
        "premiere_date": fec.premier_jour.isoformat() if fec.premier_jour else None,
        "derniere_date": fec.dernier_jour.isoformat() if fec.dernier_jour else None,
        "encodage": fec.encodage,
        "separateur": fec.separateur,
        "constats": [
            {
                "code": constat.code,
                "gravite": constat.gravite.name.lower(),
                "quoi": constat.quoi,
                "que_faire": constat.que_faire,
                "nombre": constat.nombre,
                "lignes": list(constat.lignes),
            }
            for constat in fec.constats
        ],
        "reparations": [
            {
                "code": reparation.code,
                "quoi": reparation.quoi,
                "nombre": reparation.nombre,
                "lignes": list(reparation.lignes),
            }
            for reparation in fec.reparations
        ],
    }


def constat_rows(fec: Fec) -> list[dict[str, Any]]:
    """One row per finding and per thing understood otherwise, for a spreadsheet."""
    constats = [
        {
            "code": constat.code,
            "gravite": constat.gravite.value,
            "quoi": constat.quoi,
            "que_faire": constat.que_faire,
            "nombre": constat.nombre,
            "lignes": " ".join(map(str, constat.lignes)),
        }
        for constat in fec.constats
    ]
    reparations = [
        {
            "code": reparation.code,
            "gravite": "compris autrement qu’écrit",
            "quoi": reparation.quoi,
            "que_faire": "",
            "nombre": reparation.nombre,
            "lignes": " ".join(map(str, reparation.lignes)),
        }
        for reparation in fec.reparations
    ]
    return [*constats, *reparations]


def _where(constat: Constat | Reparation) -> str:
    """How many, and on which lines first; nothing for what is said of the whole file."""
    if not constat.lignes:
        return "" if constat.nombre == 1 else f" ({format_nombre(constat.nombre)})"
    nombre = accorder(constat.nombre, "ligne", "lignes")
    reste = " d’abord" if constat.nombre > len(constat.lignes) else ""
    return f" ({nombre} : {join_fr(map(str, constat.lignes))}{reste})"


def _euros(centimes: int) -> str:
    return f"{format_nombre(centimes / 100, 2)} €"
