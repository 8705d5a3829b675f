"""Figures of the accounts as they stand on a page: euros, hours, months, or the word of what lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maillage.kernel.francais import accorder, format_nombre, format_valeur, join_fr
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from maillage.analyses.comptes.exercice import Exercice
    from maillage.analyses.comptes.heure import HeureDeLAnnee
    from maillage.kernel.valeur import Valeur

_CENT = 100


def euros(centimes: int | Absence) -> str:
    """Whole euros: a director does not decide by cents; the accounts below have them."""
    return centimes.value if isinstance(centimes, Absence) else format_valeur(centimes / _CENT, "€")


def list_cles(exercice: Exercice, heure: HeureDeLAnnee) -> list[dict[str, Any]]:
    """Key figures: what an hour costs, how many balance the year, how many months of cash, the result."""
    prix = heure.prix
    cloture = exercice.cloture
    net = next(s.centimes for s in exercice.sig if s.etape.value == "net")
    return [
        _cle(
            "Coût d’une heure", format_valeur(prix.cout, "€", 2), f"par heure {_singulier(heure)}"
        ),
        _cle("Heures à l’équilibre", format_valeur(prix.seuil), "dans l’année"),
        _cle(
            "Trésorerie",
            format_valeur(cloture.mois_sur_exercice, "mois", 1),
            "de dépenses, à la clôture",
        ),
        _cle("Résultat", euros(net), "de l’exercice"),
        _cle("Capacité d’autofinancement", euros(exercice.caf.depuis_resultat), "de l’exercice"),
    ]


def _cle(nom: str, valeur: str, periode: str) -> dict[str, Any]:
    return {"nom": nom, "lien": valeur, "unite": "", "periode": periode}


def _singulier(heure: HeureDeLAnnee) -> str:
    return heure.nature.removesuffix("s")


def tell(exercice: Exercice, heure: HeureDeLAnnee) -> str:
    """The three answers in a sentence; each says what lacks rather than nothing."""
    return " ; ".join((_tell_cost(heure), _tell_threshold(heure), _tell_cash(exercice))) + "."


def _tell_cost(heure: HeureDeLAnnee) -> str:
    cout = heure.prix.cout
    if isinstance(cout, Absence):
        return "Ce que coûte une heure n’est pas connu, faute d’heures"
    apports = [
        f"{format_valeur(valeur, '€', 2)} {quoi}"
        for valeur, quoi in (
            (heure.prix.ventes, "de ventes"),
            (heure.prix.aide_au_poste, "d’aide au poste"),
        )
        if not isinstance(valeur, Absence)
    ]
    suite = f" et rapporte {join_fr(apports)}" if apports else ""
    return f"Une heure coûte {format_valeur(cout, '€', 2)}{suite}"


def _tell_threshold(heure: HeureDeLAnnee) -> str:
    seuil, ecart = heure.prix.seuil, heure.prix.ecart
    if isinstance(seuil, Absence):
        if seuil is Absence.SANS_OBJET:
            return "une heure de plus n’apporte rien : aucun volume n’équilibre l’année"
        return "le nombre d’heures à l’équilibre n’est pas connu"
    assert not isinstance(ecart, Absence)  # noqa: S101 — known as soon as the threshold is
    cote = "de moins" if ecart >= 0 else "de plus"
    return (
        f"l’équilibre est à {accorder(round(seuil), 'heure', 'heures')}, {format_nombre(abs(ecart))} {cote} "
        "que l’année"
    )


def _tell_cash(exercice: Exercice) -> str:
    mois = exercice.cloture.mois_sur_exercice
    if isinstance(mois, Absence):
        return "la trésorerie n’est pas connue"
    return f"la trésorerie couvre {format_valeur(mois, 'mois', 1)} de dépenses"


def list_heure(heure: HeureDeLAnnee) -> list[tuple[str, str, str]]:
    """Lines of the price of an hour: name, euros per hour, where it comes from."""
    prix = heure.prix
    rows: list[tuple[str, Valeur, str]] = [
        ("Coût complet", prix.cout, "comptes 60 à 65 et 681, divisés par les heures"),
        ("Ventes", prix.ventes, "ventes et mises à disposition facturées"),
        ("Aide au poste", prix.aide_au_poste, "comptes déclarés dans le plan de rattachement"),
        (
            "Salaire d’insertion, cotisations comprises",
            prix.cout_variable,
            "salaires bruts de l’extrait de l’ASP, et le taux des comptes 645 sur 641",
        ),
        (
            "Ce qu’apporte une heure de plus",
            prix.marge_variable,
            "ventes et aide, moins ce salaire",
        ),
    ]
    return [(nom, format_valeur(valeur, "€", 2), source) for nom, valeur, source in rows]
