"""Hypotheses of a reform as fields: shown as they stand, changed when another number is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.kernel.errors import Anomalie
from maillage.kernel.francais import guillemets, typeset
from maillage.regles.engine.legislation import load_legislation
from maillage.regles.engine.scalaires import NOMBRE_MAX
from maillage.regles.engine.unites import UNITES
from maillage.web.regles.champs import parse_nombre

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillage.regles.engine.reforme import Hypothese, Reforme

CHAMP = "h_"
"""Prefix of the field of a hypothesis."""
AVANT = "o_"
"""Prefix of the hidden field that remembers what was shown: only what differs was changed."""
_MOINS = ("-", "\N{MINUS SIGN}")


@dataclass(frozen=True, slots=True)
class HypothesesLues:
    """Hypotheses as typed.

    Attributes:
        valeurs: New values, by key, of those that were changed.
        textes: What was typed, by key; nothing for those that were not on the form.
        anomalies: Problems, by key.
    """

    valeurs: Mapping[str, float]
    textes: Mapping[str, str]
    anomalies: Mapping[str, Anomalie]


def read_hypotheses(reforme: Reforme, query: Mapping[str, str]) -> HypothesesLues:
    """Values typed for the hypotheses of a reform.

    A field that still holds what was shown changes nothing: the text of the reform wins.
    """
    valeurs: dict[str, float] = {}
    textes: dict[str, str] = {}
    anomalies: dict[str, Anomalie] = {}
    for cle in reforme.hypotheses:
        texte = query.get(f"{CHAMP}{cle}", "").strip()
        if not texte or texte == query.get(f"{AVANT}{cle}"):
            continue
        textes[cle] = texte
        nombre = _parse(texte)
        if nombre is None:
            anomalies[cle] = Anomalie(
                "MLG-WEB-040",
                f"{guillemets(texte[:60])} n’est pas un nombre.",
                "Écrivez un nombre, par exemple 0,98 ou 4000.",
            )
        else:
            valeurs[cle] = nombre
    return HypothesesLues(valeurs, textes, anomalies)


def list_champs(reforme: Reforme, lues: HypothesesLues | None = None) -> list[dict[str, object]]:
    """Fields of the hypotheses, for the templates."""
    return [_champ(reforme, hypothese, lues) for hypothese in reforme.hypotheses.values()]


def label_hypotheses(reforme: Reforme) -> dict[str, str]:
    """What each field asks, by its name: the sentence of the hypothesis."""
    return {f"{CHAMP}{h.cle}": typeset(h.phrase) for h in reforme.hypotheses.values()}


def _champ(
    reforme: Reforme, hypothese: Hypothese, lues: HypothesesLues | None
) -> dict[str, object]:
    faux = lues is not None and hypothese.cle in lues.anomalies
    return {
        "nom": f"{CHAMP}{hypothese.cle}",
        "avant": f"{AVANT}{hypothese.cle}",
        "cle": hypothese.cle,
        "phrase": typeset(hypothese.phrase),
        "source": typeset(_source(hypothese)),
        "role": typeset(_role(reforme, hypothese)),
        "montre": write_nombre(hypothese.valeur),
        "valeur": lues.textes[hypothese.cle] if lues and faux else write_nombre(hypothese.valeur),
        "anomalies": [lues.anomalies[hypothese.cle]] if lues and faux else [],
    }


def _source(hypothese: Hypothese) -> str:
    if hypothese.source:
        return f"Source : {hypothese.source}."
    return "" if "sans source" in hypothese.phrase else "Sans source : c’est un choix."


def _role(reforme: Reforme, hypothese: Hypothese) -> str:
    """What the number is, from what the reform does with it."""
    changement = next((c for c in reforme.changements if c.hypothese == hypothese.cle), None)
    if changement is None:
        return "Donnée de la source : aucun montant de cette page n’en dépend."
    if changement.genre == "ratio":
        return "Le montant est multiplié par ce nombre : 1 ne change rien, 0,98 fait −2 %."
    feuilles = load_legislation().feuilles
    unite = feuilles[changement.chemin].unite if changement.chemin in feuilles else ""
    if unite == "taux":
        return "En part de 1 : 0,3 pour 30 %."
    return f"En {UNITES[unite].libelle}." if unite.startswith("EUR") else ""


def write_nombre(nombre: float) -> str:
    """As a field shows it: a comma, no space, no exponent."""
    entier = nombre == int(nombre)
    return str(int(nombre)) if entier else f"{nombre:.10f}".rstrip("0").replace(".", ",")


def _parse(texte: str) -> float | None:
    negatif = texte.startswith(_MOINS)
    nombre = parse_nombre(texte[1:] if negatif else texte)
    if nombre is None or nombre > NOMBRE_MAX:
        return None
    return -float(nombre) if negatif else float(nombre)
