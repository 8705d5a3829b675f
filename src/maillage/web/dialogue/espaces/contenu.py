"""What the page of a space is made of, as far as a person reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from maillage.kernel.francais import accorder, format_date, guillemets, join_fr
from maillage.web.dialogue.dates import dire_date
from maillage.web.dialogue.models import (
    Document,
    Engagement,
    Espace,
    Filiation,
    Precision,
    Rencontre,
    Siege,
)
from maillage.web.dialogue.moments import not_past_q
from maillage.web.dialogue.querysets import shared_espaces, visible_q

if TYPE_CHECKING:
    from datetime import date

    from maillage.web.droits.acteur import Acteur

_RENCONTRES_MAX = 20
_ENGAGEMENTS_MAX = 50


@dataclass(frozen=True, slots=True)
class Sieges:
    """Seats of a space, by side and by what has become of them.

    Attributes:
        par_cote: (side, seats that run today), the network's first.
        a_venir: Mandates that have not started.
        finis: Mandates that have ended, last first.
    """

    par_cote: tuple[tuple[str, list[Siege]], ...] = ()
    a_venir: list[Siege] = field(default_factory=list)
    finis: list[Siege] = field(default_factory=list)

    def count(self, cote: str, *, vacants: bool) -> int:
        """Seats of a side that run, held or vacant."""
        return sum(
            siege.nombre
            for _, sieges in self.par_cote
            for siege in sieges
            if siege.cote == cote and bool(siege.occupant) != vacants
        )

    @property
    def total(self) -> int:
        """Seats that run."""
        return sum(siege.nombre for _, sieges in self.par_cote for siege in sieges)


@dataclass(frozen=True, slots=True)
class Contenu:
    """The page of a space.

    Attributes:
        espace: The space.
        sieges: Its seats.
        prochaines, passees: Its meetings that the person reads: to come, and held or past.
        nombre_passees: How many are past, shown or not.
        engagements: What was promised there, still owed first.
        documents: Its documents.
        origines, suites: Where it comes from and what became of it.
    """

    espace: Espace
    sieges: Sieges
    prochaines: list[Rencontre]
    passees: list[Rencontre]
    nombre_passees: int
    engagements: list[Engagement]
    documents: list[Document]
    origines: list[Filiation]
    suites: list[Filiation]


def load_contenu(espace: Espace, acteur: Acteur, le: date) -> Contenu:
    """What a person reads of a space; a fixed number of queries."""
    rencontres = Rencontre.objects.visible(acteur).filter(espace=espace)
    a_venir = Q(statut=Rencontre.Statut.PREVUE) & (not_past_q(le) | Q(date__isnull=True))
    passees = rencontres.exclude(a_venir)
    visibles = Espace.objects.visible(acteur).values("pk")
    engagements = Engagement.objects.visible(acteur).filter(
        Q(espace=espace) | Q(rencontre__in=rencontres)
    )
    return Contenu(
        espace,
        load_sieges(espace, le),
        sorted(rencontres.filter(a_venir), key=lambda r: (r.date is None, r.date or le, r.pk)),
        list(passees[:_RENCONTRES_MAX]),
        passees.count(),
        sorted(engagements[:_ENGAGEMENTS_MAX], key=lambda e: not e.is_ouvert),
        list(_documents(espace, acteur)),
        list(espace.origines.filter(avant__in=visibles).select_related("avant")),
        list(
            espace.suites.filter(Q(apres__isnull=True) | Q(apres__in=visibles)).select_related(
                "apres"
            )
        ),
    )


def _documents(espace: Espace, acteur: Acteur) -> list[Document]:
    lisibles = visible_q(
        acteur, shared_espaces(acteur), espace="espace_id", region="espace__region"
    )
    return list(espace.documents.filter(lisibles, retire_at__isnull=True))


def load_sieges(espace: Espace, le: date) -> Sieges:
    """Seats of a space on a day; one query."""
    cotes: dict[str, list[Siege]] = {label: [] for _, label in Siege.Cote.choices}
    sieges = Sieges(tuple(cotes.items()))
    for siege in espace.sieges.select_related("organisation"):
        if siege.date_fin is not None and siege.date_fin < le:
            sieges.finis.append(siege)
        elif siege.date_debut is not None and siege.date_debut > le:
            sieges.a_venir.append(siege)
        else:
            cotes[str(siege.get_cote_display())].append(siege)
    sieges.finis.sort(key=lambda siege: (siege.date_fin or le, siege.pk), reverse=True)
    return Sieges(tuple((c, s) for c, s in cotes.items() if s), sieges.a_venir, sieges.finis)


def tell_finding(contenu: Contenu) -> str:
    """What the space is to the network today, and when it meets next."""
    espace = contenu.espace
    match espace.etat:
        case Espace.Etat.DISPARU:
            return _tell_end(contenu)
        case Espace.Etat.DEMANDE:
            return _tell_request(espace)
        case _:
            return f"{_tell_seats(contenu.sieges)} {_tell_next(contenu.prochaines)}"


def _tell_end(contenu: Contenu) -> str:
    fin = contenu.espace.date_fin
    phrase = "N’existe plus" + (f" depuis le {format_date(fin)}" if fin else "")
    suites = join_fr(
        f"{suite.get_nature_display()}, suivi de {suite.apres.nom}"
        if suite.apres
        else str(suite.get_nature_display())
        for suite in contenu.suites
    )
    return f"{phrase}\u00a0: {suites}." if suites else f"{phrase}."


def _tell_request(espace: Espace) -> str:
    verbe = "Redemandé" if espace.date_fin else "Demandé"
    depuis = f" depuis le {format_date(espace.demande_depuis)}" if espace.demande_depuis else ""
    phrase = f"{verbe} par {espace.demande_par}{depuis}\u00a0: il n’existe pas encore."
    if espace.date_fin:
        phrase = f"{verbe} par {espace.demande_par}{depuis}. Il a existé jusqu’au "
        phrase += f"{format_date(espace.date_fin)}."
    return phrase


def _tell_seats(sieges: Sieges) -> str:
    tenus = sieges.count(Siege.Cote.RESEAU, vacants=False)
    perdu = next(filter(_is_held_by_us, sieges.finis), None)
    vacants = sieges.count(Siege.Cote.RESEAU, vacants=True)
    if tenus:
        phrase = f"Le réseau y tient {accorder(tenus, 'siège', 'sièges')}{_on_behalf(sieges)}"
    elif sieges.total:
        phrase = (
            f"Personne n’y siège pour le réseau, sur {accorder(sieges.total, 'siège', 'sièges')}"
        )
    elif perdu is not None and perdu.date_fin is not None:
        return _tell_loss(perdu, perdu.date_fin)
    else:
        return "On ne sait pas qui y siège\u00a0: aucun siège n’est renseigné."
    if vacants:
        phrase += f"\u202f; {accorder(vacants, 'siège du réseau est vacant', 'sièges du réseau sont vacants')}"
    return f"{phrase}."


def _on_behalf(sieges: Sieges) -> str:
    """For whom the network sits, when it is the same for all of its seats and not itself."""
    noms = {s.au_nom_de for _, tous in sieges.par_cote for s in tous if _is_held_by_us(s)}
    au_nom_de = noms.pop() if len(noms) == 1 else ""
    return f" au nom de {guillemets(au_nom_de)}" if au_nom_de else ""


def _is_held_by_us(siege: Siege) -> bool:
    return siege.cote == Siege.Cote.RESEAU and bool(siege.occupant)


def _tell_loss(siege: Siege, fin: date) -> str:
    """The last seat of ours, when nobody is known to sit any more."""
    motif = f" ({siege.motif_fin})" if siege.motif_fin else ""
    return f"Le réseau n’y siège plus depuis le {format_date(fin)}{motif}."


def _tell_next(prochaines: list[Rencontre]) -> str:
    datees = [r for r in prochaines if r.date is not None]
    if not datees:
        return "Aucune date n’est prévue."
    premiere = datees[0]
    quand = dire_date(premiere.date, premiere.precision)
    le = "le " if premiere.precision == Precision.JOUR else "en "
    return f"Prochaine rencontre {le}{quand}."
