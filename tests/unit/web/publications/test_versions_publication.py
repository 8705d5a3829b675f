"""The public version and that of members, on texts where one sees what changes."""

from __future__ import annotations

from html import unescape

import pytest
from factories.publications import ANNUAIRE, REGLES, both, read

from maillage.web.publications.texte import arbre
from maillage.web.publications.texte.chiffres import SansChiffres
from maillage.web.publications.texte.difference import compare_versions
from maillage.web.publications.texte.document import Audience
from maillage.web.publications.texte.redaction import Regle, Regles, Trouvaille, merge
from maillage.web.publications.texte.versions import render_version

MONTANT = Regle.MONTANT.value
NOM = Regle.NOM.value


def public_text(corps: str, regles: Regles | None = None) -> str:
    return both(read(corps), regles)[0].texte


def public_html(corps: str, regles: Regles | None = None) -> str:
    return both(read(corps), regles)[0].html


@pytest.mark.parametrize(
    ("corps", "public"),
    [
        ("un [[deux]] trois", "un trois"),
        ("un [[deux]].", "un."),
        ("un [[deux]], trois", "un, trois"),
        ("[[un]] deux", "deux"),
        ("un [[deux]]", "un"),
        ("un [[a]] [[b]] deux", "un deux"),
        ("un ([[deux]]) trois", "un trois"),
        ("un (voir [[deux]])", "un (voir)"),
        ("un\n[[deux]]\ntrois", "un trois"),
        ("un[[deux]]trois", "untrois"),
        ("*[[un]]* deux", "deux"),
        ("[[un]]\n\ndeux", "deux"),
        ("## [[un]]\n\ndeux", "deux"),
        ("- [[un]]\n- deux", "- deux"),
        ("- [[un]]\n\ntrois", "trois"),
        ("> [[un]]\n\ntrois", "trois"),
        ("1. a\n2. [[b]]\n3. c", "1. a\n2. c"),
        ("[[[lien](https://example.org)]] fin", "fin"),
        ("[[[lien]]](https://example.org) fin", "fin"),
        ("[le [[bon]] lien](https://example.org)", "le lien (https://example.org)"),
        ("| a | [[b]] |\n|---|---|\n| 1 | [[2]] |\n| [[3]] | [[4]] |", "a\n1"),
        ("| [[a]] |\n|---|\n| [[b]] |\n\nfin", "fin"),
        ("![un [[deux]]](pj:plan)", "[image\u00a0: un]"),
        ("[[![un](pj:plan)]] fin", "fin"),
        ("![un](pj:compte-rendu) [deux](pj:compte-rendu)", "deux"),
        ("::: adhérents\nun\n:::\n\ndeux", "deux"),
        ("::: ADHERENTS\nun\n:::\ndeux", "deux"),
        ("a\n***\n[[b]]", "a"),
        ("a  \nb", "a\nb"),
    ],
)
def test_what_the_public_reads(corps: str, public: str) -> None:
    assert public_text(corps) == public


def test_members_read_everything_and_see_what_is_theirs() -> None:
    _, adherents = both(read("un [[deux]] à 5 €\n\n::: adhérents\ntrois\n:::", "T [[u]]"), REGLES)
    assert adherents.titre == "T u"
    assert adherents.texte == "un deux à 5\u202f€\n\ntrois"
    assert '<span class="publication-reserve">deux</span>' in adherents.html
    assert '<div class="publication-reserve">' in adherents.html
    assert adherents.remplacements == ()


