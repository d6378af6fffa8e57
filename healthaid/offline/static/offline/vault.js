/* What a phone keeps: every entry twice (IndexedDB and Cache), sealed with a key that only a sign-in gives.
   Used by the pages and by the service worker, with stores.js before it. A browser killed at a bad moment may lose
   one of the two stores whole; the other one heals it. */
"use strict";

(function (scope) {
  const KEPT_DAYS = 30;
  const DECIDED_DAYS = 3;
  const DAY = 24 * 3600 * 1000;
  const news = typeof BroadcastChannel === "function" ? new BroadcastChannel("healthaid") : null;

  const { transact, getAll, get, put, remove } = scope.healthaidStores;
  const { mirror, address, mirrorPut, mirrorGet, mirrorDelete, mirrorIndex, mirrorRead } = scope.healthaidStores;

  /* --- sealing ------------------------------------------------------------------------------------------ */

  const AT_ONCE = 8192;

  function toText(bytes) {
    const all = new Uint8Array(bytes);
    let words = "";
    for (let from = 0; from < all.length; from += AT_ONCE) {
      words += String.fromCharCode.apply(null, all.subarray(from, from + AT_ONCE));
    }
    return btoa(words);
  }

  function toBytes(text) {
    const words = atob(text);
    const bytes = new Uint8Array(words.length);
    for (let place = 0; place < words.length; place += 1) bytes[place] = words.charCodeAt(place);
    return bytes;
  }

  async function session() {
    return get("meta", "session").catch(() => null);
  }

  /* The key stays inside the browser: it can seal and open, and no script can read it out. */
  async function openFor({ user, key, epoch }) {
    const raw = toBytes(key);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
    const kept = (await session()) || {};
    const now = {
      ...kept,
      name: "session",
      user,
      kid: toText(digest.slice(0, 6)),
      key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]),
      epoch: kept.user === user && kept.epoch ? kept.epoch : epoch,
      signedOut: false,
      at: Date.now(),
    };
    await put("meta", now);
    return now;
  }

  async function remember(changes) {
    const kept = await session();
    if (kept) await put("meta", { ...kept, ...changes });
  }

  async function seal(content, { key, kid }) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const words = new TextEncoder().encode(JSON.stringify(content));
    return { kid, iv: toText(iv), data: toText(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, words)) };
  }

  /* Nothing where the key at hand is another one. */
  async function unseal(sealed, { key, kid }) {
    if (!sealed || sealed.kid !== kid) return null;
    try {
      const words = await crypto.subtle.decrypt({ name: "AES-GCM", iv: toBytes(sealed.iv) }, key, toBytes(sealed.data));
      return JSON.parse(new TextDecoder().decode(words));
    } catch {
      return null;
    }
  }

  /* --- the device and its numbers ------------------------------------------------------------------------ */

  async function device() {
    const kept = (await get("meta", "device").catch(() => null)) || (await mirrorGet("meta", "device").catch(() => null));
    if (kept) return kept;
    const made = { name: "device", id: crypto.randomUUID(), seq: 0 };
    await put("meta", made);
    await mirrorPut("meta", "device", made);
    return made;
  }

  /* --- entries -------------------------------------------------------------------------------------------- */

  /* Refused, or never left the phone. */
  const mendable = (row) => row.state === "refused" || (row.state === "waiting" && !row.tries);

  /* Keeps one entry and gives it the phone's next number, in one stroke. An entry that was refused, or never left
     the phone, may be kept again with what was mended; one that is under way may not. */
  async function keep(id, kind, content) {
    const now = await session();
    if (!now?.key) throw new Error("locked");
    await device();
    const sealed = await seal(content, now);
    const result = await transact(["meta", "rows"], "readwrite", (transaction, give) => {
      const [meta, rows] = [transaction.objectStore("meta"), transaction.objectStore("rows")];
      rows.get(id).onsuccess = ({ target: { result: old } }) => {
        if (old && !mendable(old)) return give({ busy: old });
        meta.get("device").onsuccess = ({ target: { result: phone } }) => {
          // A number that never arrives tells the server that a visit or a need was lost; a call in vain has none.
          const again = (old && old.state === "waiting") || kind === "attempt";
          const numbered = again ? phone : { ...phone, seq: phone.seq + 1 };
          const row = {
            id, kind, sealed, user: now.user, device: phone.id, seq: again ? old?.seq || 0 : numbered.seq, state: "waiting",
            savedAt: Date.now(), tries: 0, rev: (old?.rev || 0) + 1,
          };
          meta.put(numbered);
          rows.put(row);
          give({ row, phone: numbered });
        };
      };
    });
    if (result.busy) throw Object.assign(new Error("busy"), { row: result.busy });
    await mirrorPut("rows", id, result.row, result.row.rev).catch(() => {});
    mirrorPut("meta", "device", result.phone).catch(() => {});
    tell();
    return result.row;
  }

  /* Entries read back from a file, under the numbers they were saved with: the server has each of them once. */
  async function takeIn(items) {
    const now = await session();
    if (!now?.key) throw new Error("locked");
    const { id } = await device();
    const made = await Promise.all(items.map(async ({ kind, content }) => {
      const { device_id: from, device_seq: seq, ...body } = content.body;
      const row = { id: body.client_id, kind, user: now.user, device: from || id, seq: seq || 0, state: "waiting", savedAt: Date.now(), tries: 1, rev: 1 };
      return { ...row, sealed: await seal({ ...content, body }, now) };
    }));
    const added = await transact(["rows"], "readwrite", (transaction, give) => {
      const rows = transaction.objectStore("rows");
      const done = [];
      for (const row of made) {
        rows.get(row.id).onsuccess = ({ target: { result: old } }) => {
          if (old) return;
          rows.put(row);
          done.push(row);
        };
      }
      give(done);
    });
    for (const row of added) await mirrorPut("rows", row.id, row, row.rev);
    if (added.length) tell();
    return added.length;
  }

  /* Applies `change(row)` to the rows as they are now; null leaves one as it is. The changed rows come back. */
  async function change(ids, make) {
    const changed = await transact(["rows"], "readwrite", (transaction, give) => {
      const rows = transaction.objectStore("rows");
      const done = [];
      for (const id of ids) {
        rows.get(id).onsuccess = ({ target: { result: old } }) => {
          const made = old && make(old);
          if (!made) return;
          const row = { ...old, ...made, rev: old.rev + 1 };
          rows.put(row);
          done.push(row);
        };
      }
      give(done);
    });
    for (const row of changed) await mirrorPut("rows", row.id, row, row.rev).catch(() => {});
    if (changed.length) tell();
    return changed;
  }

  async function entries() {
    return (await getAll("rows")).sort((one, other) => one.savedAt - other.savedAt || one.seq - other.seq);
  }

  async function contentOf(row) {
    const now = await session();
    if (!now?.key || now.signedOut) return null;
    const content = await unseal(row.sealed, now);
    return content && { ...content, problems: (await unseal(row.told, now)) || [] };
  }

  async function sealed(content) {
    const now = await session();
    return now?.key ? seal(content, now) : null;
  }

  async function opened(sealed) {
    const now = await session();
    return now?.key ? unseal(sealed, now) : null;
  }

  /* What goes to the server: the same bytes at every attempt. */
  async function bodyOf(row) {
    const now = await session();
    const content = now?.key ? await unseal(row.sealed, now) : null;
    const device = row.seq ? { device_id: row.device, device_seq: row.seq } : { device_id: row.device };
    return content && { ...content.body, ...device };
  }

  /* Both stores compared; each gives what the other has lost. Old received entries go. */
  async function heal() {
    const [rows, copies] = [new Map((await getAll("rows")).map((row) => [row.id, row])), await mirrorIndex("rows")];
    const lost = [];
    for (const [id, rev] of copies) {
      if ((rows.get(id)?.rev ?? 0) >= rev) continue;
      const row = await mirrorRead("rows", id, rev);
      if (row) lost.push(row);
    }
    if (lost.length) await put("rows", ...lost);
    for (const row of rows.values()) {
      if ((copies.get(row.id) ?? 0) < row.rev) await mirrorPut("rows", row.id, row, row.rev);
    }
    await healDevice([...rows.values(), ...lost]);
    await forgetOld([...rows.values(), ...lost]);
    return lost.length;
  }

  async function healDevice(rows) {
    const [kept, copy] = [await get("meta", "device"), await mirrorGet("meta", "device")];
    const id = kept?.id || copy?.id;
    if (!id) return;
    const own = rows.filter((row) => row.device === id).map((row) => row.seq);
    const seq = Math.max(kept?.seq || 0, copy?.seq || 0, ...own);
    const healed = { name: "device", id, seq };
    if (kept?.seq !== seq || kept?.id !== id) await put("meta", healed);
    if (copy?.seq !== seq || copy?.id !== id) await mirrorPut("meta", "device", healed);
  }

  async function forgetOld(rows) {
    for (const row of rows) {
      const days = { received: KEPT_DAYS, decided: DECIDED_DAYS }[row.state];
      if (!days || row.settledAt > Date.now() - days * DAY) continue;
      await mirrorDelete("rows", row.id);
      await remove("rows", row.id);
    }
  }

  async function needsHealing() {
    const count = (await getAll("rows")).length;
    return count !== (await mirrorIndex("rows")).size;
  }

  /* --- drafts --------------------------------------------------------------------------------------------- */

  async function keepDraft(key, content) {
    const now = await session();
    if (!now?.key) throw new Error("locked");
    const old = await get("drafts", key);
    const draft = { key, user: now.user, at: Date.now(), rev: (old?.rev || 0) + 1, sealed: await seal(content, now) };
    await Promise.all([put("drafts", draft), mirrorPut("drafts", key, draft, draft.rev)]);
  }

  async function draft(key) {
    const now = await session();
    const [one, other] = [await get("drafts", key), await mirrorGet("drafts", key)];
    const kept = !other || (one && one.rev >= other.rev) ? one : other;
    const content = kept && now?.key ? await unseal(kept.sealed, now) : null;
    return content && { ...content, at: kept.at };
  }

  async function dropDraft(key) {
    await remove("drafts", key);
    await mirrorDelete("drafts", key);
  }

  /* --- leaving -------------------------------------------------------------------------------------------- */

  /* Everything of the person goes: copies of pages, drafts, list and key. Entries stay, sealed. What is cut off
     half-way is finished on the next start, because the mark goes last. */
  async function wipe() {
    await mirrorPut("meta", "wipe", { at: Date.now() });
    const cache = await mirror();
    await cache.delete(address("meta", "owner"), { ignoreSearch: true });
    for (const name of await scope.caches.keys()) {
      if (name.startsWith("healthaid-pages")) await scope.caches.delete(name);
    }
    for (const key of (await mirrorIndex("drafts")).keys()) await mirrorDelete("drafts", key);
    await transact(["meta", "drafts"], "readwrite", (transaction) => {
      transaction.objectStore("drafts").clear();
      const meta = transaction.objectStore("meta");
      meta.getAllKeys().onsuccess = ({ target }) => target.result.filter((name) => name !== "device").forEach((name) => meta.delete(name));
    });
    await mirrorDelete("meta", "wipe");
    tell();
  }

  async function finishWipe() {
    if (await mirrorGet("meta", "wipe")) await wipe();
  }

  /* --- news to other windows ------------------------------------------------------------------------------- */

  const listeners = new Set();
  function tell(what = "rows") {
    news?.postMessage(what);
    listeners.forEach((listen) => listen(what));
  }
  if (news) news.onmessage = (event) => listeners.forEach((listen) => listen(event.data));

  /* One at a time among all windows and the worker; without locks, one at a time in this window. */
  let queue = Promise.resolve();
  function alone(name, work, options = {}) {
    if (scope.navigator?.locks) return scope.navigator.locks.request(`healthaid-${name}`, options, work);
    const turn = queue.then(() => work({}));
    queue = turn.catch(() => {});
    return turn;
  }

  scope.healthaidVault = {
    possible: Boolean(scope.indexedDB && scope.caches && scope.crypto?.subtle),
    get, getAll, put, remove, session, openFor, remember, device, keep, takeIn, change, entries, contentOf, bodyOf, sealed, opened, mendable, heal, needsHealing,
    keepDraft, draft, dropDraft, wipe, finishWipe, mirrorPut, mirrorGet, mirrorDelete, alone, tell,
    listen: (listener) => listeners.add(listener),
  };
})(self);
