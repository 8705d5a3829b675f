"""Texts of publications for tests: fictitious persons, marked tokens that can be found again."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import strategies as st

from maillage.web.publications.texte.chiffres import ChiffreAffiche, Reference
from maillage.web.publications.texte.document import Audience, Document, Piece, Source
from maillage.web.publications.texte.fuites.model import Artefact, Genre
from maillage.web.publications.texte.personnes import Annuaire, Personne
from maillage.web.publications.texte.reading import read_publication
from maillage.web.publications.texte.redaction import Regles
from maillage.web.publications.texte.search import stems
from maillage.web.publications.texte.versions import Version, render_version

PIECES = (
    Piece("plan", "/pieces/plan.png", Audience.PUBLIQUE, "plan.png"),
    Piece("compte-rendu", "/pieces/compte-rendu.pdf", Audience.ADHERENTS, "compte-rendu.pdf"),
)
ANNUAIRE = Annuaire(
    (
        Personne("Exemple", "Camille"),
        Personne("Fictive-Durand", "Ève"),
        Personne("de La Lande", "Jean-Noël"),
        Personne("Petit", "Sacha"),
    ),
    titulaires=(Personne("Titulaire", "Maxime"),),
    laisser=("Petit",),
)
REGLES = Regles(montants=True, noms=True, annuaire=ANNUAIRE)


class FiguresForTests:
    """A resolver that knows one figure, one secret and nothing else."""

    def check(self, reference: Reference) -> tuple[()]:
        del reference
        return ()

    def resolve(self, reference: Reference) -> ChiffreAffiche:
        adresse = (
            f"/chiffres/{reference.niveau.value}/{reference.code}/{reference.indicateur}/2024/"
        )
        if reference.indicateur == "secret":
            return ChiffreAffiche("", "", "2024", adresse, "Secret", "secrète", "secrete")
        return ChiffreAffiche("1\u202f234", "personnes", "2024", adresse, "Demandeurs, Ici")


def read(
    corps: str, titre: str = "Titre", chapo: str = "", etiquettes: tuple[str, ...] = ()
) -> Document:
    return read_publication(Source(titre, corps, chapo, etiquettes), PIECES, FiguresForTests())


def both(document: Document, regles: Regles | None = None) -> tuple[Version, Version]:
    """Public version, then that of members."""
    figures = FiguresForTests()
    return (
        render_version(document, Audience.PUBLIQUE, regles, figures),
        render_version(document, Audience.ADHERENTS, regles, figures),
    )


def public_artefacts(version: Version, adresse: str = "titre") -> list[Artefact]:
    """Everything that the site derives from a public version."""
    entry = (
        f"<entry><title>{_xml(version.titre)}</title><summary>{_xml(version.chapo)}</summary>"
        f'<content type="html">{_xml(version.html)}</content></entry>'
    )
    meta = f'<meta name="description" content="{_xml(version.chapo)}">'
    every = " ".join((version.titre, version.chapo, *version.etiquettes, version.texte))
    return [
        Artefact(Genre.HTML, "corps", version.html),
        Artefact(Genre.TEXTE, "courriel", version.texte),
        Artefact(Genre.TITRE, "titre", version.titre),
        Artefact(Genre.CHAPO, "chapo", version.chapo),
        Artefact(Genre.ADRESSE, "adresse", adresse),
        Artefact(Genre.FLUX, "flux Atom", entry),
        Artefact(Genre.META, "description", meta),
        Artefact(Genre.INDEX, "index", " ".join(stems(every))),
        *(Artefact(Genre.ETIQUETTE, e, e) for e in version.etiquettes),
    ]


def _xml(texte: str) -> str:
    return texte.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


class Tags(HTMLParser):
    """Every tag and attribute of an HTML fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributs: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributs += [(nom, valeur or "") for nom, valeur in attrs]


def parse_tags(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


# texts in which every word says whether it is for everyone

SPECIAUX = "*_[]()!|#>-:~\\\n<&;{}=+.\"' "


@st.composite
def mots(draw: st.DrawFn, prefixe: str) -> str:
    return prefixe + "x".join(
        str(n) for n in draw(st.lists(st.integers(1, 99), min_size=1, max_size=2))
    )


PUBLICS = mots("pub")
SECRETS = mots("cache")


@st.composite
def spans(draw: st.DrawFn) -> str:
    """Words for everyone and marked words, with emphasis, links, code and images around."""
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        public, secret = draw(PUBLICS), draw(SECRETS)
        parts.append(
            draw(
                st.sampled_from(
                    [
                        public,
                        f"**{public}**",
                        f"[[{secret}]]",
                        f"*{public} [[{secret}]]*",
                        f"[[**{secret}** _{secret}_]]",
                        f"[{public} [[{secret}]]](https://example.org/{public})",
                        f"[[[{secret}](https://example.org/{secret})]]",
                        f"[[[{secret}]]](https://example.org/tout)",
                        f"![{public} [[{secret}]]](pj:plan)",
                        f"[[![{secret}](pj:plan)]]",
                        f'[{public}](https://example.org/ "{public} [[{secret}]]")',
                        f"[[`{secret}` et ~~{secret}~~]]",
                        f"`{public}`",
                        f"[[{secret} [1] {secret}]]",
                        f"[[{secret} {{{{ chiffre a france }}}}]]",
                    ]
                )
            )
        )
    return " ".join(parts)


@st.composite
def blocs(draw: st.DrawFn) -> str:
    texte, autre = draw(spans()), draw(spans())
    secret, public = draw(SECRETS), draw(PUBLICS)
    return draw(
        st.sampled_from(
            [
                texte,
                f"## {texte}",
                f"- {texte}\n- {autre}",
                f"3. {texte}\n4. {autre}",
                f"> {texte}\n> {autre}",
                f"| {public} | [[{secret}]] |\n|---|--:|\n| {public} | [[{secret}]] |\n| [[{secret}]] | {public} |",
                f"::: adhérents\n{secret}\n\n- {secret}\n- **{secret}**\n:::",
                f"::: adherents\n> {secret}\n\n| {secret} | b |\n|---|---|\n| {secret} | c |\n:::",
                f"- {public}\n  ::: adhérents\n  {secret}\n  :::\n- {public}",
                f"> {public}\n>\n> ::: adhérents\n> {secret}\n> :::",
                f"```\n{public}\n```",
                f"::: adhérents\n```\n{secret}\n```\n:::",
            ]
        )
    )


@st.composite
def lignes(draw: st.DrawFn) -> str:
    runs = st.one_of(PUBLICS, SECRETS.map(lambda secret: f"[[{secret}]]"))
    return " ".join([draw(PUBLICS), *draw(st.lists(runs, max_size=3))])


SOURCES = st.builds(
    Source,
    titre=lignes(),
    corps=st.lists(blocs(), max_size=6).map("\n\n".join),
    chapo=lignes(),
    etiquettes=st.lists(lignes(), max_size=3).map(tuple),
)
