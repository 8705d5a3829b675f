"""The main figures of a model as fields: their labels, what was typed, what is wrong, what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from maillage.indicators.modele.cles import Unite
from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import format_nombre, guillemets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from maillage.analyses.modele.hypotheses import Hypotheses
    from maillage.indicators.modele.cles import Cle

_NOMBRE = re.compile(r"[+-]?\d{1,12}([.,]\d{1,8})?")
_SECTIONS = {
    "clients": "Client",
    "insertion": "Une heure d’insertion",
    "postes": "Permanents",
    "charges": "Charges fixes",
    "ressources": "Autres ressources",
    "aide": "Aide au poste",
    "tresorerie": "Trésorerie",
    "mouvements": "Autres mouvements de trésorerie",
}
_PRINCIPAUX = frozenset(
    {
        "insertion.heures_hors_client",
        "insertion.salaire_horaire_brut",
        "insertion.hausse_smic",
        "aide.etp_conventionnes",
        "aide.retard_mois",
        "tresorerie.initiale",
    }
)
_CENT = 100
NOM_MAX, RAISON_MAX = 150, 300


@dataclass(frozen=True, slots=True)
class Champ:
    """One figure of the form.

    Attributes:
        nom: Path of the figure, and name of the field.
        libelle: As shown.
        unite: As shown: rates are in percent.
        valeur: What is in the field.
        anomalie: What is wrong with it.
    """

    nom: str
    libelle: str
    unite: str
    valeur: str
    anomalie: Anomalie | None = None


@dataclass(frozen=True, slots=True)
class Groupe:
    """Fields of one section: a client, a post, the aide…"""

    titre: str
    champs: tuple[Champ, ...]


@dataclass(slots=True)
class Saisie:
    """What was typed.

    Attributes:
        nom: Name of the model.
        raison: Why the figures change.
        principaux: Groups that are open.
        autres: Groups that are folded.
        changes: New values of the figures that changed, by path.
        anomalies: Everything that is wrong, by field.
    """

    nom: str
    raison: str
    principaux: list[Groupe] = field(default_factory=list)
    autres: list[Groupe] = field(default_factory=list)
    changes: dict[str, Decimal] = field(default_factory=dict)
    anomalies: dict[str, Anomalie] = field(default_factory=dict)

    @property
    def fautes(self) -> list[tuple[str, str, Anomalie]]:
        """Field, label and fault, in the order of the page."""
        libelles = {"nom": "Nom du modèle", "raison": "Pourquoi ces changements"}
        for groupe in (*self.principaux, *self.autres):
            libelles |= {c.nom: f"{groupe.titre}, {c.libelle}" for c in groupe.champs}
        return [
            (nom, libelles[nom], self.anomalies[nom]) for nom in libelles if nom in self.anomalies
        ]


def read_saisie(hypotheses: Hypotheses, donnees: Mapping[str, str] | None, raison: str) -> Saisie:
    """Fields of a model, from what was typed or, before anything is, from its own figures.

    Args:
        hypotheses: The model that is changed.
        donnees: What was posted; None for the first showing.
        raison: Reason of the changes when none is given.
    """
    if donnees is None:
        saisie = Saisie(hypotheses.nom, "")
    else:
        dite = donnees.get("raison", "").strip()
        saisie = Saisie(donnees.get("nom", "").strip(), dite or raison)
        _check_texte(saisie, "nom", saisie.nom, NOM_MAX)
        _check_texte(saisie, "raison", saisie.raison, RAISON_MAX)
    groupes: dict[str, list[Champ]] = {}
    for cle in hypotheses.list_cles():
        if cle.chemin in hypotheses.chiffres:
            racine = cle.chemin.rpartition(".")[0]
            est_principal = _is_principal(cle)
            titre = f"{'+' if est_principal else '-'}{_title(hypotheses, racine)}"
            groupes.setdefault(titre, []).append(_read_champ(saisie, hypotheses, cle, donnees))
    for titre, champs in groupes.items():
        liste = saisie.principaux if titre[0] == "+" else saisie.autres
        liste.append(Groupe(titre[1:], tuple(champs)))
    return saisie


def _read_champ(
    saisie: Saisie, hypotheses: Hypotheses, cle: Cle, donnees: Mapping[str, str] | None
) -> Champ:
    actuelle = Decimal(repr(hypotheses.chiffres[cle.chemin].valeur))
    facteur = _CENT if _is_percent(cle) else 1
    montre = _plain(actuelle * facteur)
    tape = montre if donnees is None else donnees.get(cle.chemin, montre).strip()
    anomalie = None
    # what is shown is rounded: left as it is, the figure does not move
    lu = actuelle * facteur if tape == montre else parse_nombre(tape)
    if lu is None:
        anomalie = Anomalie(
            "MLG-ECO-030",
            f"{guillemets(tape)} n’est pas un nombre.",
            "Écrivez un nombre, par exemple 1250 ou 23,50.",
        )
    elif not cle.minimum <= float(lu / facteur) <= cle.maximum:
        bas, haut = (format_nombre(borne * facteur) for borne in (cle.minimum, cle.maximum))
        anomalie = Anomalie(
            "MLG-ECO-031",
            f"{guillemets(tape)} est hors de ce qui est possible.",
            f"Écrivez un nombre de {bas} à {haut}.",
        )
    elif lu / facteur != actuelle:
        saisie.changes[cle.chemin] = lu / facteur
    if anomalie is not None:
        saisie.anomalies[cle.chemin] = anomalie
    libelle = cle.libelle.rpartition(" : ")[2]
    unite = "%" if _is_percent(cle) else cle.unite.value
    if unite == Unite.PART.value:
        unite = ""
    return Champ(cle.chemin, libelle[:1].upper() + libelle[1:], unite, tape, anomalie)


def parse_nombre(tape: str) -> Decimal | None:
    """A number as French types it; None when it is not one."""
    sans = re.sub(r"\s", "", tape).replace("\N{MINUS SIGN}", "-")
    return Decimal(sans.replace(",", ".")) if _NOMBRE.fullmatch(sans) else None


def _check_texte(saisie: Saisie, nom: str, texte: str, maximum: int) -> None:
    if not (texte and texte.isprintable() and len(texte) <= maximum):
        saisie.anomalies[nom] = Anomalie(
            "MLG-ECO-032",
            f"Ce texte est vide, trop long ou sur plusieurs lignes : {guillemets(texte[:60])}.",
            f"Écrivez une ligne de {maximum} signes au plus.",
        )


def _title(hypotheses: Hypotheses, racine: str) -> str:
    genre, _, code = racine.partition(".")
    if genre in {"clients", "postes"}:
        objets: Iterable[object] = getattr(hypotheses.cadre, genre)
        libelle = next(o.libelle for o in objets if o.code == code)  # type: ignore[attr-defined]  # clients and posts both have a code and a label
        return f"{_SECTIONS[genre]} : {libelle}"
    return _SECTIONS[genre]


def _is_principal(cle: Cle) -> bool:
    return cle.chemin.startswith("clients.") or cle.chemin in _PRINCIPAUX


def _is_percent(cle: Cle) -> bool:
    return cle.unite is Unite.PART and not cle.chemin.endswith(".coefficient")


def _plain(nombre: Decimal) -> str:
    """As it is typed: no thousands, a comma, four decimals at most, no useless nought."""
    return f"{nombre:.4f}".rstrip("0").rstrip(".").replace(".", ",")
