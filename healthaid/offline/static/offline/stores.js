/* The two places on a phone's disk, IndexedDB and the Cache store, in which vault.js keeps everything twice. */
"use strict";

(function (scope) {
  const STORES = { meta: "name", rows: "id", drafts: "key" };
  const MIRROR = "healthaid-mirror";
  const PLACE = "/queue/mirror/";
  let opening = null;

  /* --- IndexedDB ----------------------------------------------------------------------------------------- */

  function open() {
    opening ||= new Promise((resolve, reject) => {
      const request = indexedDB.open("healthaid", 1);
      request.onupgradeneeded = () => {
        for (const [name, keyPath] of Object.entries(STORES)) request.result.createObjectStore(name, { keyPath });
      };
      request.onsuccess = () => {
        const database = request.result;
        database.onclose = () => (opening = null);
        database.onversionchange = () => (database.close(), (opening = null));
        resolve(database);
      };
      request.onerror = () => reject(request.error);
    }).catch((fault) => {
      opening = null;
      throw fault;
    });
    return opening;
  }

  /* `work` gets the transaction and may call `give(value)`; done only when the disk has it. */
  async function transact(names, mode, work) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const database = await open();
        return await new Promise((resolve, reject) => {
          const transaction = database.transaction(names, mode, { durability: "strict" });
          let result;
          transaction.oncomplete = () => resolve(result);
          transaction.onerror = () => reject(transaction.error);
          transaction.onabort = () => reject(transaction.error || new Error("aborted"));
          work(transaction, (value) => (result = value));
        });
      } catch (fault) {
        if (fault.name !== "InvalidStateError" || attempt > 1) throw fault;
        opening = null;
      }
    }
  }

  function getAll(store) {
    return transact([store], "readonly", (transaction, give) => {
      transaction.objectStore(store).getAll().onsuccess = (event) => give(event.target.result);
    });
  }

  function get(store, key) {
    return transact([store], "readonly", (transaction, give) => {
      transaction.objectStore(store).get(key).onsuccess = (event) => give(event.target.result || null);
    });
  }

  function put(store, ...values) {
    return transact([store], "readwrite", (transaction) => {
      for (const value of values) transaction.objectStore(store).put(value);
    });
  }

  function remove(store, key) {
    return transact([store], "readwrite", (transaction) => transaction.objectStore(store).delete(key));
  }

  /* --- the Cache store ------------------------------------------------------------------------------------- */

  const mirror = () => (scope.caches ? scope.caches.open(MIRROR) : null);
  const address = (kind, key, rev = 0) => `${PLACE}${kind}/${encodeURIComponent(key)}?rev=${rev}`;

  async function mirrorPut(kind, key, value, rev = 0) {
    const cache = await mirror();
    if (!cache) return;
    const here = address(kind, key, rev);
    await cache.put(here, new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } }));
    if (rev > 1) await cache.delete(address(kind, key, rev - 1));
  }

  async function mirrorGet(kind, key) {
    const cache = await mirror();
    const found = cache ? await cache.matchAll(address(kind, key), { ignoreSearch: true }) : [];
    return found.length ? found[found.length - 1].json() : null;
  }

  async function mirrorDelete(kind, key) {
    const cache = await mirror();
    if (cache) await cache.delete(address(kind, key), { ignoreSearch: true });
  }

  /* What the mirror holds of one kind: key → newest revision, without reading a body. */
  async function mirrorIndex(kind) {
    const cache = await mirror();
    const found = new Map();
    for (const { url } of cache ? await cache.keys() : []) {
      const { pathname, searchParams } = new URL(url);
      if (!pathname.startsWith(`${PLACE}${kind}/`)) continue;
      const key = decodeURIComponent(pathname.slice(`${PLACE}${kind}/`.length));
      found.set(key, Math.max(Number(searchParams.get("rev")), found.get(key) ?? -1));
    }
    return found;
  }

  async function mirrorRead(kind, key, rev) {
    const found = await (await mirror()).match(address(kind, key, rev));
    return found ? found.json() : null;
  }

  scope.healthaidStores = {
    transact, getAll, get, put, remove, mirror, address, mirrorPut, mirrorGet, mirrorDelete, mirrorIndex, mirrorRead,
  };
})(self);
