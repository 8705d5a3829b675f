{% autoescape off %}// Opens the note-taking screen again without network. It answers for that one address and for the
// files that the screen needs; what it keeps holds no note, and goes when the screen is refused.
"use strict";
const CACHE = "maillage-notes-{{ rencontre.identifiant }}-{{ version_statique }}";
const FAMILLE = "maillage-notes-{{ rencontre.identifiant }}-";
const PAGE = "{% url 'rencontre-notes' rencontre.pk %}";
const FICHIERS = [
  "/static/maillage/base.css?v={{ version_statique }}",
  "/static/maillage/figures.css?v={{ version_statique }}",
  "/static/maillage/impression.css?v={{ version_statique }}",
  "/static/maillage/marque.svg",
  "/static/maillage/tables.js?v={{ version_statique }}",
  "/static/maillage/carte.js?v={{ version_statique }}",
  "/static/dialogue/rencontres.css?v={{ version_statique }}",
  "/static/dialogue/notes-file.js?v={{ version_statique }}",
  "/static/dialogue/notes.js?v={{ version_statique }}",
];

const preparer = async () => {
  const cache = await caches.open(CACHE);
  await cache.addAll(FICHIERS);
  const page = await fetch(PAGE, { redirect: "error" });
  if (!page.ok) throw new Error("the screen is refused");
  await cache.put(PAGE, page);
  await self.skipWaiting();
};

const ranger = async () => {
  const noms = await caches.keys();
  await Promise.all(noms.filter((n) => n.startsWith(FAMILLE) && n !== CACHE).map((n) => caches.delete(n)));
  await self.clients.claim();
};

const ouvrir = async (demande) => {
  let reponse;
  try {
    reponse = await fetch(demande);
  } catch (panne) {
    const gardee = await caches.match(PAGE, { cacheName: CACHE });
    if (gardee) return gardee;
    throw panne;
  }
  if (reponse.status === 200) await (await caches.open(CACHE)).put(PAGE, reponse.clone());
  else if (reponse.type === "opaqueredirect" || [403, 404].includes(reponse.status)) await caches.delete(CACHE);
  return reponse;
};

const fichier = async (demande) => {
  const garde = await caches.match(demande, { cacheName: CACHE });
  return garde || fetch(demande);
};

self.addEventListener("install", (evenement) => evenement.waitUntil(preparer()));
self.addEventListener("activate", (evenement) => evenement.waitUntil(ranger()));
self.addEventListener("fetch", (evenement) => {
  const { request } = evenement;
  const adresse = new URL(request.url);
  if (request.method !== "GET" || adresse.origin !== self.location.origin) return;
  if (request.mode === "navigate" && adresse.pathname === PAGE) evenement.respondWith(ouvrir(request));
  else if (adresse.pathname.startsWith("/static/")) evenement.respondWith(fichier(request));
});
{% endautoescape %}