@pytest.mark.parametrize(
    ("corps", "public"),
    [
        ("Elle vaut 1 619 € par an.", f"Elle vaut {MONTANT} par an."),
        ("**1 619** €, soit *1,6* k€", f"{MONTANT}, soit {MONTANT}"),
        ("1&nbsp;619&euro;", MONTANT),
        ("`1 619 €`", MONTANT),
        ("soit 1\n619 €", f"soit {MONTANT}"),
        ("![a 5 €](pj:plan)", f"[image\u00a0: a {MONTANT}]"),
        ("[a](https://example.org/aide-1619-euros)", "a"),
        ("```\n5 €\n```", MONTANT),
        (
            "| An | Aide (€) |\n|---|---|\n| 2021 | 1 619 |\n| 2022 | libre |",
            f"An | Aide (€)\n2021 | {MONTANT}\n2022 | libre",
        ),
        ("| En k€ | 2021 |\n|---|---|\n| Aide | 54 |", f"En k€ | 2021\nAide | {MONTANT}"),
        (
            "| Poste | 2021 |\n|---|---|\n| Aide (euros) | 54 |\n| ETP | 12 |",
            f"Poste | 2021\nAide (euros) | {MONTANT}\nETP | 12",
        ),
        ("Camille Exemple et M. Inconnu", f"{NOM} et {NOM}"),
        ("**Camille** EXEMPLE", NOM),
        ("[Exemple](mailto:camille.exemple@example.org)", NOM),
        ("écrire à c.exemple@example.org", f"écrire à {NOM}"),
        (
            "Maxime Titulaire, M. Titulaire et Mme la ministre",
            "Maxime Titulaire, M. Titulaire et Mme la ministre",
        ),
        ("un exemple de Petit", "un exemple de Petit"),
        ("[[Camille Exemple]] et 5 €", f"et {MONTANT}"),
        ("240 000 personnes en 2022", "240\u202f000\u00a0personnes en 2022"),
    ],
)
def test_what_the_rules_hide(corps: str, public: str) -> None:
    assert public_text(corps, REGLES) == public


def test_rules_reach_the_title_the_summary_the_tags_and_link_titles() -> None:
    document = read(
        '[a](https://example.org "de 5 € pour [[x]]")', "À 5 €", "Pour Camille Exemple", ("54 M€",)
    )
    publique, _ = both(document, REGLES)
    assert (publique.titre, publique.chapo, publique.etiquettes) == (
        f"À {MONTANT}",
        f"Pour {NOM}",
        (MONTANT,),
    )
    assert f'title="de {MONTANT} pour"' in publique.html
    assert [r.ou for r in publique.remplacements] == [
        "titre",
        "chapo",
        "étiquette 1",
        "corps, ligne 1",
    ]


def test_two_rules_over_the_same_words_hide_them_once() -> None:
    found = [
        Trouvaille(3, 8, Regle.NOM),
        Trouvaille(0, 5, Regle.MONTANT),
        Trouvaille(9, 12, Regle.NOM),
    ]
    assert merge(found) == (Trouvaille(0, 8, Regle.MONTANT), Trouvaille(9, 12, Regle.NOM))


def test_each_rule_alone() -> None:
    corps = "Camille Exemple, 5 €"
    assert (
        public_text(corps, Regles(montants=True, annuaire=ANNUAIRE))
        == f"Camille Exemple, {MONTANT}"
    )
    assert public_text(corps, Regles(noms=True, annuaire=ANNUAIRE)) == f"{NOM}, 5\u202f€"


def test_tables_scroll_and_headings_follow_the_title_of_the_page() -> None:
    html = public_html("# a\n\n###### b\n\n| c | d |\n|:-:|--:|\n| e | f |")
    assert "<h2>a</h2>" in html
    assert "<h6>b</h6>" in html
    assert (
        '<div class="tableau publication-tableau" role="region" tabindex="0" aria-label="Tableau"><table>'
        in html
    )
    assert '<th class="centre" scope="col">c</th>' in html
    assert '<td class="droite">f</td>' in html
    assert "style" not in html
    assert "<h3>a</h3>" in render_version(read("# a"), Audience.PUBLIQUE, premier_titre=3).html


