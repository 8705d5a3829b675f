"""How the accounts of a structure are shown in a terminal: the answer, the tables, what to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from maillage.analyses.comptes.exercice import SANS_OUVERTURE
from maillage.analyses.comptes.notes import list_notes
from maillage.cli.page import Page
from maillage.indicators.comptes.bilan import LIBELLES
from maillage.indicators.comptes.postes import AIDE_AU_POSTE, BILAN, RESULTAT, load_postes
from maillage.kernel.francais import format_date, format_mois, format_nombre, format_valeur
from maillage.kernel.valeur import Absence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from maillage.analyses.comptes.annees import Annees
    from maillage.analyses.comptes.exercice import Exercice
    from maillage.indicators.comptes.lignes import Ligne, Montant
    from maillage.indicators.comptes.postes import Etape

Rangee: TypeAlias = "list[str]"
_RETRAIT = "  "
_CENTIMES = 100
_DOUZE = 12


def render_soldes(annees: Annees, width: int | None, *, detail: bool) -> str:
    """A page to read; with the detail, every line opens to its accounts, to the cent."""
    page = Page(width)
    tableau = _Tableau(annees, page, detail=detail)
    qui = f"SIREN {annees.siren}" if annees.siren else "structure sans SIREN"
    page.title(f"Soldes de gestion, {qui}")
    for exercice in annees.exercices:
        page.text(_summarise(exercice))
    tableau.add("Soldes intermédiaires de gestion", _list_sig(tableau))
    tableau.add("Capacité d’autofinancement", _list_caf(tableau))
    _add_bilan(page, tableau)
    for exercice in annees.exercices:
        _add_mois(page, exercice)
    hors = tableau.open(lambda e: e.hors_resultat)
    if hors:
        tableau.add("Hors résultat : contributions volontaires et comptes spéciaux", hors)
    page.heading("À savoir")
    for note in annees.notes:
        page.text(note, "  • ")
    for exercice in annees.exercices:
        page.text(f"Exercice {_name(exercice)} ({exercice.mouvements.fichier}) :")
        for note in list_notes(exercice):
            page.text(note, "  • ")
    return page.render()


class _Tableau:
    """Tables that have one column per exercice."""

    def __init__(self, annees: Annees, page: Page, *, detail: bool) -> None:
        self.exercices = annees.exercices
        self._page = page
        self._detail = detail

    def add(self, titre: str, rangees: Iterable[Rangee]) -> None:
        """A table under its heading."""
        self._page.heading(titre)
        colonnes = [_name(exercice) for exercice in self.exercices]
        evolution = ["Évolution"] if len(colonnes) > 1 else []
        entetes = ["En euros", *colonnes, *evolution]
        self._page.table(entetes, list(rangees), right=set(range(1, len(entetes))))

    def row(self, libelle: str, montants: Sequence[Montant]) -> Rangee:
        """A label, its amounts, and the change between the last two."""
        cellules = [self._euros(montant) for montant in montants]
        if len(montants) > 1:
            cellules.append(self._euros(_subtract(montants[-1], montants[-2])))
        return [libelle, *cellules]

    def open(self, lignes_de: Callable[[Exercice], Iterable[Ligne] | None]) -> list[Rangee]:
        """Lines of every exercice, in the order of the statements, each opened when asked.

        Args:
            lignes_de: Lines of an exercice; None where they cannot be known.
        """
        par_exercice = [
            None if lignes is None else {ligne.poste.code: ligne.soldes for ligne in lignes}
            for lignes in map(lignes_de, self.exercices)
        ]
        rangees: list[Rangee] = []
        for code, poste in load_postes().items():
            soldes = [
                None if un is None else {s.compte: s.centimes for s in un.get(code, ())}
                for un in par_exercice
            ]
            if any(soldes):
                montants = [Absence.INCONNUE if un is None else sum(un.values()) for un in soldes]
                if code == AIDE_AU_POSTE:
                    montants = [exercice.aide_au_poste.montant for exercice in self.exercices]
                rangees.append(self.row(_RETRAIT + poste.libelle, montants))
                if self._detail:
                    rangees += self._open_comptes(soldes)
        return rangees

    def _open_comptes(self, soldes: list[dict[str, int] | None]) -> Iterator[Rangee]:
        for compte in sorted({compte for un in soldes for compte in un or ()}):
            montants = [Absence.INCONNUE if un is None else un.get(compte, 0) for un in soldes]
            yield self.row(_RETRAIT * 2 + compte, montants)

    def _euros(self, montant: Montant) -> str:
        if isinstance(montant, Absence):
            return montant.value
        return format_nombre(montant / _CENTIMES, 2 if self._detail else 0)


def _list_sig(tableau: _Tableau) -> Iterator[Rangee]:
    for rang in range(len(RESULTAT)):
        yield from tableau.open(_sig_of(rang))
        soldes = [exercice.sig[rang] for exercice in tableau.exercices]
        yield tableau.row(f"= {soldes[0].libelle}", [solde.centimes for solde in soldes])


def _list_caf(tableau: _Tableau) -> Iterator[Rangee]:
    cafs = [exercice.caf for exercice in tableau.exercices]
    yield tableau.row("Excédent brut d’exploitation", [caf.ebe for caf in cafs])
    yield from tableau.open(lambda e: e.caf.lignes_depuis_ebe)
    yield tableau.row(
        "= Capacité d’autofinancement, depuis l’EBE", [caf.depuis_ebe for caf in cafs]
    )
    yield tableau.row("Résultat net", [caf.resultat for caf in cafs])
    retirees = tableau.open(lambda e: e.caf.lignes_depuis_resultat)
    if retirees:
        yield ["moins ce qui n’est ni encaissé ni payé :", *[""] * (len(retirees[0]) - 1)]
        yield from retirees
    yield tableau.row(
        "= Capacité d’autofinancement, depuis le résultat", [caf.depuis_resultat for caf in cafs]
    )
    yield tableau.row(
        "Autre lecture : après fonds dédiés", [caf.apres_fonds_dedies for caf in cafs]
    )


def _add_bilan(page: Page, tableau: _Tableau) -> None:
    positions = [exercice.cloture.position for exercice in tableau.exercices]
    if all(isinstance(position, Absence) for position in positions):
        page.heading("Fonds de roulement, besoin, trésorerie")
        page.text(SANS_OUVERTURE)
        return
    rangees: list[Rangee] = []
    for etape in BILAN:
        rangees += tableau.open(_bilan_of(etape))
        montants: list[Montant] = [p if isinstance(p, Absence) else p.get(etape) for p in positions]
        rangees.append(tableau.row(f"= {LIBELLES[etape]}", montants))
    sans: list[Montant] = [
        p if isinstance(p, Absence) else p.fonds_de_roulement_sans_fonds_dedies for p in positions
    ]
    rangees.append(tableau.row("Autre lecture : fonds de roulement sans les fonds dédiés", sans))
    ecarts: list[Montant] = [p if isinstance(p, Absence) else p.ecart for p in positions]
    if any(ecarts):
        rangees.append(tableau.row("Écart : comptes hors bilan ou non rattachés", ecarts))
    tableau.add("Fonds de roulement, besoin, trésorerie à la clôture", rangees)


def _sig_of(rang: int) -> Callable[[Exercice], Iterable[Ligne]]:
    return lambda exercice: exercice.sig[rang].lignes


def _bilan_of(etape: Etape) -> Callable[[Exercice], Iterable[Ligne] | None]:
    def read(exercice: Exercice) -> Iterable[Ligne] | None:
        position = exercice.cloture.position
        return None if isinstance(position, Absence) else position.list_lignes(etape)

    return read


def _add_mois(page: Page, exercice: Exercice) -> None:
    page.heading(f"Mois par mois, exercice {_name(exercice)}")
    rangees = []
    for mois in exercice.mois:
        position = mois.position
        montants = (
            [position.value] * len(BILAN)
            if isinstance(position, Absence)
            else [format_nombre(position.get(etape) / _CENTIMES) for etape in BILAN]
        )
        rangees.append(
            [
                format_mois(mois.debut.year, mois.debut.month),
                *montants,
                format_valeur(mois.mois_sur_exercice, decimales=1),
                format_valeur(mois.mois_sur_ecoules, decimales=1),
            ]
        )
    entetes = [
        *("Fin de", *(LIBELLES[etape] for etape in BILAN)),
        *("Mois de trésorerie (rythme de l’exercice)", "(rythme des mois écoulés)"),
    ]
    page.table(entetes, rangees, right=set(range(1, len(entetes))), unwrapped={0})


def _summarise(exercice: Exercice) -> str:
    mouvements, fin = exercice.mouvements, exercice.cloture
    debut = (
        f"Du {format_date(mouvements.premier_jour)} au {format_date(mouvements.dernier_jour)} : résultat "
        f"net {_euros(exercice.sig[-1].centimes)}, capacité d’autofinancement "
        f"{_euros(exercice.caf.depuis_ebe)}"
    )
    if isinstance(fin.position, Absence):
        return f"{debut} ; trésorerie inconnue, faute de soldes d’ouverture."
    mois = fin.mois_sur_exercice
    soit = (
        ""
        if isinstance(mois, Absence)
        else f", soit {format_valeur(mois, 'mois', 1)} de charges d’exploitation décaissables"
    )
    return f"{debut}, trésorerie {_euros(fin.position.tresorerie)} à la fin{soit}."


def _name(exercice: Exercice) -> str:
    """Short name of an exercice: its year when it is one, else its first and last months."""
    debut, fin = exercice.mouvements.mois[0], exercice.cloture.debut
    if debut.year == fin.year and len(exercice.mois) == _DOUZE:
        return str(fin.year)
    return f"{debut:%m/%Y}-{fin:%m/%Y}"


def _subtract(apres: Montant, avant: Montant) -> Montant:
    if isinstance(apres, Absence) or isinstance(avant, Absence):
        return Absence.INCONNUE
    return apres - avant


def _euros(centimes: int) -> str:
    return format_valeur(centimes / _CENTIMES, "€")
