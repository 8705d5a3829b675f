"""The text of a publication: one source, two versions, and the proof that the public one is sound.

No Django here. What the site calls, in the order of a publication:

1. `reading.read_publication(source, pieces, resolveur)` reads, or refuses with every problem placed;
2. `versions.render_version(document, audience, regles, resolveur)` gives title, summary, tags, safe HTML
   and plain text of one version;
3. `difference.compare_versions(document, regles, resolveur)` is what the editor sees;
4. `fuites.examen.find_leaks(document, artefacts, pieces, regles, …)` refuses what would give it away;
5. `search.stems` and `search.excerpt` index the plain text and answer queries;
6. `figures.ResolveurAtlas(atlas)` knows the live figures; `chiffres.ChiffresFiges` keeps those of a day.
"""
