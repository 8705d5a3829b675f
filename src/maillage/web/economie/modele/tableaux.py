"""Tables of the page of a model: an hour, the year, the months, what moves it, where each figure comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.indicators.modele.leviers import LIBELLES_ENSEMBLE
from maillage.kernel.francais import format_date, format_nombre, format_valeur, guillemets, typeset
from maillage.kernel.valeur import Absence
from maillage.web.economie.modele.chiffres import (
    euros,
    format_chiffre,
    month_of,
    name_heure,
    signed,
)
from maillage.web.territoires.tables import Colonne, Ligne, render_table, texte

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.utils.safestring import SafeString

    from maillage.analyses.modele.hypotheses import LoiEcrite, ModeleCalcule
    from maillage.analyses.modele.reformes import EffetReforme
    from maillage.indicators.modele.cadre import Cadre, Nombres
    from maillage.indicators.modele.sensibilite import Effet
    from maillage.indicators.modele.stress import Chocs, Scenario
    from maillage.indicators.modele.tirages import Distribution
    from maillage.kernel.valeur import Valeur

PREMIERS = 12
"""Effects that are shown at once; the others are folded."""


def table(titre: str, colonnes: Sequence[Colonne], lignes: Iterable[tuple[str, ...]]) -> SafeString:
    """A table of plain texts, in full."""
    rangees = [Ligne(tuple(texte(typeset(un)) for un in ligne)) for ligne in lignes]
    return render_table(titre, colonnes, rangees, entier=True)


def render_heure(calcule: ModeleCalcule) -> SafeString:
    """What an hour brings and costs."""
    modele = calcule.modele
    colonnes = [
        Colonne("quoi", "Quoi", droite=False),
        Colonne("montant", "Par heure"),
        Colonne("source", "Comment", droite=False),
    ]
    lignes = [(nom, euros(valeur, 2), comment) for nom, valeur, comment in list_heure(calcule)]
    return table(f"Pour une {name_heure(modele.cadre)}", colonnes, lignes)


def list_heure(calcule: ModeleCalcule) -> list[tuple[str, Valeur, str]]:
    """Lines of the hour: name, euros an hour, how it is made."""
    seuils, annee = calcule.modele.seuils, calcule.modele.annee
    heures = seuils.heures

    def par(montants: Nombres) -> Valeur:
        return _one(montants) / heures if heures > 0 else Absence.SANS_OBJET

    return [
        ("Ventes", seuils.ventes, "prix moyen de ce qui suit les heures"),
        ("Aide au poste", seuils.aide, "dans la limite des postes conventionnés"),
        ("Salaire d’insertion", par(annee.salaires), "brut, indemnités comprises"),
        ("Cotisations", par(annee.cotisations), "de l’employeur, réduction générale déduite"),
        ("Autres frais d’une heure", par(annee.frais), "ce qui suit les heures"),
        ("Marge sans aide", seuils.marge, "ventes moins salaire, cotisations et frais"),
        ("Marge avec aide", seuils.marge_aidee, "ce qu’apporte une heure de plus"),
        ("Coût complet", seuils.cout, "toutes les charges de l’année, divisées par les heures"),
    ]


def render_annee(calcule: ModeleCalcule) -> SafeString:
    """The year, line by line."""
    colonnes = [Colonne("quoi", "Dans l’année", droite=False), Colonne("montant", "Montant")]
    lignes = [
        Ligne((texte(typeset(nom)), texte(euros(montant))), "total" if total else "")
        for nom, montant, total in list_annee(calcule)
    ]
    return render_table("Produits et charges de l’année", colonnes, lignes, entier=True)


def list_annee(calcule: ModeleCalcule) -> list[tuple[str, float, bool]]:
    """Lines of the year: name, euros, whether it is a total."""
    annee, cadre = calcule.modele.annee, calcule.modele.cadre
    return [
        *((f"Ventes : {c.libelle}", _one(annee.ventes[c.code]), False) for c in cadre.clients),
        ("Aide au poste", _one(annee.aide), False),
        ("Part modulée", _one(annee.part_modulee), False),
        *((r.libelle, _one(annee.ressources[r.code]), False) for r in cadre.ressources),
        ("Produits", _one(annee.total_produits), True),
        ("Salaires d’insertion", _one(annee.salaires), False),
        ("Cotisations d’insertion", _one(annee.cotisations), False),
        ("Autres frais des heures", _one(annee.frais), False),
        *(
            (f"{p.libelle} : salaires et cotisations", _one(cout.brut + cout.cotisations), False)
            for p in cadre.postes
            for cout in (annee.postes[p.code],)
        ),
        *((c.libelle, _one(annee.charges[c.code]), False) for c in cadre.charges),
        ("Taxe sur les salaires", _one(annee.taxe_salaires), False),
        ("Charges", _one(annee.total_charges), True),
        ("Résultat", calcule.modele.resultat, True),
    ]


def render_mois(calcule: ModeleCalcule) -> SafeString:
    """Cash month by month: what comes in, what goes out, what is left."""
    tresorerie, debut = calcule.modele.tresorerie, calcule.modele.cadre.debut
    colonnes = [
        Colonne("mois", "Mois", droite=False),
        Colonne("solde", "En caisse", "fin de mois"),
        Colonne("entrees", "Encaissé"),
        Colonne("sorties", "Payé"),
    ]
    soldes = tresorerie.soldes
    rien = Absence.SANS_OBJET.value
    lignes = [("À l’ouverture", euros(tresorerie.initiale), rien, rien)]
    for rang in range(len(soldes)):
        montants = [float(flux.montants[rang]) for flux in tresorerie.flux]
        lignes.append(
            (
                month_of(debut, rang + 1),
                euros(float(soldes[rang])),
                euros(sum(m for m in montants if m > 0)),
                euros(-sum(m for m in montants if m < 0)),
            )
        )
    return table("Trésorerie mois par mois", colonnes, lignes)


def render_flux(calcule: ModeleCalcule) -> SafeString:
    """Every line of the cash, each month."""
    tresorerie, debut = calcule.modele.tresorerie, calcule.modele.cadre.debut
    mois = [
        Colonne(f"m{rang}", month_of(debut, rang)) for rang in range(1, len(tresorerie.soldes) + 1)
    ]
    colonnes = [Colonne("quoi", "Ligne", droite=False), *mois, Colonne("ensuite", "Ensuite")]
    lignes = [
        (flux.libelle, *(euros(float(m)) for m in flux.montants), euros(flux.ensuite))
        for flux in tresorerie.flux
    ]
    return table("Encaissements et paiements, ligne par ligne", colonnes, lignes)


def render_effets(titre: str, effets: Sequence[Effet]) -> SafeString:
    """What one step of each hypothesis does, in the order given."""
    colonnes = [
        Colonne("quoi", "Hypothèse", droite=False),
        Colonne("pas", "Si", droite=False),
        Colonne("resultat", "Résultat"),
        Colonne("bas", "Trésorerie la plus basse"),
    ]
    lignes = [(e.libelle, e.pas, signed(e.resultat), signed(e.point_bas)) for e in effets]
    return table(titre, colonnes, lignes)


def render_chocs(scenarios: Iterable[Scenario], chocs: Chocs, cadre: Cadre) -> SafeString:
    """What the year becomes when something goes wrong."""
    lignes = [
        (tell_choc(s.code, chocs, cadre), *_outcome(s.modele.resultat, s.resultat), *_cash(s))
        for s in scenarios
    ]
    return table("Un choc à la fois, le reste inchangé", _head("Si…"), lignes)


def tell_choc(code: str, chocs: Chocs, cadre: Cadre) -> str:
    """A shock in words."""
    genre, _, client = code.partition(".")
    if genre == "client":
        return f"Client perdu : {next(c.libelle for c in cadre.clients if c.code == client)}"
    part = {"smic": chocs.smic, "volume": chocs.volume, "convention": chocs.convention}.get(code, 0)
    pour_cent = format_valeur(part * 100, "%", 0 if part * 100 == round(part * 100) else 1)
    return {
        "smic": f"Le SMIC monte de {pour_cent}, ni les prix ni l’aide ne suivent",
        "volume": f"L’activité baisse de {pour_cent}",
        "aide_en_retard": f"L’aide au poste arrive {format_nombre(chocs.retard_aide)} mois plus tard",
        "convention": f"Les postes conventionnés baissent de {pour_cent}",
    }[code]


def render_reformes(effets: Iterable[EffetReforme], calcule: ModeleCalcule) -> SafeString:
    """What each step of each reform makes of the year."""
    colonnes = [
        Colonne("quoi", "Réforme", droite=False),
        Colonne("jour", "Droit lu au", droite=False),
        Colonne("resultat", "Résultat"),
        Colonne("ecart", "Écart"),
        Colonne("bas", "Trésorerie la plus basse"),
    ]
    modele = calcule.modele
    lignes = []
    for un in effets:
        quand = "sans objet" if un.le is None else format_date(un.le)
        if isinstance(un.resultat, Absence) or isinstance(un.point_bas, Absence):
            mot = (Absence.INCONNUE if un.le else Absence.SANS_OBJET).value
            lignes.append((f"{un.titre}. {un.motif}", quand, mot, mot, mot))
            continue
        bas = euros(modele.tresorerie.point_bas + un.point_bas)
        lignes.append((un.titre, quand, *_outcome(modele.resultat + un.resultat, un.resultat), bas))
    return table("La même année sous chaque réforme prête", colonnes, lignes)


def render_distribution(distribution: Distribution) -> SafeString:
    """Quantiles of the result."""
    colonnes = [
        Colonne("quoi", "Sur cent années tirées au sort", droite=False),
        Colonne("resultat", "Résultat de l’année"),
    ]
    lignes = [
        (f"{format_nombre(ordre * 100)} sont au-dessous de", euros(montant))
        for ordre, montant in distribution.quantiles.items()
    ]
    return table(
        "Répartition du résultat", colonnes, [*lignes, ("Moyenne", euros(distribution.moyenne))]
    )


def tell_distribution(distribution: Distribution) -> str:
    """The draws in a sentence."""
    perte = format_valeur(distribution.probabilite_perte * 100, "%", 0)
    bas, haut = (distribution.quantiles[ordre] for ordre in (0.05, 0.95))
    return f"Une perte sort {perte} des fois ; neuf années sur dix sont entre {euros(bas)} et {euros(haut)}."


def list_lois(calcule: ModeleCalcule) -> list[str]:
    """Laws of chance, each with its reason, as the text states them."""
    libelles = {cle.chemin: cle.libelle for cle in calcule.hypotheses.list_cles()}
    libelles |= LIBELLES_ENSEMBLE
    return [_tell_loi(une, libelles[une.loi.chemin]) for une in calcule.hypotheses.tirages.lois]


def _tell_loi(ecrite: LoiEcrite, libelle: str) -> str:
    loi = ecrite.loi
    effet = "multiplié par" if loi.est_facteur else "augmenté de"
    bornes = " à ".join(format_nombre(b, 3).rstrip("0").rstrip(",") for b in (loi.bas, loi.haut))
    return f"{guillemets(libelle)}, {effet} {bornes}, loi {loi.forme.value}. {ecrite.raison}."


def list_seuils(calcule: ModeleCalcule) -> list[str]:
    """What leads to the thresholds, in sentences."""
    seuils = calcule.modele.seuils
    phrases = [
        (
            f"{euros(seuils.fixe)} doivent être couverts par la marge des heures : c’est tout ce qui ne les suit "
            "pas, charges moins autres produits."
        )
    ]
    if not isinstance(seuils.heures_aidees, Absence):
        aidees = format_valeur(seuils.heures_aidees, "heures")
        phrases.append(
            f"Les postes conventionnés sont atteints à {aidees} ; au-delà, une heure de plus n’apporte plus que "
            f"{euros(seuils.marge, 2)}."
        )
    if not isinstance(seuils.prix, Absence):
        phrases.append(
            f"Avec les heures prévues, l’année est à l’équilibre à {euros(seuils.prix, 2)} de ventes par heure, "
            f"au lieu de {euros(seuils.ventes, 2)}."
        )
    return phrases


def render_hypotheses(calcule: ModeleCalcule) -> SafeString:
    """Every figure, and whether it is a datum or an assumption."""
    colonnes = [
        Colonne("quoi", "Chiffre", droite=False),
        Colonne("valeur", "Valeur"),
        Colonne("origine", "Nature", droite=False),
        Colonne("source", "D’où il vient", droite=False),
    ]
    return table("Tous les chiffres du modèle", colonnes, _list_hypotheses(calcule))


def _list_hypotheses(calcule: ModeleCalcule) -> Iterator[tuple[str, ...]]:
    for cle in calcule.hypotheses.list_cles():
        chiffre = calcule.hypotheses.get(cle.chemin)
        valeur = format_chiffre(chiffre.valeur, cle.unite, cle.chemin)
        yield cle.libelle, valeur, chiffre.origine.value, chiffre.source


def _head(titre: str) -> list[Colonne]:
    return [
        Colonne("quoi", titre, droite=False),
        Colonne("resultat", "Résultat"),
        Colonne("ecart", "Écart"),
        Colonne("bas", "Trésorerie la plus basse"),
        Colonne("quand", "En fin de", droite=False),
    ]


def _outcome(resultat: float, ecart: float) -> tuple[str, str]:
    return euros(resultat), signed(ecart)


def _cash(scenario: Scenario) -> tuple[str, str]:
    tresorerie = scenario.modele.tresorerie
    quand = month_of(scenario.modele.cadre.debut, tresorerie.mois_bas)
    return euros(tresorerie.point_bas), quand


def _one(nombres: Nombres) -> float:
    return float(nombres[0])
