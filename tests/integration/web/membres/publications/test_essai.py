from factories.membres import client_de
from factories.publications import make_published, make_publication

def test_essai(petit_reseau):
    by = petit_reseau.personnes["delegation"]
    p = make_published(by)
    for role in ("visiteur", "direction", "partenaire", "delegation"):
        c = client_de(petit_reseau, role)
        r = c.get(f"/publications/{p.slug}/")
        assert r.status_code == 200
        print(role, r.content.decode()[r.content.decode().index("<main"):][:3000])
        for a in ("/publications/", "/publications/?q=inspections", "/publications/?q=rencontres", "/publications/flux.atom", "/publications/flux.rss"):
            r = c.get(a); assert r.status_code == 200, a
            print(a, "inspection" in r.content.decode(), p.slug in r.content.decode())
    c = client_de(petit_reseau, "delegation")
    for a in ("/publications/redaction/", "/publications/redaction/nouvelle/", "/publications/redaction/chiffres/?indicateur=demandeurs", f"/publications/redaction/{p.pk}/", f"/publications/redaction/{p.pk}/versions/", f"/publications/redaction/{p.pk}/versions/2/", f"/publications/redaction/{p.pk}/publier/", f"/publications/redaction/{p.pk}/soumettre/", "/publications/abonnements/"):
        r = c.get(a); assert r.status_code == 200, a
