/* What was typed and not yet saved: sealed on the phone where the phone can (healthaid/offline), else in this
   browser under opaque ids. A draft goes when the visit is saved, when a week has passed, or at sign-out. */
"use strict";

(function () {
  const PREFIX = "healthaid.draft.";
  const DEVICE = "healthaid.device";
  const TRIP = "healthaid.trip";
  const WEEK = 7 * 24 * 3600 * 1000;
  const phone = window.healthaidPhone;
  const vault = window.healthaidVault;
  const ready = phone ? phone.ready : Promise.resolve(false);
  let sealed = false;
  let writing = Promise.resolve(true);

  ready.then((open) => {
    sealed = open;
    if (open) moveOver();
  });

  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function write(name, value) {
    try {
      localStorage.setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  function names() {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  }

  async function load(key) {
    const draft = (await ready) ? await vault.draft(key).catch(() => null) : read(PREFIX + key);
    return draft && Date.now() - draft.at < WEEK ? draft : null;
  }

  /* True once the disk has it. One writes at a time, so that the newest words win. */
  function save(key, clientId, values) {
    if (!sealed) return Promise.resolve(write(PREFIX + key, { at: Date.now(), clientId, values }));
    writing = writing.then(() => vault.keepDraft(key, { clientId, values })).then(() => true, () => false);
    return writing;
  }

  async function drop(key) {
    localStorage.removeItem(PREFIX + key);
    await writing;
    if (sealed) await vault.dropDraft(key);
  }

  /* Drafts from before the phone had its key. */
  function moveOver() {
    for (const name of names()) {
      const draft = read(name);
      if (draft) vault.keepDraft(name.slice(PREFIX.length), draft).then(() => localStorage.removeItem(name), () => {});
    }
  }

  function dropReceived(clientId) {
    for (const name of names()) {
      const draft = read(name);
      if (draft && draft.clientId === clientId) localStorage.removeItem(name);
    }
  }

  function clear() {
    names().forEach((name) => localStorage.removeItem(name));
  }

  function clearOld() {
    for (const name of names()) {
      const draft = read(name);
      if (!draft || Date.now() - draft.at >= WEEK) localStorage.removeItem(name);
    }
  }

  /* Whether this window alone writes the draft; another one that shows the same sheet keeps its hands off. */
  function lease(key) {
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      navigator.locks.request(`healthaid-draft-${key}`, { ifAvailable: true }, (lock) => {
        resolve(Boolean(lock));
        return lock ? new Promise(() => {}) : null;
      });
    });
  }

  /* While a form is half filled no new release of the worker takes over. */
  let held = false;
  function holdRelease() {
    if (held) return;
    held = true;
    navigator.locks?.request("healthaid-form", { mode: "shared" }, () => new Promise(() => {}));
  }

  /* RFC 9562, version 7: the time first, so that numbers made later sort later. */
  function uuid7() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let time = Date.now();
    for (let place = 5; place >= 0; place -= 1) {
      bytes[place] = time % 256;
      time = Math.floor(time / 256);
    }
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  /* The next number of a browser that sends its forms the plain way. */
  function nextNumber() {
    const device = read(DEVICE) || { id: uuid7(), seq: 0 };
    device.seq += 1;
    return write(DEVICE, device) ? device : null;
  }

  /* Visits made at one household on one day are one trip; its number is made here, once. */
  function trip(home, day) {
    const known = read(TRIP);
    if (known && known.home === home && known.day === day) return known.id;
    const made = { home, day, id: uuid7() };
    write(TRIP, made);
    return made.id;
  }

  window.healthaidDrafts = { ready, load, save, drop, lease, holdRelease, uuid7, nextNumber, trip };

  document.addEventListener("DOMContentLoaded", () => {
    clearOld();
    for (const mark of document.querySelectorAll("[data-visit-saved]")) dropReceived(mark.dataset.visitSaved);
  });
  document.addEventListener("submit", (event) => {
    if (/\/logout\/?$/.test(new URL(event.target.action, location.href).pathname)) clear();
  });
})();
