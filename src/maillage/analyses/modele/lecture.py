"""Reading of a file of hypotheses: the model, its figures and their origins, its laws of chance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from maillage.analyses.modele.hypotheses import Hypotheses, LoiEcrite, Tirages
from maillage.analyses.modele.toml_situe import parse_toml, read_toml
from maillage.analyses.modele.valeurs_lues import Lecteur, list_mots
from maillage.indicators.modele.cadre import (
    MOIS_PAR_AN,
    TOUS_LES_MOIS,
    TYPES,
    Cadre,
    Charge,
    Client,
    Mouvement,
    Nature,
    Poste,
    Prix,
    Ressource,
    Role,
)
from maillage.indicators.modele.cles import list_cles
from maillage.indicators.modele.leviers import PRIX, VOLUME
from maillage.indicators.modele.tirages import Forme, Loi
from maillage.kernel.errors import FichierInvalide
from maillage.kernel.francais import guillemets
from maillage.regles.aide_au_poste.lignes import TERRITOIRES
from maillage.regles.cotisations.lecture import LectureCongesPayes

if TYPE_CHECKING:
    from pathlib import Path

    from maillage.analyses.modele.hypotheses import Chiffre
    from maillage.analyses.modele.toml_situe import Table, TomlSitue
    from maillage.indicators.modele.cles import Cle

FORMAT = 1
HORIZON_MAX = 24
EFFECTIF_MAX = 100_000
TIRAGES_MAX = 1_000_000
_SECTIONS = (
    *("format", "nom", "date", "structure", "lectures", "clients", "insertion", "postes"),
    *("charges", "ressources", "aide", "tresorerie", "mouvements", "tirages"),
)
_STRUCTURE = ("type", "debut", "territoire", "effectif", "association")
_LECTURES = (
    *("conges_payes", "taxe_salaires_due", "insertion_dans_assiette", "mois_part_modulee"),
)
_MOTS = {
    "clients": ("libelle", "saisonnalite", "suit_les_heures", *(prix.value for prix in Prix)),
    "postes": ("libelle", "role"),
    "charges": ("libelle", "mois", "decaissable"),
    "ressources": ("libelle", "nature", "mois"),
    "mouvements": ("libelle", "mois"),
    "insertion": (),
    "aide": (),
    "tresorerie": ("horizon_mois",),
}
_LOI = ("sur", "forme", "bas", "haut", "effet", "hypothese")
_EFFETS = ("facteur", "ecart")


def read_hypotheses(fichier: Path) -> Hypotheses:
    """A version of a model.

    Raises:
        Introuvable: there is no such file (MLG-MEC-001).
        FichierInvalide: it cannot be read (MLG-MEC-002), or what it says cannot be followed: every fault,
            with its line (MLG-MEC-003 to 011).
    """
    return _read(read_toml(fichier))


def parse_hypotheses(texte: str, nom: str) -> Hypotheses:
    """The same from a text.

    Raises:
        FichierInvalide: it cannot be read (MLG-MEC-002), or what it says cannot be followed: every fault,
            with its line (MLG-MEC-003 to 011).
    """
    return _read(parse_toml(texte, nom))


def _read(situe: TomlSitue) -> Hypotheses:
    lecteur = Lecteur(situe)
    contenu = situe.contenu
    lecteur.check_mots(contenu, _SECTIONS, "")
    lecteur.read_entier(contenu, "format", "", (FORMAT, FORMAT))
    cadre = _read_cadre(lecteur, contenu)
    hypotheses = Hypotheses(
        nom=lecteur.read_texte(contenu, "nom", ""),
        le=lecteur.read_date(contenu, "date", ""),
        cadre=cadre,
        chiffres=_read_chiffres(lecteur, contenu, cadre),
        tirages=_read_tirages(lecteur, contenu, cadre),
        fichier=situe.nom,
    )
    if lecteur.fautes:
        # a section that is not one is met by each of those who read it
        raise FichierInvalide(*dict.fromkeys(lecteur.fautes))
    return hypotheses


def _read_cadre(lecteur: Lecteur, contenu: Table) -> Cadre:
    structure = lecteur.read_table(contenu, "structure")
    lectures = lecteur.read_table(contenu, "lectures")
    tresorerie = lecteur.read_table(contenu, "tresorerie")
    lecteur.check_mots(structure, _STRUCTURE, "structure")
    lecteur.check_mots(lectures, _LECTURES, "lectures")
    type_siae = lecteur.read_choix(structure, "type", "structure", TYPES)
    return Cadre(
        type_siae=type_siae,
        debut=lecteur.read_date(structure, "debut", "structure"),
        territoire=lecteur.read_choix(
            structure, "territoire", "structure", TERRITOIRES, TERRITOIRES[0]
        ),
        effectif=lecteur.read_entier(structure, "effectif", "structure", (0, EFFECTIF_MAX)),
        est_association=lecteur.read_oui_non(structure, "association", "structure"),
        taxe_salaires_due=lecteur.read_oui_non(lectures, "taxe_salaires_due", "lectures"),
        insertion_dans_assiette=lecteur.read_oui_non(
            lectures, "insertion_dans_assiette", "lectures"
        ),
        lecture=LectureCongesPayes(
            lecteur.read_choix(
                lectures, "conges_payes", "lectures", [un.value for un in LectureCongesPayes]
            )
        ),
        clients=tuple(_read_clients(lecteur, contenu)),
        postes=tuple(_read_postes(lecteur, contenu)),
        charges=tuple(_read_charges(lecteur, contenu)),
        ressources=tuple(_read_ressources(lecteur, contenu)),
        mouvements=tuple(_read_mouvements(lecteur, contenu)),
        horizon=lecteur.read_entier(
            tresorerie, "horizon_mois", "tresorerie", (MOIS_PAR_AN, HORIZON_MAX), MOIS_PAR_AN
        ),
        mois_part_modulee=lecteur.read_entier(
            lectures, "mois_part_modulee", "lectures", (1, HORIZON_MAX), MOIS_PAR_AN
        ),
    )


def _read_clients(lecteur: Lecteur, contenu: Table) -> list[Client]:
    clients = []
    for code, table in lecteur.read_tables(contenu, "clients").items():
        chemin = f"clients.{code}"
        prix = [un for un in Prix if un.value in table]
        if len(prix) != 1:
            lecteur.note(
                "MLG-MEC-009",
                f"{guillemets(chemin)} doit donner un prix, et un seul.",
                f"Donnez {list_mots(un.value for un in Prix)}.",
                chemin,
            )
        clients.append(
            Client(
                code,
                lecteur.read_texte(table, "libelle", chemin),
                prix[0] if prix else Prix.HORAIRE,
                lecteur.read_poids(table, chemin, (1.0,) * MOIS_PAR_AN),
                lecteur.read_oui_non(table, "suit_les_heures", chemin, sinon=True),
            )
        )
    if not clients:
        lecteur.note(
            "MLG-MEC-011",
            "Le fichier ne nomme aucun client.",
            "Écrivez au moins une section, par exemple [clients.particuliers].",
            "clients",
        )
    return clients


def _read_postes(lecteur: Lecteur, contenu: Table) -> list[Poste]:
    return [
        Poste(
            code,
            lecteur.read_texte(table, "libelle", f"postes.{code}"),
            Role(
                lecteur.read_choix(
                    table,
                    "role",
                    f"postes.{code}",
                    [un.value for un in Role],
                    Role.PERMANENT.value,
                )
            ),
        )
        for code, table in lecteur.read_tables(contenu, "postes").items()
    ]


def _read_charges(lecteur: Lecteur, contenu: Table) -> list[Charge]:
    return [
        Charge(
            code,
            lecteur.read_texte(table, "libelle", f"charges.{code}"),
            lecteur.read_mois(table, f"charges.{code}", MOIS_PAR_AN, TOUS_LES_MOIS),
            lecteur.read_oui_non(table, "decaissable", f"charges.{code}", sinon=True),
        )
        for code, table in lecteur.read_tables(contenu, "charges").items()
    ]


def _read_ressources(lecteur: Lecteur, contenu: Table) -> list[Ressource]:
    return [
        Ressource(
            code,
            lecteur.read_texte(table, "libelle", f"ressources.{code}"),
            Nature(
                lecteur.read_choix(
                    table, "nature", f"ressources.{code}", [un.value for un in Nature]
                )
            ),
            lecteur.read_mois(table, f"ressources.{code}", HORIZON_MAX, TOUS_LES_MOIS),
        )
        for code, table in lecteur.read_tables(contenu, "ressources").items()
    ]


def _read_mouvements(lecteur: Lecteur, contenu: Table) -> list[Mouvement]:
    return [
        Mouvement(
            code,
            lecteur.read_texte(table, "libelle", f"mouvements.{code}"),
            lecteur.read_entier(table, "mois", f"mouvements.{code}", (1, HORIZON_MAX)),
        )
        for code, table in lecteur.read_tables(contenu, "mouvements").items()
    ]


def _read_chiffres(lecteur: Lecteur, contenu: Table, cadre: Cadre) -> dict[str, Chiffre]:
    par_section: dict[str, list[Cle]] = {}
    for cle in list_cles(cadre):
        par_section.setdefault(cle.chemin.rpartition(".")[0], []).append(cle)
    chiffres: dict[str, Chiffre] = {}
    for section, cles in par_section.items():
        racine, _, code = section.partition(".")
        table = lecteur.read_table(contenu, racine)
        if code:
            table = table[code]
        connus = [*_MOTS[racine], *(cle.chemin.rpartition(".")[2] for cle in cles)]
        lecteur.check_mots(table, dict.fromkeys(connus), section)
        for cle in cles:
            chiffre = lecteur.read_chiffre(table, cle)
            if chiffre is not None:
                chiffres[cle.chemin] = chiffre
    return chiffres


def _read_tirages(lecteur: Lecteur, contenu: Table, cadre: Cadre) -> Tirages:
    table = lecteur.read_table(contenu, "tirages")
    lecteur.check_mots(table, ("nombre", "graine", "lois"), "tirages")
    lues = table.get("lois", [])
    if not isinstance(lues, list) or not all(isinstance(un, dict) for un in lues):
        lecteur.note(
            "MLG-MEC-005",
            "« tirages.lois » n’est pas une liste de lois.",
            "Commencez chaque loi par une ligne [[tirages.lois]].",
            "tirages.lois",
        )
        lues = []
    chemins = (VOLUME, PRIX, *(cle.chemin for cle in list_cles(cadre)))
    lois = [_read_loi(lecteur, un, f"tirages.lois.{rang}", chemins) for rang, un in enumerate(lues)]
    _check_doubles(lecteur, lois)
    return Tirages(
        nombre=lecteur.read_entier(table, "nombre", "tirages", (1, TIRAGES_MAX), 1000),
        graine=lecteur.read_entier(table, "graine", "tirages", (0, 2**32), 1),
        lois=tuple(lois),
    )


def _read_loi(lecteur: Lecteur, table: Table, ou: str, chemins: tuple[str, ...]) -> LoiEcrite:
    lecteur.check_mots(table, _LOI, ou)
    effet = lecteur.read_choix(table, "effet", ou, _EFFETS, _EFFETS[0])
    loi = Loi(
        lecteur.read_choix(table, "sur", ou, chemins),
        Forme(lecteur.read_choix(table, "forme", ou, [un.value for un in Forme])),
        lecteur.read_nombre(table, "bas", ou),
        lecteur.read_nombre(table, "haut", ou),
        effet == _EFFETS[0],
    )
    ordonnee = loi.bas < loi.haut
    centree = loi.forme is not Forme.TRIANGULAIRE or loi.bas <= loi.centre <= loi.haut
    if not math.isnan(loi.bas + loi.haut) and not (ordonnee and centree):
        lecteur.note(
            "MLG-MEC-010",
            f"La loi de {guillemets(loi.chemin)} va de {loi.bas} à {loi.haut} : elle n’est pas possible.",
            "Écrivez bas < haut ; une loi triangulaire encadre 1 si elle multiplie, 0 si elle s’ajoute.",
            ou,
        )
    if not loi.est_facteur and loi.chemin in {VOLUME, PRIX}:
        lecteur.note(
            "MLG-MEC-010",
            f"La loi de {guillemets(loi.chemin)} porte sur plusieurs chiffres : elle ne peut que multiplier.",
            'Écrivez effet = "facteur".',
            ou,
        )
    return LoiEcrite(loi, lecteur.read_texte(table, "hypothese", ou))


def _check_doubles(lecteur: Lecteur, lois: list[LoiEcrite]) -> None:
    vus: set[str] = set()
    for rang, un in enumerate(lois):
        if un.loi.chemin in vus:
            lecteur.note(
                "MLG-MEC-010",
                f"Deux lois portent sur {guillemets(un.loi.chemin)}.",
                "Gardez-en une.",
                f"tirages.lois.{rang}",
            )
        vus.add(un.loi.chemin)
