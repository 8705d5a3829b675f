"""Pages fit a terminal and stay whole in a pipe."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maillage.cli.page import Page, display_width, fit_widths, typographie

HEADERS = ["Indicateur", "Chiffre publié", "Explication"]
ROW = ["Demandeurs d’emploi de longue durée", "61\u202f234", "un texte " * 20]


def test_a_table_fits_the_terminal() -> None:
    page = Page(80)
    page.table(HEADERS, [ROW], right={1})
    lines = page.render().splitlines()
    assert max(display_width(line) for line in lines) <= 80
    assert sum("61\u202f234" in line for line in lines) == 1


def test_a_table_in_a_pipe_is_neither_wrapped_nor_cut() -> None:
    page = Page(None)
    page.table(HEADERS, [ROW], right={1})
    lines = page.render().splitlines()
    assert len(lines) == 3
    assert lines[2].endswith(ROW[2].rstrip())


def test_figures_line_up_on_the_right() -> None:
    page = Page(100)
    page.table(["Nom", "Nombre"], [["a", "1"], ["b", "1\u202f000"]], right={1})
    ends = [len(line) for line in page.render().splitlines()]
    assert ends[0] == ends[2] == ends[3]


def test_the_header_of_a_wide_table_folds_between_its_words() -> None:
    page = Page(30)
    page.table(["Nom", "Part du besoin national"], [["a" * 20, "1 %"]], right={1})
    lines = page.render().splitlines()
    assert max(display_width(line) for line in lines) <= 30
    assert "national" in "".join(lines)


def test_sentences_wrap_under_their_bullet() -> None:
    page = Page(40)
    page.text("un deux trois quatre cinq six sept huit neuf dix", "  • ")
    lines = page.render().splitlines()
    assert lines[0].startswith("  • un")
    assert all(line.startswith("    ") for line in lines[1:])
    assert len(lines) == 2


def test_a_command_is_never_cut() -> None:
    page = Page(40)
    command = "maillage-diagnostic-commune-" + "1" * 40
    page.text(command)
    assert page.render() == f"{command}\n"


def test_typography_holds_punctuation_to_its_word() -> None:
    text = typographie("Que faire : « ceci » ; 12 % ? oui")
    assert text == "Que faire\u00a0: «\u00a0ceci\u00a0»\u00a0; 12\u00a0%\u00a0? oui"


@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=8),
    st.sets(st.integers(0, 7)),
    st.integers(40, 120),
)
def test_widths_fit_or_reach_the_readable_minimum(
    natural: list[int], fixed: set[int], width: int
) -> None:
    widths = fit_widths(natural, frozenset(fixed), width)
    assert all(new <= old for new, old in zip(widths, natural, strict=True))
    assert all(widths[c] == natural[c] for c in fixed if c < len(natural))
    total = sum(widths) + 2 * (len(widths) - 1)
    shrinkable = [w for c, w in enumerate(widths) if c not in fixed and w > 14]
    assert total <= width or not shrinkable