def test_links_say_that_they_leave_and_pictures_come_from_us() -> None:
    html = public_html("[a](https://example.org) [b](/c) [d](pj:plan)\n\n![e](pj:plan)")
    assert '<a href="https://example.org" rel="external noopener noreferrer">a</a>' in html
    assert '<a href="/c">b</a>' in html
    assert '<a href="/pieces/plan.png">d</a>' in html
    assert '<img src="/pieces/plan.png" alt="e" class="publication-image" loading="lazy">' in html


def test_raw_html_is_only_text() -> None:
    assert public_html("<b onclick=x>a</b>") == "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"


def test_french_spaces_are_set_and_code_is_left_alone() -> None:
    texte = public_text("Oui! **Non**? l'aide: 5 € à 12:30, `a?b:c` https://example.org/a?b=c;d")
    assert (
        texte
        == "Oui\u202f! Non\u202f? l’aide\u202f: 5\u202f€ à 12:30, a?b:c https://example.org/a?b=c;d"
    )


def test_a_live_figure_shows_number_unit_period_and_source() -> None:
    document = read("Ils sont {{ chiffre a france }}, puis {{ chiffre secret france }}.")
    publique, _ = both(document)
    assert (
        publique.texte
        == "Ils sont 1\u202f234\u00a0personnes (2024), puis donnée\u00a0secrète (2024)."
    )
    html = unescape(publique.html)
    assert 'href="/chiffres/france/FR/a/2024/" title="Demandeurs, Ici · 2024"' in html
    assert '1\u202f234\u00a0<span class="unite">personnes</span></a>' in html
    assert 'class="chiffre publication-chiffre absence absence-secrete"' in publique.html


def test_a_figure_that_nobody_knows_any_more_is_unknown() -> None:
    document = read("{{ chiffre a france }}")
    version = render_version(document, Audience.PUBLIQUE, resolveur=SansChiffres())
    assert version.texte == "donnée\u00a0inconnue"


def test_plain_text_keeps_lists_quotes_and_code() -> None:
    texte = public_text("> a\n>\n> b\n\n2. c\n   - d\n3. e\n\n```python\nf = 1\n```\n\n    g")
    assert texte == "a\n\nb\n\n2. c\n  - d\n3. e\n\nf = 1\n\ng"


def test_rendering_one_version_leaves_the_other_untouched() -> None:
    document = read("un [[deux]] 5 € {{ chiffre a france }}")
    first = both(document, REGLES)
    assert both(document, REGLES) == first


def test_the_difference_is_counted_and_shown() -> None:
    document = read("un [[deux]] 5 € [[trois]] Camille Exemple 6 €", "T [[u]]")
    difference = compare_versions(document, REGLES)
    assert difference.resume == "3\u00a0passages, 2\u00a0montants et 1\u00a0nom"
    assert [p.texte for p in difference.passages] == ["u", "deux", "trois"]
    assert '<ins class="publication-reserve">deux</ins>' in difference.html
    assert (
        '<del class="publication-cache" title="montant caché par règle">5 €</del>'
        in difference.html
    )
    assert MONTANT in difference.html


def test_the_difference_keeps_what_members_read_as_it_is() -> None:
    document = read("[[[Camille Exemple](https://example.org/camille-exemple) 5 €]]")
    html = compare_versions(document, REGLES).html
    assert '<a href="https://example.org/camille-exemple"' in html
    assert "5 €" in html.replace("&nbsp;", " ").replace("\u202f", " ")
    assert NOM not in html


def test_the_language_of_a_code_block_is_not_shown() -> None:
    assert public_html("```secret x\na\n```") == "<pre><code>a\n</code></pre>\n"


def test_two_identical_versions_say_so() -> None:
    difference = compare_versions(read("rien"), REGLES)
    assert difference.resume == "Les deux versions sont identiques."


def test_the_root_of_a_tree_has_no_token() -> None:
    with pytest.raises(ValueError, match="root"):
        arbre.own_token(arbre.build_tree([]))
