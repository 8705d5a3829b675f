"""Engine of the rules: dated legal values, pure formulas wired by name, traces, reforms.

Import from the modules; this page says where each name is.

Reading the law (`legislation`, `valeur_legale`, `choix`, `erreurs`):

    load_legislation() -> Legislation                     every legal value, immutable, cached
    Legislation.au(le: date) -> JeuParametres             the values in force on a day
    Legislation.with_connu_au(jour) -> Legislation        « connu au »: later publications hidden
    Legislation.with_choix(*choix) -> Legislation         projection or a user's own values
    Legislation.resolve(chemin, le) -> ValeurLegale
    Legislation.chemins; .leaf(chemin) -> Feuille         all dated values, gaps, horizon
    load_parametres(le, connu_au=None) -> JeuParametres   short for the first three
    JeuParametres.get(chemin) -> ValeurLegale             refuses loudly (PeriodeNonModelisee)
    JeuParametres.find(chemin) -> ValeurLegale | None

    ValeurLegale: chemin, valeur, unite, le, date_effet, date_effet_relevee, date_publication,
        publication_inconnue, references, reference, confiance, note, derniere_verification,
        avertissement, renvoi, choix, reforme

Choosing, explicitly, beyond the law (each figure that used a choice carries it):

    Choix.projection_smic()
    Choix.valeur_utilisateur(chemin, valeur, motif, du=None, au=None)

Writing formulas (`formule`, `unites`), in `maillage/regles/<mechanism>/formules.py`, without
`from __future__ import annotations`: the engine reads the annotations.

    @formule(texte="Arrêté du …, article 1", explication="…", depuis=date(2014, 1, 1))
    def montant_conventionne(
        etp: Etp,                                  # a column, or another formula of this name
        duree_mois: Mois,
        montant_socle: Annotated[EurosParEtp,      # a legal value: the path, columns in braces
                                 Parametre("aide_au_poste.{bareme_socle}.{type_siae}")],
    ) -> Centimes: ...

    One argument name is one thing: a column, a formula, or one `Parametre`, the same everywhere.
    A legal value is a column (n,), read at the date of each row (or `le="date_x"`), for the rows
    where `si` is true (NaN elsewhere). A list (`Liste`) is a tuple: rows are grouped by it. The
    date of the row is the column `le` (`Jour`). A given column wins over the formula of its name.

Computing (`calcul`, `formules`, `trace`):

    compute(cibles, colonnes, parametres: Legislation, le, regles=None) -> Resultat
        le: a date, or an array datetime64[D] of one date per row;
        regles: by default load_regles(), every formules.py of the mechanisms
    Resultat[cible] -> NDArray; .choix; .reformes; .avertissements; .valeurs_legales
    Regles.from_modules(*modules) ; Regles.from_formules(*formules)
    trace(resultat, ligne, cible=None) -> Trace           .to_dict(), .to_text(), .walk()

Reforms (`reforme`, `lecture_reforme`, `application`), in the same grammar:

    list_reformes() ; load_reforme(code) -> Reforme       those of maillage/regles/reformes
    parse_reforme(text, nom, legislation=None) -> Reforme every problem at once, with its line
    Reforme.with_hypothese(cle, valeur) -> Reforme
    apply_reforme(legislation, reforme) -> Legislation
"""
