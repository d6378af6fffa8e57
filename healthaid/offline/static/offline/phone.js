/* Every page on a doctor's phone: who it belongs to, what waits, sending it, and leaving without a trace. */
"use strict";

(function () {
  const vault = window.healthaidVault;
  const sending = window.healthaidSending;
  const { phoneUser = "", phoneDoctor = "", signIn } = document.body.dataset;
  const told = document.getElementById("phone-texts");
  const texts = told ? JSON.parse(told.textContent) : {};
  const copiedAt = document.documentElement.dataset.copied || "";
  const drawnAt = Number(copiedAt) || performance.timeOrigin;
  const FRESH = 10 * 60 * 1000;
  const SOON = 4 * 1000;
  const AGAIN = 60 * 1000;
  const QUIET = 1500;
  const FLASH = "healthaid.flash";
  let timer = null;
  let pause = SOON;

  const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  /* --- what waits ----------------------------------------------------------------------------------------- */

  /* Counted from the entries themselves, never from what the last request said. */
  async function counts() {
    const now = await vault.session();
    const user = now?.user || phoneUser;
    const found = { waiting: 0, received: 0, refused: 0, conflict: 0, decided: 0, others: 0 };
    for (const row of await vault.entries()) {
      if (row.user === user) found[row.state] += 1;
      else if (row.state === "waiting") found.others += 1;
    }
    return found;
  }

  async function showBadge() {
    const found = await counts();
    const refused = found.refused + found.conflict;
    const words = refused
      ? filled(texts.refused, { count: refused })
      : found.waiting && filled(texts.waiting, { count: found.waiting });
    for (const badge of document.querySelectorAll("[data-queue-badge]")) {
      badge.hidden = !words;
      badge.classList.toggle("queue-badge-bad", refused > 0);
      badge.querySelector("[data-queue-words]").textContent = words || "";
    }
    await showStrip(found);
    document.dispatchEvent(new CustomEvent("healthaid:queue", { detail: found }));
  }

  async function showStrip(found) {
    const strip = document.getElementById("offline-strip");
    const now = await vault.session();
    if (!strip || !phoneDoctor) return;
    if (now?.signedOut) {
      const link = Object.assign(document.createElement("a"), { textContent: texts.signIn });
      link.href = `${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
      show(strip, [filled(texts.expired, { count: found.waiting }), " ", link], true);
    } else if (copiedAt) {
      const day = new Date(Number(copiedAt)).toLocaleString(document.documentElement.lang, {
        month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
      });
      const live = document.querySelector("[data-live-page]");
      show(strip, [live ? texts.offline : filled(texts.copy, { time: day })], false);
    } else if (strip.dataset.own) {
      strip.hidden = true;
    }
  }

  function show(strip, content, late) {
    strip.dataset.own = "yes";
    strip.replaceChildren(...content);
    strip.classList.toggle("strip-late", late);
    strip.hidden = false;
  }

  /* Said on the page that comes next. */
  function flash(tone, text) {
    sessionStorage.setItem(FLASH, JSON.stringify({ tone, text }));
  }

  function showFlash() {
    const kept = sessionStorage.getItem(FLASH);
    if (!kept) return;
    sessionStorage.removeItem(FLASH);
    const { tone, text } = JSON.parse(kept);
    document.getElementById("messages")?.append(note(tone, text));
  }

  function note(tone, text) {
    const drawn = document.getElementById("phone-notes").content.querySelector(`.note-${tone}`).cloneNode(true);
    drawn.querySelector("p").textContent = text;
    return drawn;
  }

  /* Where on Today one came from: due-2-17 is its second page, household 17. */
  function wayBack() {
    const [list, page, home] = (new URLSearchParams(location.search).get("back") || "").split("-");
    if (!list) return "/today/";
    if (list === "at") return `/calls/${(page || "").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}/`;
    return `/today/?show=${encodeURIComponent(list)}` + (page > 1 ? `&page=${Number(page)}` : "") + (home ? `#h-${Number(home)}` : "");
  }

  /* Today, seen from the phone: what was done since the page was drawn says so. */
  async function markDone() {
    const lines = [...document.querySelectorAll("[data-duty-line]")];
    if (!lines.length) return;
    for (const row of await vault.entries()) {
      if (row.state === "received" && row.settledAt < drawnAt) continue;
      const body = (await vault.contentOf(row))?.body;
      for (const line of body ? lines : []) {
        const about = new URL(line.href).searchParams;
        const same = body.person
          ? about.get("person") === body.person && about.get("protocol") === body.protocol
          : about.get("household") === body.household && !about.get("person");
        if (same) mark(line, row.state);
      }
    }
  }

  function mark(line, state) {
    const pill = document.getElementById("phone-pills").content.querySelector(`[data-state="${state}"]`);
    line.querySelector("[data-phone-state]")?.remove();
    const drawn = Object.assign(document.createElement("span"), { className: "day-phone" });
    drawn.dataset.phoneState = state;
    drawn.append(pill.firstElementChild.cloneNode(true));
    line.append(drawn);
  }

  /* --- sending -------------------------------------------------------------------------------------------- */

  async function flush() {
    const outcome = await sending.send();
    if (!outcome.reason) pause = SOON;
    await showBadge();
    plan();
    if (outcome.sent) {
      await markDone();
      window.healthaidPages?.refresh({ soon: true });
    }
    return outcome;
  }

  /* Soon at first, then less and less often: a network that is said to be back is often not there yet. */
  async function plan() {
    clearTimeout(timer);
    if (!(await counts()).waiting) return;
    clearTimeout(timer);
    timer = setTimeout(flush, pause);
    pause = Math.min(pause * 2, AGAIN);
  }

  function backOnline() {
    pause = SOON;
    flush();
  }

  async function askBackground() {
    const worker = await navigator.serviceWorker?.ready;
    await worker?.sync?.register("healthaid-send").catch(() => {});
  }

  /* Keeps an entry and starts to send it. Gives {row, sent}: `sent` ends when the sender had its turn. */
  async function save(id, kind, content) {
    const row = await vault.keep(id, kind, content);
    askBackground();
    return { row, sent: flush() };
  }

  /* --- leaving -------------------------------------------------------------------------------------------- */

  async function leave(event) {
    const form = event.target;
    if (!vault.possible || new URL(form.action, location.href).pathname !== document.body.dataset.signOut) return;
    event.preventDefault();
    const { waiting } = await counts();
    const warning = form.querySelector("[data-unsent]");
    if (waiting && warning && warning.hidden) {
      warning.querySelector("[data-unsent-words]").textContent = filled(texts.unsent, { count: waiting });
      warning.hidden = false;
      return;
    }
    await vault.wipe();
    HTMLFormElement.prototype.submit.call(form);
  }

  async function sendBeforeLeaving(event) {
    const button = event.target.closest("[data-send-now]");
    if (!button) return;
    button.disabled = true;
    const outcome = await flush();
    button.disabled = false;
    const box = button.closest("[data-unsent]");
    const { waiting } = await counts();
    if (box) box.hidden = !waiting;
    if (outcome.reason && box) box.querySelector("[data-unsent-words]").textContent = texts[outcome.reason];
  }

  /* A form that only the server can take stays as it is while there is no network. */
  function holdBack(event) {
    const form = event.target;
    const works = form.getAttribute("method") !== "post" || form.hasAttribute("data-works-offline");
    if (event.defaultPrevented || works || navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    window.healthaid.strip(texts.held, { late: true });
    delete form.dataset.sent;
  }

  /* --- starting ------------------------------------------------------------------------------------------- */

  async function start() {
    if (!vault.possible) return false;
    await vault.finishWipe();
    const before = await vault.session();
    if (phoneUser && before && before.user !== phoneUser) await vault.wipe();
    if (!phoneDoctor) return showWaitingForSignIn();
    freshenTokens();
    if (!sessionStorage.getItem("healthaid.healed") || (await vault.needsHealing())) {
      await vault.heal();
      sessionStorage.setItem("healthaid.healed", "yes");
    }
    await showBadge();
    await openVault();
    const now = await vault.session();
    return Boolean(now?.key && now.user === phoneUser);
  }

  async function openVault() {
    const now = await vault.session();
    if (now?.key && !now.signedOut && Date.now() - now.at < FRESH) return;
    const opening = sending.state(phoneUser);
    if (now?.key) opening.then(flush).catch(() => {});
    else await opening;
  }

  /* Entries that wait for somebody to sign in again; whose they are is not said. */
  async function showWaitingForSignIn() {
    const waiting = (await vault.entries()).filter((row) => row.state === "waiting").length;
    const place = document.querySelector("[data-waiting-here]");
    if (waiting && place) {
      place.replaceChildren(note("warn", filled(texts.waitingHere, { count: waiting })));
      place.hidden = false;
    }
    return false;
  }

  /* A copy carries the token of the day it was made. */
  function freshenTokens() {
    const token = sending.token();
    if (!token || !copiedAt) return;
    for (const input of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) input.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }

  /* The copies are this person's; the worker shows them to nobody else. */
  async function settleIn(ready) {
    showFlash();
    if (!ready) return;
    await vault.mirrorPut("meta", "owner", { user: phoneUser });
    await showBadge();
    await markDone();
    flush();
    navigator.storage?.persist?.();
    whenQuiet(() => {
      startWorker();
      window.healthaidPages?.refresh();
    });
  }

  /* Copying waits until the page itself has been drawn and the phone has a moment to spare. */
  function whenQuiet(work) {
    const idle = window.requestIdleCallback || ((now) => now());
    setTimeout(() => idle(work, { timeout: QUIET }), QUIET);
  }

  /* A new worker takes over as soon as nobody is in the middle of a form. */
  async function startWorker() {
    const registration = await navigator.serviceWorker?.register("/sw.js").catch(() => null);
    if (!registration) return;
    const held = (await navigator.locks?.query())?.held || [];
    if (registration.waiting && !held.some((lock) => lock.name === "healthaid-form")) {
      registration.waiting.postMessage("take over");
    }
  }

  document.addEventListener("submit", leave);
  window.addEventListener("submit", holdBack);
  document.addEventListener("click", sendBeforeLeaving);
  const ready = start().catch(() => false);
  ready.then(settleIn);
  if (vault.possible && phoneDoctor) {
    vault.listen(() => showBadge());
    window.addEventListener("online", backOnline);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  }

  window.healthaidPhone = { ready, save, flush, flash, note, counts, filled, wayBack, texts, user: phoneUser };
})();
