"""How what changed between two extracts is shown: a page, plain values, rows for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.analyses.pilotage.comparaison_lignes import explain_motifs_de, list_changements
from maillage.analyses.pilotage.comparaison_modele import Classe, Passage
from maillage.analyses.pilotage.comparaison_totaux import total
from maillage.analyses.pilotage.rejets import LECTURE
from maillage.cli.page import Page
from maillage.kernel.francais import accorder, format_date, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maillage.analyses.pilotage.comparaison_changement import Changement
    from maillage.analyses.pilotage.comparaison_modele import Comparaison
    from maillage.analyses.pilotage.comparaison_totaux import Somme, Totaux
    from maillage.data.extraits import Extrait
    from maillage.kernel.valeur import Valeur

_SYNTHETIQUE = "Données synthétiques : elles ne décrivent aucune structure réelle."


def render_comparaison(comparaison: Comparaison, width: int | None, *, ordinaires: bool) -> str:
    """The page: totals first, then each change."""
    page = Page(width)
    avant, apres = comparaison.avant.extrait, comparaison.apres.extrait
    page.title(
        f"Du {format_date(avant.extraction)} au {format_date(apres.extraction)} : ce qui a changé"
    )
    page.text(f"Extraits {avant.identifiant} et {apres.identifiant}.")
    if comparaison.is_synthetic:
        page.text(_SYNTHETIQUE)
    for phrase in comparaison.avertissements:
        page.text(phrase, "  • ")
    lignes = list_changements(comparaison.structures, ordinaires=ordinaires)
    totaux = total(comparaison.annexes)
    page.text(
        f"{accorder(len(comparaison.annexes), 'annexe comparée', 'annexes comparées')} ; "
        f"{accorder(totaux.structures, 'structure concernée', 'structures concernées')}."
    )
    if comparaison.has_mois:
        page.text(
            f"Mois en retard de saisie : {totaux.retards_avant} dans l’ancien extrait, "
            f"{totaux.retards_apres} dans le nouveau."
        )
    page.heading("En tout")
    page.table(
        ["Quoi", "Nombre", "Structures", "ETP-mois", "Euros"],
        [
            [
                libelle,
                str(somme.nombre),
                str(somme.structures),
                ""
                if somme.etp_mois is Absence.SANS_OBJET
                else format_valeur(somme.etp_mois, "", 2),
                _euros(somme),
            ]
            for _, libelle, somme in _list_totals(totaux, has_mois=comparaison.has_mois)
        ],
        right={1, 2, 3, 4},
    )
    _write_rejections(page, comparaison)
    if not lignes:
        page.blank()
        page.text("Rien d’autre n’a changé.")
        return page.render()
    page.heading("Un par un")
    page.table(
        ["Structure", "Type", "Annexe", "Ce qui change", "Avant", "Après", "Euros"],
        [
            [
                ligne.denomination,
                ligne.cle[1],
                ligne.numero,
                ligne.libelle,
                ligne.avant,
                ligne.apres,
                "" if ligne.euros is Absence.SANS_OBJET else format_valeur(ligne.euros, "€"),
            ]
            for ligne in lignes
        ],
        right={6},
    )
    return page.render()


def comparaison_rows(comparaison: Comparaison, *, ordinaires: bool) -> list[dict[str, Any]]:
    """One row per change; an absent figure is written in words."""
    return [
        _flatten(ligne) for ligne in list_changements(comparaison.structures, ordinaires=ordinaires)
    ]


def comparaison_to_dict(comparaison: Comparaison, *, ordinaires: bool) -> dict[str, Any]:
    """The whole, with what is needed to compute the same again."""
    totaux = total(comparaison.annexes)
    return {
        "ancien": _describe(comparaison.avant.extrait),
        "nouveau": _describe(comparaison.apres.extrait),
        "synthetique": comparaison.is_synthetic,
        "avertissements": list(comparaison.avertissements),
        "annexes": len(comparaison.annexes),
        "structures_concernees": totaux.structures,
        "mois_compares": comparaison.has_mois,
        "retards": {"ancien": totaux.retards_avant, "nouveau": totaux.retards_apres},
        "totaux": {
            code: {
                "libelle": libelle,
                "nombre": somme.nombre,
                "structures": somme.structures,
                "etp_mois": _cell(somme.etp_mois),
                "euros": _cell(somme.euros),
                "sans_montant": somme.sans_montant,
            }
            for code, libelle, somme in _list_totals(totaux, has_mois=comparaison.has_mois)
        },
        "changements": comparaison_rows(comparaison, ordinaires=ordinaires),
    }


def _list_totals(totaux: Totaux, *, has_mois: bool) -> Iterator[tuple[str, str, Somme]]:
    """Code, words and figures of each total."""
    for classe, somme in totaux.classes.items():
        yield classe.code, f"Annexes {_PLURIELS[classe]}", somme
    yield "suspendues", "Annexes suspendues depuis", totaux.suspendues
    yield "suspensions_levees", "Suspensions levées", totaux.suspensions_levees
    for evolution, somme in totaux.rejets.items():
        yield f"rejets_{evolution.code}", f"Rejets : {evolution.value}", somme
    yield "rejets_bancaires", "dont coordonnées bancaires", totaux.rejets_bancaires
    if has_mois:
        for passage in Passage:
            yield passage.code, f"Mois : {passage.value}", totaux.passages[passage]


_PLURIELS = {
    Classe.NOUVELLE: "nouvelles",
    Classe.CHANGEE: "changées",
    Classe.INCHANGEE: "inchangées",
    Classe.HORS_HISTORIQUE: "sorties de l’historique",
    Classe.DISPARUE: "disparues",
}


def _write_rejections(page: Page, comparaison: Comparaison) -> None:
    rejets = [(a, a.rejet) for a in comparaison.annexes if a.rejet is not None]
    if not rejets:
        return
    page.heading("Rejets, en clair")
    for annexe, rejet in rejets:
        page.text(f"{annexe.denomination}, {annexe.numero} : {rejet.evolution.value}.", "  • ")
        page.text(explain_motifs_de(rejet), "    ")
    page.text(LECTURE)


def _euros(somme: Somme) -> str:
    texte = format_valeur(somme.euros, "€")
    return f"{texte} ({somme.sans_montant} sans montant)" if somme.sans_montant else texte


def _describe(extrait: Extrait) -> dict[str, Any]:
    return {
        "extrait": extrait.identifiant,
        "extraction": extrait.extraction.isoformat(),
        "fichiers": [
            {"fichier": f.fichier, "sha256": f.sha256, "lignes": f.lignes} for f in extrait.fichiers
        ],
    }


def _flatten(ligne: Changement) -> dict[str, Any]:
    return {
        "asp_id": ligne.cle[0],
        "type": ligne.cle[1],
        **{nom: getattr(ligne, nom) for nom in ligne.__slots__ if nom not in {"cle", "nature"}},
        "nature": ligne.nature.code,
        "etp_mois": _cell(ligne.etp_mois),
        "euros": _cell(ligne.euros),
    }


def _cell(valeur: Valeur) -> float | str:
    return valeur.value if isinstance(valeur, Absence) else valeur
