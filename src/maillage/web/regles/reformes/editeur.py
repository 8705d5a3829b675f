"""What is typed in the editor: the text of a reform, its hypotheses, an annexe, two days, a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie, UserError
from maillage.kernel.francais import format_nombre
from maillage.regles.engine.ecriture_reforme import set_hypotheses
from maillage.regles.engine.lecture_reforme import list_reformes, parse_reforme, read_texte
from maillage.web.regles.jours import read_jour
from maillage.web.regles.reformes.hypotheses import read_hypotheses
from maillage.web.regles.saisie import CHAMPS, Erreurs, read_annexe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from maillage.regles.engine.reforme import Reforme
    from maillage.web.regles.reformes.hypotheses import HypothesesLues
    from maillage.web.regles.saisie import SaisieAnnexe

SIGNES_MAX = 60_000
"""Characters of a reform: the longest of those that come with the program has 3 000."""
NOM = "réforme"
"""Name of the text in the messages, before the line."""
CHAMPS_ANNEXE = ("type", "territoire", "etp", "debut", "fin")
CHAMPS_JOURS = {"le": "Lire la réforme au", "avant": "Lire le droit au"}
_LIGNE = re.compile(r"ligne ([0-9]+)")

MODELE_VIDE = """\
# Une réforme : remplacez chaque ligne. La liste des paramètres est sur la page « Règles ».
code: ma_reforme
titre: "Aide au poste des AI à 2 000 € par ETP"
source:
  - title: "Texte ou auteur de la proposition"
valable_jusqu_au: 2026-12-31
indetermine:
  - "Ce que la proposition ne dit pas, une phrase par point."
hypotheses:
  montant_ai:
    phrase: "2 000 € toute l’année 2026, sans suivre le SMIC."
    valeur: 2000
changements:
  - chemin: aide_au_poste.montant_socle.AI
    values:
      2026-01-01:
        hypothese: montant_ai
"""


@dataclass(frozen=True, slots=True)
class SaisieReforme:
    """A reform as typed.

    Attributes:
        texte: Its text, with the hypotheses that were changed in their fields.
        reforme: What it says; None when it cannot be read.
        anomalies: Every problem of the text, with its line.
        hypotheses: Fields of its hypotheses as typed; None when it cannot be read.
    """

    texte: str
    reforme: Reforme | None
    anomalies: tuple[Anomalie, ...]
    hypotheses: HypothesesLues | None

    @property
    def lignes_fautives(self) -> frozenset[int]:
        """Lines that a problem names."""
        trouvees = (_LIGNE.search(anomalie.ou) for anomalie in self.anomalies)
        return frozenset(int(trouvee[1]) for trouvee in trouvees if trouvee)


@dataclass(frozen=True, slots=True)
class SaisieJours:
    """Days at which a file is read: the reform, then the law."""

    textes: Mapping[str, str]
    le: date | None
    avant: date | None
    erreurs: Erreurs


def get_modele(code: str) -> str:
    """Text to start from: a ready reform, or the empty one.

    Raises:
        Introuvable: MLG-REG-013, no reform has this code.
    """
    return read_texte(code) if code and code != "vide" else MODELE_VIDE


def read_reforme(texte: str, query: Mapping[str, str]) -> SaisieReforme:
    """Read the text, then put in it the hypotheses that were changed in their fields."""
    normal = texte.replace("\r\n", "\n")
    if not normal.strip():
        vide = Anomalie(
            "MLG-WEB-048",
            "Le texte de la réforme est vide.",
            f"Partez d’une réforme prête ({', '.join(list_reformes())}) ou du modèle vide.",
        )
        return SaisieReforme(normal, None, (vide,), None)
    if len(normal) > SIGNES_MAX:
        return SaisieReforme(normal[:SIGNES_MAX], None, (_too_long(normal),), None)
    try:
        reforme = parse_reforme(normal, NOM)
        lues = read_hypotheses(reforme, query)
        if lues.valeurs:
            normal = set_hypotheses(normal, lues.valeurs)
            reforme = parse_reforme(normal, NOM)
    except UserError as faux:
        return SaisieReforme(normal, None, faux.anomalies, None)
    return SaisieReforme(normal, reforme, (), lues)


def _too_long(texte: str) -> Anomalie:
    return Anomalie(
        "MLG-WEB-049",
        f"Le texte de la réforme a {format_nombre(len(texte))} signes.",
        f"Gardez-en {format_nombre(SIGNES_MAX)} au plus.",
    )


def read_annexe_comparee(query: Mapping[str, str]) -> SaisieAnnexe:
    """The annexe to compare; nothing when all its fields are empty."""
    textes = {champ: query.get(champ, "") for champ in CHAMPS_ANNEXE}
    if not any(texte.strip() for texte in textes.values()):
        return read_annexe({})
    return read_annexe({**textes, "inconnu": query.get("inconnu", "")})


def read_jours(query: Mapping[str, str]) -> SaisieJours:
    """Days at which a file is read."""
    textes = {champ: query.get(champ, "").strip() for champ in CHAMPS_JOURS}
    erreurs = Erreurs()
    jours: dict[str, date | None] = dict.fromkeys(CHAMPS_JOURS)
    for champ, texte in textes.items():
        lu = read_jour(texte) if texte else None
        if isinstance(lu, Anomalie):
            erreurs.add(champ, lu)
        else:
            jours[champ] = lu
    if textes["avant"] and not textes["le"]:
        erreurs.add(
            "avant",
            Anomalie(
                "MLG-WEB-047",
                "Un jour est donné pour le droit, aucun pour la réforme.",
                f"Donnez aussi « {CHAMPS_JOURS['le']} », ou videz ce champ.",
            ),
        )
    return SaisieJours(textes, jours["le"], jours["avant"], erreurs)


def libelles_annexe() -> dict[str, str]:
    """What the fields of the annexe ask."""
    return {champ: CHAMPS[champ] for champ in (*CHAMPS_ANNEXE, "inconnu")}
