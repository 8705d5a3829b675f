"""Writes the YAML tests of OpenFisca from the cases of Maillage, each with its text and its address.

    .venv-openfisca/bin/python openfisca/outils/cas.py

The cases are written once, in src/maillage/regles/*/cas.toml; a test of `openfisca/tests` fails when these
files are not the ones that this program writes.
"""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openfisca_core.periods import DateUnit

from maillage.regles.aide_au_poste.lignes import METROPOLE_DROM, MOIS_PAR_AN
from openfisca_maillage.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Cas = dict[str, Any]  # as tomllib gives it
RACINE = Path(__file__).resolve().parents[2]
CAS = RACINE / "src" / "maillage" / "regles"
DOSSIER = RACINE / "openfisca" / "tests"
CRITERES = ("publics", "moyens", "resultats")
CIBLES = {
    "montant_annexe": "montant_total_annuel_centimes",
    "part_modulee": "part_modulee_centimes",
    "contrat_passerelle": "contrat_passerelle_centimes",
    "cdi_inclusion": "aide_cdi_inclusion_centimes",
    "cofinancement": "part_departement_centimes",
}
FICHIERS = (
    "aide_au_poste",
    "cofinancement",
    "versement",
    "smic",
    "cotisations",
    "taxe_salaires",
)
_ENTETE = """\
# Page écrite par openfisca/outils/cas.py d’après src/maillage/regles/{nom}/cas.toml : changez les cas
# là-bas. Les montants « _centimes » sont en centimes d’euro. Le lanceur d’OpenFisca compare sur 32
# bits, donc à quelques centimes près au-delà de 167 772,16 € : test_exactitude.py refait la même
# comparaison au centime.
"""


def render(nom: str) -> str:
    """YAML tests of one mechanism."""
    cas = tomllib.loads((CAS / nom / "cas.toml").read_text(encoding="utf-8"))["cas"]
    return _ENTETE.format(nom=nom) + "".join(map(_render_cas, cas))


def _render_cas(cas: Cas) -> str:
    periode, entrees, sorties, marge = (
        _convert_social(cas) if "cibles" in cas else _convert_annexe(cas)
    )
    lignes = [
        "",
        f"- name: {_quote(cas['titre'])}",
        f"  description: {_quote(' — '.join(filter(None, (cas['texte'], cas.get('calcul', '')))))}",
        f"  keywords: [{_quote(cas['url'])}]",
        f"  period: {periode}",
    ]
    if "connu_au" in cas.get("entrees", {}):
        jour = cas["entrees"]["connu_au"]
        lignes.append(f"  reforms: openfisca_maillage.reformes.connu_au_{jour:%Y_%m_%d}")
    if marge:
        lignes.append(f"  absolute_error_margin: {marge}")
    # OpenFisca wants a person in every situation, even where nothing is given.
    donnees = [*_render_table(entrees)] or ["    salarie: {}"]
    lignes += ["  input:", *donnees, "  output:", *_render_table(sorties)]
    return "\n".join(lignes) + "\n"


def _render_table(table: Cas) -> Iterator[str]:
    for nom, valeur in table.items():
        if isinstance(valeur, dict):
            yield f"    {nom}:"
            yield from (f"      {cle}: {_write(nom, item)}" for cle, item in valeur.items())
        else:
            yield f"    {nom}: {_write(nom, valeur)}"


def _write(nom: str, valeur: object) -> str:
    if isinstance(valeur, str):
        return _quote(valeur)
    if nom.endswith("_centimes"):
        euros = f"{Decimal(str(valeur)) / 100:,.2f}".replace(",", "\u202f").replace(".", ",")
        return f"{valeur} # {euros} €"
    return str(valeur)


def _quote(texte: str) -> str:
    return json.dumps(texte, ensure_ascii=False)


