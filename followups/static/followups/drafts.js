/* What was typed and not yet received by the server, kept on this phone under opaque ids.
   A draft goes when the server says that it has the visit, when a week has passed, or at sign-out. */
"use strict";

(function () {
  const PREFIX = "healthaid.draft.";
  const DEVICE = "healthaid.device";
  const WEEK = 7 * 24 * 3600 * 1000;

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

  function load(key) {
    const draft = read(PREFIX + key);
    return draft && Date.now() - draft.at < WEEK ? draft : null;
  }

  function save(key, clientId, values) {
    return write(PREFIX + key, { at: Date.now(), clientId, values });
  }

  function drop(key) {
    localStorage.removeItem(PREFIX + key);
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

  /* The next number of this phone; a number that never arrives shows the server that something was lost. */
  function nextNumber() {
    const device = read(DEVICE) || { id: uuid7(), seq: 0 };
    device.seq += 1;
    return write(DEVICE, device) ? device : null;
  }

  window.healthaidDrafts = { load, save, drop, dropReceived, clear, uuid7, nextNumber };

  document.addEventListener("DOMContentLoaded", () => {
    clearOld();
    for (const mark of document.querySelectorAll("[data-visit-saved]")) dropReceived(mark.dataset.visitSaved);
  });
  document.addEventListener("submit", (event) => {
    if (/\/logout\/?$/.test(new URL(event.target.action, location.href).pathname)) clear();
  });
})();
