"""The indicators computed a second time, one figure after the other, over plain rows.

Nothing here is fast and nothing comes from `maillage.indicators`: this engine is read, and the
other one is compared with it. Access has its own second engine.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from factories.series_lisibles import ADDED, CLASSES, EPCI_PARTS, SAME

from maillage.kernel.niveau import Niveau
from maillage.kernel.valeur import Absence, Valeur, absence_from_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from maillage.data.reference.pack import Pack

FRANCE, REGION, DEPARTEMENT = Niveau.FRANCE, Niveau.REGION, Niveau.DEPARTEMENT
COMMUNE = Niveau.COMMUNE
COLUMN = {
    REGION: "code_region",
    DEPARTEMENT: "code_departement",
    Niveau.ZONE_EMPLOI: "code_zone_emploi",
    Niveau.EPCI: "code_epci",
    Niveau.CLPE: "code_clpe",
}
KEYS = ("demandeurs", "longue_duree", "rsa", "pauvrete")
GAP_PREFIXES = ("part_besoin_", "part_offre_", "ecart_pour_1000_", "ecart_relatif_", "ecart_")


def is_number(valeur: Valeur) -> bool:
    return not isinstance(valeur, Absence)


def divide(haut: Valeur, bas: Valeur, facteur: float = 1.0) -> Valeur:
    if isinstance(haut, Absence):
        return haut
    if isinstance(bas, Absence):
        return bas
    return Absence.SANS_OBJET if bas == 0 else facteur * haut / bas


class Lisible:
    """Every figure of a pack, computed when it is asked for."""

    def __init__(self, pack: Pack) -> None:
        self.communes: dict[str, dict[str, Any]] = {
            row["code"]: row for row in pack.tables["communes"].to_pylist()
        }
        self.qpv = pack.tables["qpv"].to_pylist()
        self.structures = pack.tables["structures"].to_pylist()
        self.figures: dict[tuple[Niveau, str, str, str], Valeur] = {}
        self.periodes: dict[tuple[Niveau, str], set[str]] = defaultdict(set)
        self._read(pack)
        self.members: dict[tuple[Niveau, str], list[str]] = defaultdict(list)
        for code, row in self.communes.items():
            if row["type"] == "COM":
                self.members[FRANCE, "FR"].append(code)
                for niveau, column in COLUMN.items():
                    if row[column] is not None:
                        self.members[niveau, row[column]].append(code)
        self.region_of = {
            row["code_departement"]: row["code_region"] for row in self.communes.values()
        }
        self.codes = {
            niveau: [
                row["code"]
                for row in pack.tables["territoires"].to_pylist()
                if row["niveau"] == niveau.value
            ]
            for niveau in (REGION, DEPARTEMENT)
        }

    def _read(self, pack: Pack) -> None:
        rows = [(COMMUNE, row) for row in pack.tables["besoin_communes"].to_pylist()]
        rows += [(Niveau(row["niveau"]), row) for row in pack.tables["series"].to_pylist()]
        for niveau, row in rows:
            valeur = row["valeur"] if row["etat"] == 0 else absence_from_code(row["etat"])
            self.figures[niveau, row["serie"], row["code"], row["periode"]] = valeur
            self.periodes[niveau, row["serie"]].add(row["periode"])

    # raw figures

    def published(self, niveau: Niveau, serie: str, code: str, periode: str) -> Valeur:
        return self.figures.get((niveau, serie, code, periode), Absence.INCONNUE)

    def last(self, niveau: Niveau, serie: str) -> str:
        return max(self.periodes[niveau, serie], default="")

    def commune(self, serie: str, code: str, periode: str) -> Valeur:
        return self.published(COMMUNE, serie, code, periode)

    def population(self, code: str) -> Valeur:
        return self.commune("population", code, self.last(COMMUNE, "population"))

    def typology(self, column: str, code: str) -> str | None:
        row = self.communes[code]
        found: str | None = self.communes[row["code_parent"] or code][column]
        return found

    # sums of communes

    def total(self, niveau: Niveau, code: str, figure: Callable[[str], Valeur]) -> Valeur:
        if niveau is COMMUNE:
            restored = self.communes[code]["type"] == "COM" and not is_number(self.population(code))
            return Absence.PAS_ENCORE_PUBLIEE if restored else figure(code)
        found = {commune: figure(commune) for commune in self.members[niveau, code]}
        known = {c: v for c, v in found.items() if not isinstance(v, Absence)}
        absent = Counter(v for v in found.values() if isinstance(v, Absence))
        everyone = self._inhabitants(found)
        if known and (not absent or (everyone and self._inhabitants(known) >= 0.5 * everyone)):
            return math.fsum(known.values())
        order = list(Absence)
        return min(absent, key=lambda a: (-absent[a], order.index(a)), default=Absence.INCONNUE)

    def _inhabitants(self, communes: dict[str, Any]) -> float:
        found = [self.population(code) for code in communes]
        return sum(v for v in found if not isinstance(v, Absence))

    def series_total(self, niveau: Niveau, code: str, serie: str, periode: str) -> Valeur:
        return self.total(niveau, code, lambda c: self.commune(serie, c, periode))

    def quotient(
        self,
        niveau: Niveau,
        code: str,
        haut: Callable[[str], Valeur],
        bas: Callable[[str], Valeur],
        facteur: float = 100.0,
    ) -> Valeur:
        return divide(self.total(niveau, code, haut), self.total(niveau, code, bas), facteur)

    # one figure

    def valeur(  # noqa: PLR0911 — one way out per family of indicators reads best
        self, indicateur: str, niveau: Niveau, code: str, periode: str
    ) -> Valeur:
        """Any figure but those of access and the ranks."""
        if indicateur in SAME:
            return self.published(niveau, SAME[indicateur], code, periode)
        if indicateur in ADDED:
            return self.added(ADDED[indicateur], niveau, code, periode)
        if indicateur in EPCI_PARTS:
            part, whole = (
                self.published(niveau, serie, code, periode)
                for serie in (EPCI_PARTS[indicateur], "demandeurs_emploi_abc")
            )
            return divide(part, whole, 100)
        if indicateur in CLASSES:
            return self.classe(indicateur, niveau, code)
        for prefix in GAP_PREFIXES:
            if indicateur.startswith(prefix):
                return self.gap(indicateur.removeprefix(prefix), niveau)[prefix][code]
        if (
            indicateur.startswith("structures_")
            and indicateur != "structures_pour_10000_demandeurs"
        ):
            return self.nombre_structures(indicateur.removeprefix("structures_"), niveau, code)
        found: Valeur = getattr(self, f"_{indicateur}")(niveau, code, periode)
        return found

    def added(self, serie: str, niveau: Niveau, code: str, periode: str) -> Valeur:
        if niveau is DEPARTEMENT:
            return self.published(DEPARTEMENT, serie, code, periode)
        return self.sum_of_departements(
            niveau, code, lambda d: self.published(DEPARTEMENT, serie, d, periode)
        )

    def sum_of_departements(
        self, niveau: Niveau, code: str, figure: Callable[[str], Valeur]
    ) -> Valeur:
        inside = [d for d, r in self.region_of.items() if niveau is FRANCE or r == code]
        found = [figure(departement) for departement in inside]
        absent = Counter(v for v in found if isinstance(v, Absence))
        if absent or not found:
            order = list(Absence)
            return min(absent, key=lambda a: (-absent[a], order.index(a)), default=Absence.INCONNUE)
        return math.fsum(v for v in found if not isinstance(v, Absence))

    def classe(self, indicateur: str, niveau: Niveau, code: str) -> Valeur:
        column, classes = CLASSES[indicateur]

        def base(commune: str) -> Valeur:
            if self.typology(column, commune) is None and is_number(self.population(commune)):
                return Absence.INCONNUE
            return self.population(commune)

        def inside(commune: str) -> Valeur:
            counted = self.typology(column, commune) in classes
            return base(commune) if counted or not is_number(base(commune)) else 0.0

        return self.quotient(niveau, code, inside, base)

    def _population(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        return self.series_total(niveau, code, "population", periode)

    def _demandeurs_emploi(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        return self.series_total(niveau, code, "demandeurs_emploi", periode)

    def _evolution_population(self, niveau: Niveau, code: str, _periode: str) -> Valeur:
        first = min(self.periodes[COMMUNE, "population"])
        last = max(self.periodes[COMMUNE, "population"])

        def at(periode: str) -> Callable[[str], Valeur]:
            def figure(commune: str) -> Valeur:
                own, other = (
                    self.commune("population", commune, p)
                    for p in (periode, first if periode == last else last)
                )
                return own if not is_number(own) or is_number(other) else Absence.INCONNUE

            return figure

        growth = self.quotient(niveau, code, at(last), at(first), 1.0)
        if isinstance(growth, Absence):
            return growth
        return 100 * (math.pow(growth, 1 / (int(last) - int(first))) - 1)

    def _demandeurs_emploi_pour_100_15_64(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        census = self.last(COMMUNE, "pop_15_64")
        return self.quotient(
            niveau,
            code,
            lambda c: self.commune("demandeurs_emploi", c, periode),
            lambda c: self.commune("pop_15_64", c, census),
        )

    def _taux_chomage_rp(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        return self.quotient(
            niveau,
            code,
            lambda c: self.commune("chomeurs_rp_15_64", c, periode),
            lambda c: self.commune("actifs_15_64", c, periode),
        )

    def _filosofi(self, commune: str, periode: str) -> tuple[Valeur, Valeur]:
        return (
            self.commune("niveau_vie_median", commune, periode),
            self.commune("personnes_menages_fiscaux", commune, periode),
        )

    def _niveau_vie_median_moyen(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        def weighted(commune: str) -> Valeur:
            mediane, personnes = self._filosofi(commune, periode)
            if isinstance(mediane, Absence):
                return mediane
            return personnes if isinstance(personnes, Absence) else mediane * personnes

        def weight(commune: str) -> Valeur:
            mediane, personnes = self._filosofi(commune, periode)
            if isinstance(personnes, Absence):
                return personnes
            return Absence.INCONNUE if isinstance(mediane, Absence) else personnes

        return self.quotient(niveau, code, weighted, weight, 1.0)

    def _part_population_niveau_vie_connu(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        def covered(commune: str) -> Valeur:
            population = self.population(commune)
            known = all(is_number(v) for v in self._filosofi(commune, periode))
            return population if known or not is_number(population) else 0.0

        return self.quotient(niveau, code, covered, self.population)

    def _rsa_pour_100_20_64(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        rsa, people = (
            self.added(serie, niveau, code, periode)
            for serie in ("rsa_allocataires", "population_20_64")
        )
        return divide(rsa, people, 100)

    def _depense_insertion_par_allocataire(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        spent, rsa = (
            self.added(serie, niveau, code, periode)
            for serie in ("depense_brute_insertion_keur", "rsa_allocataires")
        )
        return divide(spent, rsa, 1000)

    # priority districts

    def touches(self, quartier: dict[str, Any], niveau: Niveau) -> set[str | None]:
        """Territories of a level that a district touches; None for what is in none of them."""
        if niveau in {FRANCE, REGION, DEPARTEMENT}:
            departement = quartier["code_departement"]
            if departement not in self.region_of:
                return set()
            by_level = {FRANCE: "FR", REGION: self.region_of[departement]}
            return {by_level.get(niveau, departement)}
        codes = [c if c in self.communes else None for c in quartier["codes_communes"]]
        if niveau is COMMUNE:
            return set(codes)
        return {None if c is None else self.communes[c][COLUMN[niveau]] for c in codes}

    def _districts(self, niveau: Niveau, code: str) -> list[dict[str, Any]] | None:
        if niveau is COMMUNE and self.communes[code]["type"] == "ARM":
            return None
        return [q for q in self.qpv if code in self.touches(q, niveau)]

    def _sum_districts(self, niveau: Niveau, code: str, column: str) -> Valeur:
        districts = self._districts(niveau, code)
        if districts is None:
            return Absence.INCONNUE
        shared = any(len(self.touches(q, niveau)) > 1 for q in districts)
        if shared or any(q[column] is None for q in districts):
            return Absence.INCONNUE
        return math.fsum(q[column] for q in districts)

    def _nombre_qpv(self, niveau: Niveau, code: str, _periode: str) -> Valeur:
        districts = self._districts(niveau, code)
        return Absence.INCONNUE if districts is None else float(len(districts))

    def _part_population_qpv(self, niveau: Niveau, code: str, _periode: str) -> Valeur:
        people = self._population(niveau, code, self.last(COMMUNE, "population"))
        return divide(self._sum_districts(niveau, code, "population"), people, 100)

    def _rsa_allocataires_qpv(self, niveau: Niveau, code: str, _periode: str) -> Valeur:
        return self._sum_districts(niveau, code, "allocataires_rsa_socle")

    # supply

    def nombre_structures(self, kind: str, niveau: Niveau, code: str) -> Valeur:
        iae = {"ACI", "AI", "EI", "ETTI"}
        kinds = iae if kind == "tous" else {kind.upper()}
        if niveau is COMMUNE and self.communes[code]["type"] == "ARM":
            whole = self.communes[code]["code_parent"]
            if any(r["code_commune"] == whole and r["kind"] in iae for r in self.structures):
                return Absence.INCONNUE
        found = 0
        for row in self.structures:
            if row["kind"] in kinds and code in self._places(row, niveau):
                found += 1
        return float(found)

    def _places(self, row: dict[str, Any], niveau: Niveau) -> set[str | None]:
        if niveau in {FRANCE, REGION, DEPARTEMENT}:
            departement = row["code_departement"]
            if departement not in self.region_of:
                return set()
            return {{FRANCE: "FR", REGION: self.region_of[departement]}.get(niveau, departement)}
        if row["code_commune"] not in self.communes:
            return set()
        commune = self.communes[row["code_commune"]]
        if niveau is COMMUNE:
            return {commune["code"], commune["code_parent"]} - {None}
        return {commune[COLUMN[niveau]]}

    def _latest_demandeurs(self, niveau: Niveau, code: str) -> Valeur:
        return self._demandeurs_emploi(niveau, code, self.last(COMMUNE, "demandeurs_emploi"))

    def _structures_pour_10000_demandeurs(self, niveau: Niveau, code: str, _periode: str) -> Valeur:
        structures = self.nombre_structures("tous", niveau, code)
        return divide(structures, self._latest_demandeurs(niveau, code), 10_000)

    def _personnes_iae_moyenne_12_mois(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        annee, mois = int(periode[:4]), int(periode[5:])
        window = [f"{annee - (rang > mois)}-{rang:02d}" for rang in range(1, 13)]
        found = [self.published(niveau, "personnes_iae", code, p) for p in window]
        absent = [v for v in found if isinstance(v, Absence)]
        if absent:
            return max(absent, key=list(Absence).index)
        return math.fsum(v for v in found if not isinstance(v, Absence)) / 12

    def _personnes_iae_pour_1000_demandeurs(
        self, niveau: Niveau, code: str, periode: str
    ) -> Valeur:
        stock = self.published(niveau, "personnes_iae", code, periode)
        return divide(stock, self._latest_demandeurs(niveau, code), 1000)

    def _cible_par_1000_demandeurs(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        cible = self.published(niveau, "cible_iae", code, periode)
        return divide(cible, self._latest_demandeurs(niveau, code), 1000)

    def _target(self, niveau: Niveau, code: str) -> Valeur:
        return self.published(niveau, "cible_iae", code, self.last(niveau, "cible_iae"))

    def _atteinte_cible(self, niveau: Niveau, code: str, periode: str) -> Valeur:
        stock = self.published(niveau, "personnes_iae", code, periode)
        return divide(stock, self._target(niveau, code), 100)

    def _growth(self, niveau: Niveau, code: str, start: str) -> Valeur:
        stock = self.published(niveau, "personnes_iae", code, start)
        growth = divide(self._target(niveau, code), stock, 100)
        return growth if isinstance(growth, Absence) else growth - 100

    def _croissance_demandee_2019(self, niveau: Niveau, code: str, _periode: str) -> Valeur:
        return self._growth(niveau, code, "2019-12")

    def _croissance_demandee_2021(self, niveau: Niveau, code: str, _periode: str) -> Valeur:
        return self._growth(niveau, code, "2021-12")

    # gap

    def need(self, cle: str, niveau: Niveau, code: str) -> Valeur:
        """People in need under one simple key."""
        if cle == "demandeurs":
            return self._latest_demandeurs(niveau, code)
        if cle == "rsa":
            last = self.last(DEPARTEMENT, "rsa_allocataires")
            return self.added("rsa_allocataires", niveau, code, last)
        if cle == "pauvrete":
            last = self.last(niveau, "taux_pauvrete")
            rate = self.published(niveau, "taux_pauvrete", code, last)
            people = self.published(niveau, "personnes_menages_fiscaux", code, last)
            return _times(rate, people)
        if niveau is DEPARTEMENT:
            return self._long_term(code)
        return self.sum_of_departements(niveau, code, self._long_term)

    def _long_term(self, departement: str) -> Valeur:
        last = self.last(DEPARTEMENT, "part_longue_duree")
        share = self.published(DEPARTEMENT, "part_longue_duree", departement, last)
        return _times(self._latest_demandeurs(DEPARTEMENT, departement), share)

    def gap(self, cle: str, niveau: Niveau) -> dict[str, dict[str, Valeur]]:
        """Every figure of one key at one level, by prefix of the indicator and by territory."""
        codes = self.codes[niveau]
        stock = {c: self.published(niveau, "personnes_iae", c, "2022-09") for c in codes}
        need = self._need_of(cle, niveau)
        both = {c: need[c] if not is_number(need[c]) else stock[c] for c in codes}
        compared = [c for c in codes if is_number(both[c])]
        total_need = math.fsum(float(need[c]) for c in compared)  # type: ignore[arg-type]  # numbers
        total_stock = math.fsum(float(stock[c]) for c in compared)  # type: ignore[arg-type]  # numbers
        found: dict[str, dict[str, Valeur]] = defaultdict(dict)
        for code in codes:
            known = code in compared
            share = divide(need[code], total_need) if known else both[code]
            offer = divide(stock[code], total_stock) if known else both[code]
            gap: Valeur = share
            expected: Valeur = share
            if not isinstance(share, Absence):
                expected = share * total_stock
                gap = float(stock[code]) - expected  # type: ignore[arg-type]  # a number here
            found["part_besoin_"][code] = divide(share, 1.0, 100)
            found["part_offre_"][code] = divide(offer, 1.0, 100)
            found["ecart_"][code] = gap
            found["ecart_relatif_"][code] = divide(gap, expected, 100)
            found["ecart_pour_1000_"][code] = divide(
                gap, self._latest_demandeurs(niveau, code), 1000
            )
        return found

    def _need_of(self, cle: str, niveau: Niveau) -> dict[str, Valeur]:
        codes = self.codes[niveau]
        if cle != "composite":
            return {code: self.need(cle, niveau, code) for code in codes}
        parts = {key: _shares({c: self.need(key, niveau, c) for c in codes}) for key in KEYS}
        mixed: dict[str, Valeur] = {}
        for code in codes:
            own = [parts[key][code] for key in KEYS]
            known = [v for v in own if not isinstance(v, Absence)]
            mixed[code] = math.fsum(known) / len(known) if known else own[0]
        return _shares(mixed)


def _shares(figures: dict[str, Valeur]) -> dict[str, Valeur]:
    total = math.fsum(v for v in figures.values() if not isinstance(v, Absence))
    return {code: divide(valeur, total) for code, valeur in figures.items()}


def _times(left: Valeur, right: Valeur) -> Valeur:
    if isinstance(left, Absence):
        return left
    return right if isinstance(right, Absence) else left * right / 100
