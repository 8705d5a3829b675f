"""Tables of a territory page: gap under the keys, comparables, communes, structures."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from maillage.kernel.francais import ESPACE_INSECABLE, format_nombre
from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur
from maillage.web.territoires import donnees
from maillage.web.territoires.figures import (
    libelle_periode,
    lien,
    lien_chiffre,
    lien_rang,
    unite_affichee,
    url_chiffre,
    url_territoire,
)
from maillage.web.territoires.tables import (
    Cellule,
    Cle,
    Colonne,
    Ligne,
    lien_texte,
    render_table,
    texte,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from maillage.analyses.diagnosis.model import (
        CleEcart,
        Diagnostic,
        Ecarts,
        PointCommune,
        PointStructure,
        Territoire,
    )

COLONNES_COMMUNES = (
    Colonne("nom", "Commune", droite=False),
    Colonne("demandeurs", "Demandeurs d’emploi", "personnes"),
    Colonne("atteignables", "Structures à 30\u00a0minutes", "de voiture, tous types"),
    Colonne("sans", "Types absents à 30\u00a0minutes", droite=False),
    Colonne("blanche", "Zone blanche", droite=False),
)
"""Headings of the table of communes."""
DEMANDEURS = "demandeurs_emploi"
ATTEIGNABLES = "structures_30min_tous"
_STRUCTURES_MAX = 100


@cache
def periode_commune(indicateur: str) -> str:
    """Latest period of an indicator at the commune level."""
    return donnees.atlas().periodes_de(indicateur, Niveau.COMMUNE)[-1]


def cle_commune(commune: PointCommune, colonne: str) -> Cle:
    """What the row of a commune is sorted by."""
    cles: dict[str, Cle] = {
        "nom": commune.nom.casefold(),
        "demandeurs": commune.demandeurs,
        "atteignables": commune.atteignables,
        "sans": len(commune.sans),
        "blanche": "oui" if commune.blanche else "non",
    }
    return cles[colonne]


def ligne_commune(commune: PointCommune) -> Ligne:
    """Row of a commune; a zone blanche is said in words."""
    return Ligne(
        (
            lien_texte(url_territoire(Niveau.COMMUNE, commune.code), commune.nom),
            _de_commune(commune, DEMANDEURS, commune.demandeurs),
            _de_commune(commune, ATTEIGNABLES, commune.atteignables),
            texte(", ".join(sorted(commune.sans)) or "aucun"),
            Cellule('<strong class="moins">oui</strong>', "oui")
            if commune.blanche
            else texte("non"),
        )
    )


def _de_commune(commune: PointCommune, indicateur: str, valeur: Valeur) -> Cellule:
    url = url_chiffre(Niveau.COMMUNE, commune.code, indicateur, periode_commune(indicateur))
    return Cellule(lien(url, valeur, 0), valeur)


def table_ecarts(ecarts: Ecarts, territoire: Territoire) -> SafeString:
    """Gap under each key: shares of need and supply, people above or below, rank."""
    periode = ecarts.pedigree.periode
    colonnes = (
        Colonne("cle", "Clé de besoin", droite=False),
        Colonne("besoin", "Part du besoin national", "%"),
        Colonne("offre", "Part des personnes en IAE", "%"),
        Colonne("ecart", "Écart", "personnes en IAE en plus (+) ou en moins (−)"),
        Colonne("rang", "Rang", "1 = le moins bien servi"),
    )
    lignes = [_ecart(cle, territoire, periode) for cle in ecarts.cles]
    return render_table("Écart sous les cinq clés", colonnes, lignes)


def _ecart(cle: CleEcart, territoire: Territoire, periode: str) -> Ligne:
    def cellule(prefixe: str, valeur: Valeur, decimales: int, *, signe: bool = False) -> Cellule:
        url = url_chiffre(territoire.niveau, territoire.code, f"{prefixe}_{cle.cle}", periode)
        return Cellule(lien(url, valeur, decimales, signe=signe), valeur)

    return Ligne(
        (
            texte(cle.nom),
            cellule("part_besoin", _percent(cle.part_besoin), 2),
            cellule("part_offre", _percent(cle.part_offre), 2),
            cellule("ecart", cle.ecart, 0, signe=True),
            _rang_ecart(cle, territoire, periode),
        )
    )


def _rang_ecart(cle: CleEcart, territoire: Territoire, periode: str) -> Cellule:
    """Rank under a key: a figure with its own card, 1 for the least served."""
    if cle.rang is None:
        return texte("sans rang")
    lieu = (territoire.niveau, territoire.code)
    rang = lien_rang(cle.rang, lieu, f"rang_{cle.cle}", periode, "tri=valeur&ordre=asc")
    return Cellule(rang, cle.rang.rang)


def _percent(part: Valeur) -> Valeur:
    return part if isinstance(part, Absence) else 100 * part


def table_comparables(diagnostic: Diagnostic) -> SafeString | None:
    """The territory above its comparables, on the indicators that compare them."""
    if not diagnostic.comparables:
        return None
    propres = [
        donnees.atlas().chiffre(
            c.carte.code, diagnostic.territoire.niveau, diagnostic.territoire.code
        )
        for c in diagnostic.comparables[0].chiffres
    ]
    colonnes = (
        Colonne("nom", "Territoire", droite=False),
        Colonne("distance", "Distance", "0 = identique"),
        *(
            Colonne(
                c.carte.code,
                c.carte.nom,
                ", ".join(filter(None, (unite_affichee(c.carte), libelle_periode(c.periode)))),
            )
            for c in propres
        ),
    )
    ici = Ligne(
        (
            texte(diagnostic.territoire.nom),
            texte("ce territoire"),
            *(Cellule(lien_chiffre(c, unite=False)) for c in propres),
        ),
        classe="ici",
    )
    autres = [
        Ligne(
            (
                lien_texte(
                    url_territoire(c.territoire.niveau, c.territoire.code), c.territoire.nom
                ),
                texte(format_nombre(c.distance, 2)),
                *(Cellule(lien_chiffre(chiffre, unite=False)) for chiffre in c.chiffres),
            )
        )
        for c in diagnostic.comparables
    ]
    return render_table("Les territoires les plus comparables", colonnes, [ici, *autres])


def table_structures(structures: Sequence[PointStructure]) -> SafeString | None:
    """Structures of the register inside the territory; the first hundred."""
    if not structures:
        return None
    colonnes = (
        Colonne("nom", "Structure", droite=False),
        Colonne("kind", "Type", droite=False),
        Colonne("siret", "SIRET", droite=False),
        Colonne("localisation", "Position connue par", droite=False),
    )
    lignes = [
        Ligne((texte(s.nom), texte(s.kind), texte(_siret(s.siret)), texte(s.localisation)))
        for s in structures[:_STRUCTURES_MAX]
    ]
    suite = "" if len(structures) <= _STRUCTURES_MAX else f" (les {_STRUCTURES_MAX} premières)"
    return render_table(f"Structures du registre de décembre 2020{suite}", colonnes, lignes)


def _siret(siret: str) -> str:
    """SIRET in its usual groups, on one line."""
    return ESPACE_INSECABLE.join((siret[:3], siret[3:6], siret[6:9], siret[9:]))
