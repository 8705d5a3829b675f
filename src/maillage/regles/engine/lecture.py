"""Reading of the parameter files: OpenFisca's grammar, checked, every problem told at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from maillage.kernel.errors import Anomalie, FichierInvalide
from maillage.regles.engine.noeuds import Noeud, parse_noeud
from maillage.regles.engine.scalaires import read_contenu, read_date
from maillage.regles.engine.unites import UNITES
from maillage.regles.engine.valeur_legale import (
    CONFIANCES,
    Confiance,
    Feuille,
    Lacune,
    Reference,
    ValeurDatee,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

RACINE = "maillage.regles"
_CHAMPS = {"description", "metadata", "values", "documentation"}
_HERITES = ("unit", "valable_jusqu_au", "au_dela", "projection", "refus")


@dataclass(slots=True)
class Lecteur:
    """State of one reading: the known sources, and the problems found so far."""

    references: Mapping[str, Reference]
    anomalies: list[Anomalie] = field(default_factory=list)

    def complain(self, code: str, quoi: str, que_faire: str, noeud: Noeud) -> None:
        """Note a problem at the place of a node."""
        self.anomalies.append(Anomalie(code, quoi, que_faire, noeud.ou))

    def check(self) -> None:
        """Stop if a problem was found.

        Raises:
            FichierInvalide: every problem found, in the order of the files.
        """
        if self.anomalies:
            raise FichierInvalide(*self.anomalies)


def read_feuilles() -> dict[str, Feuille]:
    """Every parameter of the package, by path.

    Raises:
        FichierInvalide: a file is not valid, with every problem found.
    """
    racine = files(RACINE)
    lecteur = Lecteur(read_references())
    feuilles: dict[str, Feuille] = {}
    for mecanisme in sorted(dossier.name for dossier in racine.iterdir() if _has_files(dossier)):
        dossier = racine / mecanisme / "parametres"
        for fichier in sorted(dossier.iterdir(), key=lambda chemin: chemin.name):
            noeud = parse_noeud(fichier.read_text(encoding="utf-8"), f"{mecanisme}/{fichier.name}")
            chemin = f"{mecanisme}.{fichier.name.removesuffix('.yaml')}"
            feuilles.update(read_arbre(noeud, chemin, lecteur))
    _check_renvois(feuilles, lecteur)
    lecteur.check()
    return feuilles


def read_references() -> dict[str, Reference]:
    """Texts and sources of the package, by key.

    Raises:
        FichierInvalide: the file is not YAML.
    """
    fichier = files(RACINE) / "references.yaml"
    racine = parse_noeud(fichier.read_text(encoding="utf-8"), fichier.name)
    return {
        cle: Reference(
            cle,
            noeud.table["title"].texte,
            _text(noeud, "href") or None,
            _text(noeud, "vu"),
        )
        for cle, noeud in racine.table.items()
    }


def read_arbre(
    noeud: Noeud,
    chemin: str,
    lecteur: Lecteur,
    herite: Mapping[str, Noeud] | None = None,
) -> dict[str, Feuille]:
    """Parameters under one node of a file, by path. Problems are noted in the reader."""
    metadata = noeud.table.get("metadata", Noeud({}, "", noeud.ou)).table
    commun = {**(herite or {}), **{cle: metadata[cle] for cle in _HERITES if cle in metadata}}
    if "values" in noeud.table:
        return {chemin: _read_feuille(noeud, chemin, lecteur, {**metadata, **commun})}
    feuilles: dict[str, Feuille] = {}
    for cle, enfant in noeud.table.items():
        if cle not in _CHAMPS:
            feuilles.update(read_arbre(enfant, f"{chemin}.{cle}", lecteur, commun))
    return feuilles


def read_valeurs(values: Noeud, unite: str, lecteur: Lecteur) -> tuple[ValeurDatee, ...]:
    """Dated values of one parameter, in the order of their dates."""
    valeurs = [
        valeur
        for jour, noeud in values.table.items()
        if (valeur := _read_valeur(jour, noeud, unite, lecteur)) is not None
    ]
    return tuple(sorted(valeurs, key=lambda valeur: valeur.date_effet))


def read_reference(noeud: Noeud, lecteur: Lecteur) -> Reference | None:
    """One reference: a key of references.yaml, or a `title` and its `href`."""
    if noeud.is_table:
        if not _text(noeud, "title"):
            lecteur.complain(
                "MLG-REG-107", "Cette référence n’a pas de titre.", "Ajoutez « title ».", noeud
            )
            return None
        return Reference("", _text(noeud, "title"), _text(noeud, "href") or None)
    if noeud.texte in lecteur.references:
        return lecteur.references[noeud.texte]
    lecteur.complain(
        "MLG-REG-107",
        f"La source « {noeud.texte} » n’est pas dans references.yaml.",
        "Ajoutez-la, ou écrivez un titre et une adresse.",
        noeud,
    )
    return None


def _has_files(dossier: Traversable) -> bool:
    return dossier.is_dir() and (dossier / "parametres").is_dir()


def _text(noeud: Noeud, cle: str) -> str:
    trouve = noeud.table.get(cle)
    return "" if trouve is None or trouve.contenu is None else trouve.texte.strip()


def _read_feuille(
    noeud: Noeud, chemin: str, lecteur: Lecteur, metadata: Mapping[str, Noeud]
) -> Feuille:
    unite = metadata["unit"].texte if "unit" in metadata else ""
    if unite not in UNITES:
        lecteur.complain(
            "MLG-REG-109",
            f"L’unité « {unite} » de {chemin} n’est pas connue.",
            f"Unités connues : {', '.join(UNITES)}.",
            metadata.get("unit", noeud),
        )
    valeurs = read_valeurs(noeud.table["values"], unite, lecteur)
    if not valeurs:
        lecteur.complain(
            "MLG-REG-102", f"{chemin} n’a aucune valeur.", "Ajoutez une valeur datée.", noeud
        )
    horizon = metadata.get("valable_jusqu_au")
    libelle = metadata["label"].texte if "label" in metadata else _text(noeud, "description")
    return Feuille(
        chemin=chemin,
        description=_text(noeud, "description"),
        libelle=libelle,
        unite=unite,
        valeurs=valeurs,
        lacunes=_read_lacunes(metadata, lecteur),
        valable_jusqu_au=None if horizon is None else read_date(horizon, lecteur.complain),
        au_dela=metadata["au_dela"].texte if "au_dela" in metadata else "",
        refus=metadata["refus"].texte if "refus" in metadata else f"valeur inconnue ({libelle})",
        projection=metadata["projection"].texte if "projection" in metadata else "",
    )


def _read_lacunes(metadata: Mapping[str, Noeud], lecteur: Lecteur) -> tuple[Lacune, ...]:
    if "lacunes" not in metadata:
        return ()
    lacunes = []
    for noeud in metadata["lacunes"].liste:
        du = read_date(noeud.table.get("du", noeud), lecteur.complain)
        au = read_date(noeud.table["au"], lecteur.complain) if "au" in noeud.table else None
        if du is not None:
            lacunes.append(Lacune(du, au, _text(noeud, "phrase")))
    return tuple(lacunes)


def _read_valeur(jour: str, noeud: Noeud, unite: str, lecteur: Lecteur) -> ValeurDatee | None:
    date_effet = read_date(Noeud(jour, jour, noeud.ou), lecteur.complain)
    metadata = noeud.table.get("metadata", Noeud({}, "", noeud.ou))
    references = tuple(
        trouvee
        for item in _references(metadata)
        if (trouvee := read_reference(item, lecteur)) is not None
    )
    _check_pedigree(noeud, metadata, lecteur)
    renvoi = _text(noeud, "parametre")
    source = noeud.table.get("value")
    contenu = None if source is None else read_contenu(source, unite, lecteur.complain)
    verification = metadata.table.get("last_checked")
    publication = metadata.table.get("publication")
    if date_effet is None:
        return None
    return ValeurDatee(
        date_effet=date_effet,
        valeur=contenu,
        references=references,
        confiance=_confiance(metadata),
        derniere_verification=date_effet
        if verification is None
        else read_date(verification, lecteur.complain) or date_effet,
        publication=None
        if publication is None or publication.contenu is None
        else read_date(publication, lecteur.complain),
        renvoi=renvoi,
        note=_text(metadata, "note"),
        date_effet_relevee=_text(metadata, "date_effet_relevee") != "false",
        ou=noeud.ou,
    )


def _references(metadata: Noeud) -> tuple[Noeud, ...]:
    reference = metadata.table.get("reference")
    return () if reference is None or reference.contenu is None else reference.liste


def _confiance(metadata: Noeud) -> Confiance:
    lue = _text(metadata, "confidence")
    # A wrong letter is a problem already noted: the file is refused before the value is used.
    return cast("Confiance", lue if lue in CONFIANCES else "C")


def _check_pedigree(noeud: Noeud, metadata: Noeud, lecteur: Lecteur) -> None:
    if "value" not in noeud.table and "parametre" not in noeud.table:
        lecteur.complain(
            "MLG-REG-102", "Cette date n’a pas de valeur.", "Ajoutez « value ».", noeud
        )
    if not _references(metadata):
        lecteur.complain(
            "MLG-REG-107",
            "Cette valeur n’a pas de référence.",
            "Ajoutez « reference » : une clé de references.yaml, ou un titre.",
            noeud,
        )
    if _text(metadata, "confidence") not in CONFIANCES:
        lecteur.complain(
            "MLG-REG-102", "Cette valeur n’a pas de confiance.", "Écrivez A, B ou C.", noeud
        )
    if "last_checked" not in metadata.table:
        lecteur.complain(
            "MLG-REG-102",
            "Cette valeur ne dit pas quand elle a été vérifiée.",
            "Ajoutez « last_checked » et une date.",
            noeud,
        )


def _check_renvois(feuilles: Mapping[str, Feuille], lecteur: Lecteur) -> None:
    for feuille in feuilles.values():
        for valeur in feuille.valeurs:
            if valeur.renvoi and valeur.renvoi not in feuilles:
                lecteur.complain(
                    "MLG-REG-106",
                    f"{feuille.chemin} renvoie à « {valeur.renvoi} », qui n’existe pas.",
                    "Corrigez le chemin.",
                    Noeud(None, "", valeur.ou),
                )
