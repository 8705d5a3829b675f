"""P5: the year's result of 5,000 structures under 1,000 draws each, 5 million rows through the AI model.

The floor is one fused kernel: the same arithmetic for these inputs only, in NumPy (this project has no
compiler), batch by batch, every intermediate written over one that was allocated once; it knows neither rules,
nor names of figures, nor clients that pay otherwise. The peer is what one would write first: the same model on
whole arrays. All three give the same results. The time to copy the results once is printed beside them.

Two lines: the results alone, reduced to a mean and a part of losses by structure; then the quantiles too, whose
sorting is NumPy's own and costs the same to all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from mesure import Ligne, Mesure, measure, print_table

from maillage.analyses.modele.exemples import read_exemple
from maillage.analyses.modele.hypotheses import compute_hypotheses, to_valeurs
from maillage.analyses.modele.lecture import parse_hypotheses
from maillage.indicators.modele import tirages
from maillage.indicators.modele.annee import compute_annee
from maillage.indicators.modele.tirages import Forme, Loi
from maillage.regles.engine.legislation import load_legislation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Nombres = NDArray[np.float64]

STRUCTURES, TIRAGES = 5_000, 1_000
GRAINE = 7
PAR_LOT = 32
LOIS = (
    Loi("volume", Forme.TRIANGULAIRE, 0.85, 1.10),
    Loi("insertion.hausse_smic", Forme.UNIFORME, 0.0, 0.03, est_facteur=False),
)
VARIENT = (
    "heures",
    "prix_horaire",
    "etp",
    "etp_conventionnes",
    "montant_annuel",
    "salaire_brut_annuel",
)


class Monde:
    """Structures like the invented AI, each of its own size and prices, and the draws that they share."""

    def __init__(self, structures: int) -> None:
        calcule = compute_hypotheses(
            parse_hypotheses(read_exemple("AI"), "ai.toml"), load_legislation()
        )
        self.cadre, self.bareme = calcule.modele.cadre, calcule.modele.bareme
        alea = np.random.default_rng(GRAINE)
        self.valeurs = {
            chemin: valeur * alea.uniform(0.8, 1.2, structures)
            if chemin.rpartition(".")[2] in VARIENT
            else valeur
            for chemin, valeur in to_valeurs(calcule.hypotheses).items()
        }
        self.uniformes = tirages.draw_uniformes(LOIS, GRAINE, TIRAGES)
        self.tires = {
            loi.chemin: tirages.transform(loi, self.uniformes[loi.chemin])[None, :] for loi in LOIS
        }
        self.structures = structures

    def ours(self) -> Nombres:
        """Mean and part of losses of each structure, by the product."""
        resume = np.empty((self.structures, 2))
        for lot, resultats in tirages.iterate_parc(
            self.cadre, self.valeurs, self.bareme, LOIS, self.uniformes
        ):
            summarise(resultats, resume[lot])
        return resume

    def ours_with_quantiles(self) -> Nombres:
        """Quantiles of each structure, by the product."""
        return tirages.draw_parc(self.cadre, self.valeurs, self.bareme, LOIS, self.uniformes)[0]

    def whole(self) -> Nombres:
        """The same on whole arrays, every intermediate of 5 million rows."""
        colonnes = {chemin: colonne[:, None] for chemin, colonne in self.valeurs.items()}
        sous_tirage = tirages.apply_lois(self.cadre, colonnes, LOIS, self.tires)
        resume = np.empty((self.structures, 2))
        summarise(compute_annee(self.cadre, sous_tirage, self.bareme).resultat, resume)
        return resume

    def fused(self) -> Nombres:
        """The same by the kernel."""
        noyau, resume = Noyau(self), np.empty((self.structures, 2))
        for debut in range(0, self.structures, PAR_LOT):
            lot = slice(debut, debut + PAR_LOT)
            summarise(noyau.run(lot), resume[lot])
        return resume

    def fused_with_quantiles(self) -> Nombres:
        """Quantiles after the kernel."""
        noyau = Noyau(self)
        quantiles, pertes = np.empty((self.structures, 7)), np.empty(self.structures)
        for debut in range(0, self.structures, PAR_LOT):
            lot = slice(debut, debut + PAR_LOT)
            resultats = noyau.run(lot)
            quantiles[lot] = np.quantile(resultats, tirages.QUANTILES, axis=1).T
            pertes[lot] = (resultats < 0).mean(axis=1)
        return quantiles


class Noyau:
    """The model for these inputs only: three buffers, filled and filled again."""

    def __init__(self, monde: Monde) -> None:
        v, b = monde.valeurs, monde.bareme
        self.facteur, hausse = (monde.tires[loi.chemin] for loi in LOIS)
        self.monte = 1 + hausse
        clients = [f"clients.{un.code}" for un in monde.cadre.clients]
        self.heures = _add([v[f"{un}.heures"] for un in clients])[:, None]
        self.ventes = _add([v[f"{un}.heures"] * v[f"{un}.prix_horaire"] for un in clients])[:, None]
        self.brut = float(v["insertion.salaire_horaire_brut"][0]) * (
            1 + float(v["insertion.taux_indemnites"][0])
        )
        self.taux = float(v["insertion.taux_cotisations"][0])
        self.frais = float(v["insertion.frais_par_heure"][0])
        self.unitaire = float(v["aide.montant_unitaire"][0])
        self.par_etp = float(v["aide.heures_par_etp"][0])
        self.etp = v["aide.etp_conventionnes"][:, None]
        self.postes = [
            (
                v[f"postes.{un.code}.etp"][:, None],
                v[f"postes.{un.code}.salaire_brut_annuel"][:, None],
            )
            for un in monde.cadre.postes
        ]
        recues = [v[f"ressources.{un.code}.montant_annuel"] for un in monde.cadre.ressources]
        payees = [v[f"charges.{un.code}.montant_annuel"] for un in monde.cadre.charges]
        fixes = _add(recues) - _add(payees)
        module = float(v["aide.part_modulee"][0]) * b.part_modulee_max
        self.fixes = (fixes + self.unitaire * v["aide.etp_conventionnes"] * module)[:, None]
        self.smic, self.plein = b.smic_insertion, b.smic_temps_plein
        self.t = float(b.coefficient.valeurs["coefficient_maximal"][0])
        self.plafond = float(b.coefficient.valeurs["plafond_en_smic"][0])
        self.resultat, self.a, self.b = (np.empty((PAR_LOT, TIRAGES)) for _ in range(3))

    def reduce(self, pay: Nombres | float, smic: float, out: Nombres) -> Nombres:
        """Rate of the reduction of contributions, written over a buffer."""
        np.divide(smic * self.monte, np.maximum(pay, smic * self.monte), out=out)
        out *= self.plafond
        out -= 1
        out /= self.plafond - 1
        np.clip(out, 0, 1, out=out)
        out *= self.t * 1e4
        out += 0.5 + 1e-9
        np.floor(out, out=out)
        out /= 1e4
        return out

    def run(self, lot: slice) -> Nombres:
        """Results of some structures. Shape `(lot, 1000)`."""
        heures, fin = self.heures[lot], len(self.heures[lot])
        r, a, b = self.resultat[:fin], self.a[:fin], self.b[:fin]
        # one pay for all: the reduction of insertion is one row, as in the product
        ligne = self.reduce(self.brut * self.monte, self.smic, np.empty_like(self.monte))
        direct = self.brut * self.monte * (1 + np.maximum(self.taux - ligne, 0)) + self.frais
        np.multiply(self.ventes[lot], self.facteur, out=r)
        np.multiply(heures, self.facteur, out=a)
        np.divide(a, self.par_etp, out=b)
        np.minimum(b, self.etp[lot], out=b)
        b *= self.unitaire
        r += b
        a *= direct
        r -= a
        for etp, plein in self.postes:
            self.reduce(plein[lot], self.plein, a)
            np.subtract(self.taux, a, out=a)
            np.maximum(a, 0, out=a)
            a += 1
            a *= etp[lot] * plein[lot]
            r -= a
        r += self.fixes[lot]
        return r


def _add(colonnes: list[Nombres]) -> Nombres:
    total: Nombres = np.sum(colonnes, axis=0)
    return total


def summarise(resultats: Nombres, vers: Nombres) -> None:
    """Mean and part of losses of each structure."""
    vers[:, 0] = resultats.mean(axis=1)
    vers[:, 1] = (resultats < 0).mean(axis=1)


def time_ours(structures: int) -> Mesure:
    """Our time for so many structures."""
    monde = Monde(structures)
    return measure({"nous": monde.ours}, repeats=3, memory=False)["nous"]


def main() -> None:
    """Run P5 and print its table.

    Raises:
        ValueError: the three do not give the same results.
    """
    monde = Monde(STRUCTURES)
    nous = monde.ours()
    for autre in (monde.whole(), monde.fused()):
        if not np.allclose(nous, autre, rtol=1e-9, atol=1e-6):
            msg = "the three computations do not give the same results"
            raise ValueError(msg)
    tous, vers = np.ones((STRUCTURES, TIRAGES)), np.empty((STRUCTURES, TIRAGES))
    found = measure(
        {
            "nous": monde.ours,
            "noyau": monde.fused,
            "entier": monde.whole,
            "copie": lambda: np.copyto(vers, tous),
            "quantiles": monde.ours_with_quantiles,
            "noyau et quantiles": monde.fused_with_quantiles,
            "tirage": lambda: tirages.draw_uniformes(LOIS, GRAINE, STRUCTURES * TIRAGES),
        }
    )
    print(
        f"P5 — {STRUCTURES} structures × {TIRAGES} tirages, plancher : noyau fondu, pair : tableaux entiers"
    )
    croissance = [time_ours(STRUCTURES // facteur) for facteur in (100, 10)]
    print_table(
        [
            Ligne(
                "résultats",
                found["nous"],
                found["noyau"],
                found["entier"],
                [*croissance, found["nous"]],
            ),
            Ligne("et quantiles", found["quantiles"], found["noyau et quantiles"]),
        ]
    )
    for nom, mesure in (("noyau", found["noyau"]), ("tableaux entiers", found["entier"])):
        print(f"Mémoire, {nom} : {(mesure.memoire or 0) / 2**20:.1f} Mio")
    print(
        f"Copier une fois les 5 millions de résultats : {found['copie'].secondes * 1000:.1f} ms ; les tirer au sort "
        f"sans les partager : {found['tirage'].secondes * 1000:.0f} ms."
    )


if __name__ == "__main__":
    main()
