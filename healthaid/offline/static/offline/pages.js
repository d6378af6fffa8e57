/* The doctor's own pages, copied to the phone: only those on the server's list, only what has changed. */
"use strict";

(function () {
  const vault = window.healthaidVault;
  const PAGES = "healthaid-pages";
  const TODAY = "/today/";
  const ALWAYS = ["/queue/", "/offline/"];
  const HOMES = "/sync/homes?of=";
  const HOMES_AT_ONCE = 40;
  const REST = 5 * 60 * 1000;
  const AT_ONCE = 2;
  const language = document.documentElement.lang;
  const build = document.body.dataset.build || "";

  async function known() {
    const now = await vault.session();
    const kept = await vault.get("meta", "pages");
    const there = await caches.match(TODAY, { cacheName: PAGES });
    const same = there && kept && kept.user === now?.user && kept.language === language && kept.build === build;
    return same ? kept : { name: "pages", user: now?.user, language, build, cursor: "", versions: {}, at: 0 };
  }

  /* `soon`: something was sent just now, so Today looks different. */
  function refresh({ soon = false } = {}) {
    if (!vault.possible || !navigator.serviceWorker) return null;
    return vault.alone("pages", (lock) => lock && copyAll(soon), { ifAvailable: true }).catch(() => {});
  }

  async function copyAll(soon) {
    const kept = await known();
    if (!kept.user || (!soon && Date.now() - kept.at < REST)) return;
    const { status, data } = await window.healthaidSending.ask(`/sync/list?since=${encodeURIComponent(kept.cursor)}`);
    if (status !== 200 || data.user !== kept.user) return;
    const cache = await caches.open(PAGES);
    if (data.full) await forget(cache, kept, Object.keys(kept.versions).filter((url) => !data.pages.some((page) => page.url === url)));
    await forget(cache, kept, data.gone || []);
    const always = kept.cursor ? [] : ALWAYS.map((url) => ({ url, version: build }));
    const wanted = [...always, ...data.pages].filter(({ url, version }) => kept.versions[url] !== version);
    const first = wanted.filter(({ url }) => [TODAY, ...ALWAYS].includes(url) || url.startsWith("/blank/"));
    const homes = wanted.filter(({ url }) => url.startsWith(HOMES));
    const named = await namedOnToday(cache, kept, first);
    const rest = byNeed(wanted.filter((page) => !first.includes(page) && !homes.includes(page)), named);
    const done = (await fetchHomes(kept, byNeed(homes, named))) && (await fetchAll(cache, kept, rest));
    if ((await vault.session())?.user !== kept.user) return;
    await vault.put("meta", { ...kept, cursor: done ? data.cursor : kept.cursor, at: done ? Date.now() : kept.at });
    document.dispatchEvent(new CustomEvent("healthaid:copies", { detail: { count: Object.keys(kept.versions).length } }));
  }

  /* What the sheets are filled with, many households at a time; sealed, unlike pages. */
  async function fetchHomes(kept, wanted) {
    for (let from = 0; from < wanted.length; from += HOMES_AT_ONCE) {
      const part = wanted.slice(from, from + HOMES_AT_ONCE);
      const uuids = part.map(({ url }) => url.slice(HOMES.length));
      const { status, data } = await window.healthaidSending.ask(HOMES + uuids.join(","));
      if (status !== 200 || (await vault.session())?.user !== kept.user) return false;
      await window.healthaidHomes.keep(data.homes);
      for (const { url, version } of part) kept.versions[url] = version;
      await vault.put("meta", kept);
    }
    return true;
  }

  /* What Today names comes first: with it alone a day's work is done. */
  async function namedOnToday(cache, kept, first) {
    await fetchAll(cache, kept, first);
    const today = await cache.match(TODAY);
    const words = today ? await unpacked(today) : "";
    return (words.match(/(?:persons\/|person=|of=|household=|households\/)[0-9a-f-]+/g) || []).map(idOf);
  }

  const idOf = (words) => words.match(/[0-9a-f-]{36}/)?.[0];

  function byNeed(pages, named) {
    const order = new Map([...new Set(named)].map((name, place) => [name, place]));
    const place = ({ url }) => order.get(idOf(url)) ?? order.size;
    return pages.sort((one, other) => place(one) - place(other));
  }

  async function forget(cache, kept, urls) {
    for (const url of urls) {
      if (url.startsWith(HOMES)) await window.healthaidHomes.forget([url.slice(HOMES.length)]);
      else await cache.delete(url);
      delete kept.versions[url];
    }
  }

  /* True when each page was copied or refused for good; what was copied so far is remembered on the way. */
  async function fetchAll(cache, kept, wanted) {
    let place = 0;
    let going = true;
    async function one() {
      while (going && place < wanted.length) {
        const { url, version } = wanted[place];
        place += 1;
        // Somebody signed out meanwhile: what is copied from now on is nobody's.
        const outcome = (await vault.session())?.user === kept.user ? await copy(cache, url) : "gone";
        if (outcome === "gone") return (going = false);
        if (outcome === "stop") going = false;
        else if (outcome === "kept") kept.versions[url] = version;
        if (going && place % 20 === 0) await vault.put("meta", kept);
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    return going;
  }

  async function copy(cache, url) {
    const byPost = url.startsWith("/call/");
    const options = { credentials: "same-origin", redirect: "manual", headers: { "X-Phone-Copy": "1" } };
    if (byPost) {
      Object.assign(options, { method: "POST", body: new URLSearchParams({ keep: "1" }) });
      options.headers["X-CSRFToken"] = window.healthaidSending.token();
    }
    const answer = await fetch(url, options).catch(() => null);
    if (!answer || answer.status >= 500 || answer.type === "opaqueredirect") return "stop";
    if (answer.status !== 200) return (await cache.delete(url)), "refused";
    await cache.put(url, await packed(answer));
    return "kept";
  }

  /* A form is mostly words that repeat: packed it takes a sixth of the room. */
  async function packed(answer) {
    const headers = { "Content-Type": "text/html; charset=utf-8", "X-Copied": String(Date.now()) };
    if (typeof CompressionStream !== "function") return new Response(await answer.text(), { headers });
    const bytes = await new Response(answer.body.pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
    return new Response(bytes, { headers: { ...headers, "X-Packed": "gzip" } });
  }

  function unpacked(kept) {
    const packed = kept.headers.get("X-Packed");
    return (packed ? new Response(kept.body.pipeThrough(new DecompressionStream(packed))) : kept).text();
  }

  window.healthaidPages = { refresh };
})();