def _convert_social(cas: Cas) -> tuple[str, Cas, Cas, str]:
    """Period, inputs, outputs and margin of a case of pay, contributions or tax."""
    le: date = cas["le"]
    unite = PLACES[cas["cibles"][0]].periode
    periode = _name_periode(le, unite)
    entrees = {
        nom: _date_entree(nom, valeur, le, unite) for nom, valeur in cas.get("entrees", {}).items()
    }
    return (
        periode,
        entrees,
        dict(cas["attendu"]),
        f"{0.5 * 10 ** -cas['decimales']:.10f}".rstrip("0"),
    )


def _date_entree(nom: str, valeur: object, le: date, unite: DateUnit) -> object:
    if isinstance(valeur, bool):
        valeur = "oui" if valeur else "non"
    propre = PLACES[nom].periode
    return valeur if propre == unite else {_name_periode(le, propre): valeur}


def _name_periode(le: date, unite: DateUnit) -> str:
    return f"{le:%Y}" if unite == DateUnit.YEAR else f"{le:%Y-%m}"


def _convert_annexe(cas: Cas) -> tuple[str, Cas, Cas, str]:
    """Period, inputs, outputs and margin of a case of one annexe."""
    donnees, attendu = cas["entrees"], cas["attendu"]
    entrees = _convert_entrees(cas["regle"], donnees)
    periode = f"{donnees['du']:%Y-%m}"
    if cas["regle"] == "versement":
        return periode, entrees, _convert_versement(donnees, attendu), ""
    cible = CIBLES[cas["regle"]]
    if "refus" in attendu:
        return periode, entrees, {f"refus_{cible.removesuffix('_centimes')}": attendu["refus"]}, ""
    sorties = {cible: _centimes(attendu["montant"])}
    if "montant_unitaire" in attendu:
        sorties = {"montant_unitaire_centimes": _centimes(attendu["montant_unitaire"]), **sorties}
    return periode, entrees, sorties, ""


def _convert_entrees(regle: str, donnees: Cas) -> Cas:
    centiemes = int(Decimal(donnees["etp"]) * 100)
    duree = count_mois(donnees["du"], donnees["au"])
    entrees: Cas = {
        "type_siae": donnees["type"],
        "territoire": donnees.get("territoire", METROPOLE_DROM),
        "date_debut_effet": donnees["du"],
        "date_fin_effet": donnees["au"],
    }
    match regle:
        case "contrat_passerelle":
            return entrees | {
                "etp_passerelle_centiemes": centiemes,
                "mois_passerelle": donnees["mois"],
            }
        case "cdi_inclusion":
            return entrees | {
                "etp_cdi_centiemes": centiemes,
                "date_embauche_cdi": donnees["embauche"],
            }
        case "part_modulee":
            for critere, poids, note in zip(
                CRITERES, donnees["poids"], donnees["notes"], strict=True
            ):
                entrees |= {f"poids_{critere}": poids, f"note_{critere}": note}
        case "cofinancement":
            entrees["mois_beneficiaires"] = donnees["personnes"] * duree
        case "versement":
            entrees["etp_realises_centiemes"] = {
                _rank_mois(donnees["du"], rang): int(Decimal(etp) * 100)
                for rang, etp in enumerate(donnees["realises"])
            }
        case _:
            pass
    return entrees | {"etp_centiemes": centiemes}


def _convert_versement(donnees: Cas, attendu: Cas) -> Cas:
    verses = {
        _rank_mois(donnees["du"], rang): _centimes(verse)
        for rang, verse in enumerate(attendu["verses"])
    }
    return {"verse_centimes": verses}


def count_mois(du: date, au: date) -> int:
    """Months that an annexe touches."""
    return (au.year - du.year) * MOIS_PAR_AN + au.month - du.month + 1


def _rank_mois(du: date, rang: int) -> str:
    annee, reste = divmod(du.month - 1 + rang, MOIS_PAR_AN)
    return f"{du.year + annee}-{reste + 1:02d}"


def _centimes(euros: str) -> int:
    return int(Decimal(euros) * 100)


def main() -> None:
    """Write every file."""
    for nom in FICHIERS:
        (DOSSIER / f"{nom}.yaml").write_text(render(nom), encoding="utf-8")


if __name__ == "__main__":
    main()
