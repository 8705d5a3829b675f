"""What real extracts do wrong, written on purpose, in the views where it was met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillage.data.synthetic.parametres import Defaut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_AF, _STRUCTURE = "AnnexeFinanciere", "Structure"
_RENOMMEE = ("af_fse", "af_fse_montant")
_ABSENTE = "af_plie"
_AJOUTEE = "af_colonne_nouvelle"
_DECIMAUX = (
    "af_etp_postes_insertion",
    "af_montant_unitaire_annuel_valeur",
    "af_montant_total_annuel",
)
_ADRESSE = "structure_adresse_admin_cplt_adresse"
_COURRIEL = "structure_adresse_mail_corresp_technique"
_TELEPHONE = "structure_adresse_admin_telephone"
_UNE_SUR = 10
"""One row in so many carries a stray quote, a stray line feed, or is repeated."""


@dataclass(frozen=True, slots=True)
class Retouche:
    """What is done wrong of one view.

    Attributes:
        vue: Its name.
        noms: Its right header.
        defauts: All those asked for; only those of this view act.
    """

    vue: str
    noms: tuple[str, ...]
    defauts: frozenset[Defaut]

    @property
    def has_deb(self) -> bool:
        """Whether the first line says the view and the day."""
        return Defaut.SANS_DEB not in self.defauts

    @property
    def is_zipped(self) -> bool:
        """Whether the file is a zip in spite of its name."""
        return Defaut.GZ_ZIP in self.defauts and self.vue == _STRUCTURE

    @property
    def entete(self) -> tuple[str, ...]:
        """Header as written."""
        noms = list(self.noms)
        if self._does(Defaut.COLONNE_RENOMMEE):
            noms[noms.index(_RENOMMEE[0])] = _RENOMMEE[1]
        if self._does(Defaut.COLONNE_ABSENTE):
            noms.remove(_ABSENTE)
        if self._does(Defaut.COLONNE_AJOUTEE):
            noms.append(_AJOUTEE)
        return tuple(noms)

    def announce(self, lignes: int) -> int | None:
        """Rows that the last line says; None when there is no last line."""
        if Defaut.SANS_FIN in self.defauts:
            return None
        return lignes + 1 if self._does(Defaut.FIN_FAUSSE) else lignes

    def apply(self, texte: bytes, nombre: int) -> tuple[bytes, int]:
        """Rows with what is wrong in them, and how many they are."""
        if self.vue not in {_AF, _STRUCTURE} or not self.defauts:
            return texte, nombre
        rangees = [ligne.split("|") for ligne in texte.decode().removesuffix("\n").split("\n")]
        for rang, rangee in enumerate(rangees):
            for defaut, change in _CHANGES.items():
                if self._does(defaut):
                    change(rangee, self.noms, rang)
        if self._does(Defaut.COLONNE_ABSENTE):
            position = self.noms.index(_ABSENTE)
            rangees = [rangee[:position] + rangee[position + 1 :] for rangee in rangees]
        if self._does(Defaut.COLONNE_AJOUTEE):
            rangees = [[*rangee, "0"] for rangee in rangees]
        if self._does(Defaut.DOUBLONS):
            rangees += rangees[::_UNE_SUR]
        ecrit = "".join("|".join(rangee) + "\n" for rangee in rangees)
        if self._does(Defaut.ENCODAGE):
            return ecrit.encode("cp1252"), len(rangees)
        return ecrit.encode(), len(rangees)

    def _does(self, defaut: Defaut) -> bool:
        return defaut in self.defauts and self.vue == _VUES[defaut]


def _add_quote(rangee: list[str], noms: Sequence[str], rang: int) -> None:
    if rang % _UNE_SUR == 0:
        position = noms.index(_ADRESSE)
        rangee[position] = f'BAT "{rangee[position] or "A"}'


def _add_line_feed(rangee: list[str], noms: Sequence[str], rang: int) -> None:
    if rang % _UNE_SUR == 0:
        position = noms.index(_ADRESSE)
        rangee[position] = f"{rangee[position] or 'BP 1'}\nCEDEX"


def _write_commas(rangee: list[str], noms: Sequence[str], _rang: int) -> None:
    for nom in _DECIMAUX:
        position = noms.index(nom)
        rangee[position] = rangee[position].replace(".", ",")


def _name_person(rangee: list[str], noms: Sequence[str], rang: int) -> None:
    """An address and a number kept for fiction (RFC 2606, ARCEP)."""
    rangee[noms.index(_COURRIEL)] = f"contact{rang}@exemple.invalid"
    rangee[noms.index(_TELEPHONE)] = f"019900{rang % 10_000:04d}"


def _add_accent(rangee: list[str], noms: Sequence[str], _rang: int) -> None:
    rangee[noms.index(_ADRESSE)] = "BÂTIMENT A"


_CHANGES: dict[Defaut, Callable[[list[str], Sequence[str], int], None]] = {
    Defaut.GUILLEMETS: _add_quote,
    Defaut.RETOURS: _add_line_feed,
    Defaut.VIRGULES: _write_commas,
    Defaut.PERSONNELLE: _name_person,
    Defaut.ENCODAGE: _add_accent,
}
_VUES = {
    Defaut.FIN_FAUSSE: _AF,
    Defaut.GUILLEMETS: _STRUCTURE,
    Defaut.RETOURS: _STRUCTURE,
    Defaut.COLONNE_RENOMMEE: _AF,
    Defaut.COLONNE_ABSENTE: _AF,
    Defaut.COLONNE_AJOUTEE: _AF,
    Defaut.VIRGULES: _AF,
    Defaut.DOUBLONS: _AF,
    Defaut.PERSONNELLE: _STRUCTURE,
    Defaut.ENCODAGE: _STRUCTURE,
}
