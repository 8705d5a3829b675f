"""Files of dialogue for tests: read from a folder, written from words, or a small base drawn at random."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from maillage.kernel.errors import FichierInvalide
from maillage.web.dialogue import models as m
from maillage.web.dialogue.echange import depots
from maillage.web.dialogue.echange.actions import apply_plan
from maillage.web.dialogue.echange.lecture import Fichier
from maillage.web.network.personnel import find_personal_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn

    from maillage.web.dialogue.echange.plan import Plan

CAS = Path(__file__).parents[1] / "cases" / "dialogue"
INSTANT = datetime(2024, 5, 6, 10, tzinfo=UTC)


def read_case(nom: str) -> list[Fichier]:
    """Files of a case, as a secretary sends them."""
    return [Fichier(f.name, f.read_bytes()) for f in sorted((CAS / nom).glob("*.csv"))]


def csv(nom: str, *lignes: str) -> Fichier:
    """A CSV from its lines."""
    return Fichier(f"{nom}.csv", "\n".join(lignes).encode())


def bring(*fichiers: Fichier, choix: dict[str, str] | None = None) -> Plan:
    """Import files, all at once."""
    plan, base = depots.plan_files(fichiers, choix)
    apply_plan(plan, base, by=None)
    return plan


def sorts(plan: Plan) -> set[str]:
    """What becomes of the lines."""
    return {ligne.sort.value for ligne in plan.lignes}


def faults(*fichiers: Fichier) -> list[tuple[str, str]]:
    """Code and place of everything that is wrong in files."""
    try:
        depots.plan_files(fichiers)
    except FichierInvalide as error:
        return [(a.code, a.ou) for a in error.anomalies]
    return []


_HOSTILES = ("=1+1", "'=x", "a;b,c\td", 'dit "oui"', "| : ..", "2024", "oui", "", "É à ç")
_JOURS = st.dates(date(2000, 1, 1), date(2025, 6, 30))
_ADRESSES = st.sampled_from(["", "https://exemple.example.org/a?b=c&d=é"])


def _textes(longueur: int, *, vide: bool = True) -> st.SearchStrategy[str]:
    caracteres = st.characters(codec="utf-8", exclude_characters="\x00")
    textes = st.one_of(st.sampled_from(_HOSTILES), st.text(caracteres, max_size=12))
    bornes = textes.map(lambda t: t[:longueur]).filter(
        lambda t: find_personal_content(t, has_dates=True) is None
    )
    return bornes if vide else bornes.map(lambda t: f"n{t}"[:longueur])


def _choice(draw: DrawFn, valeurs: Any) -> str:
    return str(draw(st.sampled_from([v for v in valeurs.values if v])))


def _said(draw: DrawFn, prefixe: str = "") -> dict[str, Any]:
    jour = draw(st.none() | _JOURS)
    precision = draw(st.sampled_from(["jour", "mois", "annee"])) if jour else "inconnue"
    return {f"{prefixe}precision" if prefixe else "precision": precision, "date": jour}


def _some(draw: DrawFn, choses: Sequence[Any]) -> Any:
    return draw(st.sampled_from([None, *choses]))


@st.composite
def bases(draw: DrawFn) -> list[Any]:
    """What makes a small base, in order; `write_base` puts it there.

    Each element is a model, its fields, and the things of another kind that it is tied to.
    """
    return [draw(_recette()) for _ in range(draw(st.integers(0, 3)))]


@st.composite
def _recette(draw: DrawFn) -> dict[str, Any]:
    """One space with all that hangs from it; ties to what other recipes made are by number."""
    visibilite = _choice(draw, m.Visibilite)
    fin = draw(st.booleans())
    return {
        "sujet": {"titre": draw(_textes(200, vide=False)), "texte": draw(_textes(4000))},
        "charge": {
            "intitule": draw(_textes(250, vide=False)),
            "organisme": draw(_textes(200)),
            "categorie": draw(st.sampled_from(["", "gouvernement"])),
            "date_debut": draw(st.none() | _JOURS),
        },
        "titulaire": {
            "nom": draw(_textes(150, vide=False)),
            "date_debut": None,
            "date_fin": draw(_JOURS) if fin else None,
            "source_url": draw(_ADRESSES),
        },
        "espace": {
            "nom": draw(_textes(250, vide=False)),
            "sigle": draw(_textes(40)),
            "nature": _choice(draw, m.Espace.Nature),
            "etat": "demande",
            "demande_par": "nous",
            "competence": draw(_textes(4000)),
            "notes": "une ligne\n  - une autre\n\nfin",
            "visibilite": visibilite,
        },
        "sieges": [
            {
                "cote": _choice(draw, m.Siege.Cote),
                "occupant": draw(st.sampled_from(["", "nous", "eux"])),
                "nombre": draw(st.integers(1, 4)),
                "date_debut": draw(st.none() | _JOURS),
            }
            for _ in range(draw(st.integers(0, 3)))
        ],
        "rencontre": {
            **_said(draw),
            "titre": draw(_textes(250, vide=False)),
            "statut": _choice(draw, m.Rencontre.Statut),
            "forme": _choice(draw, m.Rencontre.Forme),
            "initiative": _choice(draw, m.Rencontre.Initiative),
            "heure_debut": draw(st.sampled_from([None, time(9, 30)])),
            "temps_heures": draw(st.none() | st.decimals(0, 999, places=2)),
            "frais_centimes": draw(st.none() | st.integers(0, 10**9)),
        },
        "participants": [
            {
                "cote": _choice(draw, m.Participant.Cote),
                "nom": draw(st.sampled_from(["Camille Exemple", "Sacha Exemple"])),
                "fonction": draw(_textes(250)),
                "is_present": draw(st.sampled_from([None, True, False])),
            }
            for _ in range(draw(st.integers(0, 2)))
        ],
        "proposition": {
            "titre": draw(_textes(250, vide=False)),
            "statut": _choice(draw, m.Proposition.Statut),
            "date": draw(st.none() | _JOURS),
        },
        "textes": [
            draw(_textes(40000, vide=False)).strip() + str(n)
            for n in range(draw(st.integers(0, 2)))
        ],
        "portage": {
            **_said(draw),
            "forme": _choice(draw, m.Portage.Forme),
            "issue": _choice(draw, m.Portage.Issue),
            "reponse": draw(_textes(4000)),
        },
        "engagement": {
            "sens": _choice(draw, m.Engagement.Sens),
            "phrase": draw(_textes(2000, vide=False)),
            "echeance": draw(st.none() | st.just(date(2027, 6, 30))),
            "visibilite": visibilite,
        },
        "echeance_precision": draw(st.sampled_from(["jour", "mois", "annee"])),
        "dite": draw(st.sampled_from([None, date(1999, 1, 1)])),
        "etats": sorted(
            (draw(_JOURS), _choice(draw, m.Engagement.Statut))
            for _ in range(draw(st.integers(1, 3)))
        ),
        "motif": draw(_textes(2000)),
        "point": {
            "nature": _choice(draw, m.Point.Nature),
            "texte": draw(_textes(8000, vide=False)),
            "visibilite": visibilite,
            "retire_at": draw(st.sampled_from([None, INSTANT])),
        },
        "fait": {"titre": draw(_textes(250, vide=False)), "date": draw(_JOURS)},
        "document": {"titre": draw(_textes(200, vide=False))},
        "lien": draw(st.booleans()),
    }


def write_base(recettes: Sequence[dict[str, Any]]) -> None:
    """Put a small base in the database, as its screens would have."""
    avant: dict[str, Any] = {}
    for rang, r in enumerate(recettes):
        avant = _write_one(rang, r, avant if r["lien"] else {})


def _write_one(rang: int, r: dict[str, Any], avant: dict[str, Any]) -> dict[str, Any]:
    sujet = m.Sujet.objects.create(slug=f"sujet-{rang}", **r["sujet"])
    charge = m.Charge.objects.create(predecesseur=avant.get("charge"), **r["charge"])
    titulaire = m.Titulaire.objects.create(charge=charge, **r["titulaire"])
    espace = m.Espace.objects.create(**r["espace"])
    if avant:
        m.Filiation.objects.create(
            avant=avant["espace"], apres=espace, nature="renommage", date=date(2020, 1, 1)
        )
    for siege in r["sieges"]:
        m.Siege.objects.create(espace=espace, **siege)
    rencontre = m.Rencontre.objects.create(espace=espace, **r["rencontre"])
    presents = [
        m.Participant.objects.create(rencontre=rencontre, charge=charge, **p)
        for p in r["participants"]
    ]
    proposition = m.Proposition.objects.create(sujet=sujet, **r["proposition"])
    if avant:
        proposition.remplace.add(avant["proposition"])
    for numero, texte in enumerate(r["textes"], start=1):
        m.VersionProposition.objects.create(
            proposition=proposition, numero=numero, texte=texte, at=INSTANT
        )
    m.Portage.objects.create(
        proposition=proposition, rencontre=rencontre, charge=charge, **r["portage"]
    )
    m.Debouche.objects.create(proposition=proposition, nature="loi", reference=f"loi {rang}")
    engagement = _write_engagement(r, charge, espace, rencontre)
    m.Reprise.objects.create(
        engagement=engagement, de=charge, vers=charge, entrant=titulaire, date=date(2025, 1, 1)
    )
    point = m.Point.objects.create(
        rencontre=rencontre,
        ordre=rang,
        locuteur=presents[0] if presents else None,
        en_reponse_a=avant.get("point"),
        engagement=engagement,
        **r["point"],
    )
    fait = m.Fait.objects.create(sujet=sujet, **r["fait"])
    fait.engagements.add(engagement)
    fait.propositions.add(proposition, *filter(None, [avant.get("proposition")]))
    m.Document.objects.create(
        rencontre=rencontre, url="https://exemple.example.org/note", at=INSTANT, **r["document"]
    )
    return {"charge": charge, "espace": espace, "proposition": proposition, "point": point}


def _write_engagement(r: dict[str, Any], charge: Any, espace: Any, rencontre: Any) -> Any:
    champs = dict(r["engagement"])
    champs["echeance_precision"] = r["echeance_precision"] if champs["echeance"] else "inconnue"
    engagement = m.Engagement.objects.create(
        charge=charge,
        porteur=charge,
        espace=espace,
        rencontre=rencontre,
        date=r["dite"],
        precision="jour" if r["dite"] else "inconnue",
        statut=r["etats"][-1][1],
        **champs,
    )
    for jour, statut in r["etats"]:
        m.EtatEngagement.objects.create(
            engagement=engagement, date=jour, statut=statut, motif=r["motif"], at=INSTANT
        )
    return engagement
