/* The service worker: the doctor's pages when the network fails or is slow, and sending in the background.
   The server puts the list of assets and the scripts of the queue before this text. */
"use strict";

const { assets: ASSETS, staticUrl: STATIC, signIn: SIGN_IN, plain: PLAIN } = self.HEALTHAID;
const SHELF = "healthaid-assets";
const PAGES = "healthaid-pages";
const PATIENCE = 3000;
const OLD = 60 * 24 * 3600 * 1000;
const homes = self.healthaidHomes;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([clear(), self.clients.claim()])));
self.addEventListener("message", (event) => event.data === "take over" && self.skipWaiting());
self.addEventListener("sync", (event) => {
  if (event.tag === "healthaid-send") event.waitUntil(self.healthaidSending.send());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(request, url));
  else if (request.mode === "navigate") event.respondWith(sent(request, url));
  else if (request.method === "GET" && url.pathname.startsWith(STATIC)) event.respondWith(asset(request, url));
});

/* --- assets: named by their content, so the copy on the shelf is always the right one ----------------------- */

async function fill() {
  const shelf = await caches.open(SHELF);
  const missing = [];
  for (const url of ASSETS) if (!HASHED.test(url) || !(await shelf.match(url))) missing.push(url);
  await Promise.all(missing.map(async (url) => {
    const answer = await fetch(url, { cache: HASHED.test(url) ? "default" : "no-cache" });
    if (answer.ok) await shelf.put(url, answer);
  }));
}

/* Copies of pages may still name the assets of an earlier release; they go when they are old. */
async function clear() {
  const shelf = await caches.open(SHELF);
  for (const request of await shelf.keys()) {
    const made = Date.parse((await shelf.match(request)).headers.get("Date") || "");
    if (!ASSETS.includes(new URL(request.url).pathname) && made && Date.now() - made > OLD) await shelf.delete(request);
  }
}

async function asset(request, url) {
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(request, { ignoreSearch: true });
  if (kept && HASHED.test(url.pathname)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await shelf.put(request, answer.clone());
    return answer;
  } catch (fault) {
    if (kept) return kept;
    throw fault;
  }
}

/* --- pages: the network first, for as long as a person waits gladly ------------------------------------------ */

/* The addresses under which a page may be kept. A call at a house is seen on the page of the household; the
   numbers of the whole list are one page. */
function addressesOf({ pathname }) {
  const [, what, uuid] = pathname.match(/^\/(calls|call)\/([0-9a-f-]{36})\/$/) || [];
  if (what === "call") return ["/call/own/"];
  return what ? [pathname, `/households/${uuid}/`] : [pathname];
}

async function keptOf(url) {
  for (const address of addressesOf(url)) {
    const kept = await caches.match(address, { cacheName: PAGES });
    if (kept) return kept;
  }
  const home = await homeOf(url);
  return (home && (await caches.match(home, { cacheName: PAGES }))) || null;
}

/* The pages of the members lie in the copy of their household. */
const MEMBER = /^\/persons\/([0-9a-f-]{36})\/$/;

async function homeOf({ pathname }) {
  const member = pathname.match(MEMBER)?.[1];
  const home = member && (await homes.find(member));
  return home ? `/households/${home.home}/` : "";
}

function shownFor({ pathname }, words) {
  const member = pathname.match(MEMBER)?.[1];
  const found = member && words.match(new RegExp(`<template data-member="${member}" data-title="([^"]*)">([^]*?)</template>`));
  if (!found) return words;
  const [, title, main] = found;
  const without = words.replace(/<template data-member=[^]*?<\/template>/g, "");
  return without.replace(/<title>[^]*?<\/title>/, () => `<title>${title}</title>`).replace(/<main[^]*?<\/main>/, () => main);
}

/* Only while the phone knows whose the copies are. */
async function copyOf(url) {
  if (!(await self.healthaidVault.mirrorGet("meta", "owner"))) return null;
  const kept = await keptOf(url);
  if (kept) return dated(shownFor(url, await wordsOf(kept)), kept.headers.get("X-Copied"));
  const made = homes.isSheet(url) ? await homes.madeFor(url) : null;
  const blank = made && (await caches.match(made.blank, { cacheName: PAGES }));
  return blank ? dated(homes.filled(await wordsOf(blank), made.data), made.at) : null;
}

function wordsOf(kept) {
  const packed = kept.headers.get("X-Packed");
  return (packed ? new Response(kept.body.pipeThrough(new DecompressionStream(packed))) : kept).text();
}

function dated(words, at) {
  const told = words.replace("<html ", `<html data-copied="${at}" `);
  return new Response(told, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

const later = (time) => new Promise((resolve) => setTimeout(resolve, time, null));

async function page(request, url) {
  const answer = fetch(request).catch(() => null);
  const first = await (homes.isSheet(url) || (await keptOf(url)) ? Promise.race([answer, later(PATIENCE)]) : answer);
  if (first && ![502, 503, 504].includes(first.status)) return first;
  const copy = await copyOf(url);
  if (copy) return copy;
  return first || (await answer) || (await copyOf(new URL("/offline/", url))) || nothing();
}

/* A form on its way. Signing in or out ends the right to see copies, until the next page says whose they are. */
async function sent(request, url) {
  if (url.pathname.startsWith(SIGN_IN)) await self.healthaidVault.mirrorDelete("meta", "owner");
  try {
    return await fetch(request);
  } catch {
    return (await copyOf(url)) || (await copyOf(new URL("/offline/", url))) || nothing();
  }
}

function nothing() {
  return new Response(PLAIN, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
