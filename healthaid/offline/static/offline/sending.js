/* The one sender. An entry leaves the queue only by the server's own word about that entry; whatever else happens,
   it stays and is sent again. Used by the pages and, where there is Background Sync, by the service worker. */
"use strict";

(function (scope) {
  const vault = scope.healthaidVault;
  const BATCH = 20;
  const KNOWN_BATCH = 500;
  const PATIENCE = 30000;
  const STATES = { accepted: "received", repeated: "received", refused: "refused", conflict: "conflict" };
  const PATHS = { visit: "/sync/visits", need: "/sync/needs", attempt: "/sync/attempts" };
  let token = "";

  function cookie(name) {
    const found = (scope.document?.cookie || "").match(new RegExp(`(?:^|; )${name}=([^;]+)`));
    return found ? found[1] : "";
  }

  /* {status, data}; status 0 where nothing of ours answered: no network, a time-out, or a stranger's page. */
  async function ask(path, body) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(path, {
        method: body ? "POST" : "GET",
        headers: body
          ? { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") || token }
          : { Accept: "application/json", "X-Phone-Copy": "1" },
        body: body && JSON.stringify(body),
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: stop.signal,
      });
      const ours = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (!ours) return { status: answer.ok ? 0 : answer.status, data: {} };
      const data = await answer.json();
      if (data.csrf) token = data.csrf;
      return { status: answer.status, data };
    } catch {
      return { status: 0, data: {} };
    } finally {
      clearTimeout(timer);
    }
  }

  /* Asks again once with a fresh token where the old one had run out. */
  async function tellServer(path, body) {
    const answer = await ask(path, body);
    if (answer.status !== 403 || answer.data.code !== "csrf") return answer;
    await ask(`/sync/state?device=${(await vault.device()).id}`);
    return ask(path, body);
  }

  /* Who is signed in, the key of this phone, and how far its clock is off. */
  async function state(expected) {
    const phone = await vault.device();
    const asked = Date.now();
    const { status, data } = await ask(`/sync/state?device=${phone.id}`);
    if (status === 401) await signedOut();
    if (status !== 200 || (expected && data.user !== expected)) return null;
    await vault.openFor(data);
    const skew = Math.round((Date.parse(data.server_time) - (asked + Date.now()) / 2) / 1000);
    await vault.remember({ skew, seen: data.device || null });
    if (await epochChanged(data.epoch)) await offerAgain(data.epoch);
    await askDecided();
    vault.tell("session");
    return data;
  }

  /* What became of the records that stand against others, or were not accepted, and that others see to. */
  async function askDecided() {
    const now = await vault.session();
    const open = (await vault.entries()).filter(
      (row) => row.user === now?.user && row.sha256 && ["conflict", "refused"].includes(row.state),
    );
    if (!open.length) return;
    const items = open.slice(0, KNOWN_BATCH).map((row) => ({ client_id: row.id, sha256: row.sha256 }));
    const { status, data } = await tellServer("/sync/known", { epoch: now.epoch, user: now.user, items });
    if (status !== 200 || !Array.isArray(data.results)) return;
    const told = new Map(data.results.map((result) => [result.client_id, result]));
    await vault.change(items.map((item) => item.client_id), (row) => {
      const { resolved, decision, status: state } = told.get(row.id) || {};
      if (row.state === "conflict" && resolved) return { state: "decided", decision, settledAt: Date.now() };
      return row.state === "refused" && state === "accepted" ? { state: "received", settledAt: Date.now() } : null;
    });
  }

  async function signedOut() {
    await vault.remember({ signedOut: true });
    vault.tell("session");
  }

  async function epochChanged(epoch) {
    const now = await vault.session();
    return Boolean(now && epoch && now.epoch !== epoch);
  }

  /* The server was restored from a backup: whatever it does not know any more is sent again. */
  async function offerAgain(epoch) {
    const now = await vault.session();
    const mine = (await vault.entries()).filter((row) => row.user === now.user && row.state !== "waiting" && row.sha256);
    for (let from = 0; from < mine.length; from += KNOWN_BATCH) {
      const part = mine.slice(from, from + KNOWN_BATCH);
      const items = part.map((row) => ({ client_id: row.id, sha256: row.sha256 }));
      const { status, data } = await tellServer("/sync/known", { epoch, user: now.user, items });
      if (status !== 200 || !Array.isArray(data.results)) return;
      const unknown = data.results.filter((result) => !result.known).map((result) => result.client_id);
      await vault.change(unknown, () => ({ state: "waiting", tries: 0 }));
    }
    await vault.remember({ epoch });
  }

  /* --- sending ---------------------------------------------------------------------------------------------- */

  async function waiting(now) {
    const rows = await vault.entries();
    return rows.filter((row) => row.state === "waiting" && row.user === now.user && row.sealed.kid === now.kid);
  }

  /* {reason, sent}: reason is "" when all went, else locked, signed_out, other_user, network or server. */
  function send() {
    return vault.alone("send", async () => {
      const now = await vault.session();
      if (!now?.key) return { reason: "locked", sent: 0 };
      const rows = await waiting(now);
      const outcome = { reason: "", sent: 0 };
      for (const kind of Object.keys(PATHS)) {
        const mine = rows.filter((row) => row.kind === kind);
        for (let from = 0; from < mine.length && !outcome.reason; from += BATCH) {
          await sendBatch(kind, mine.slice(from, from + BATCH), outcome);
        }
      }
      if (!outcome.reason && rows.length) await vault.remember({ sentAt: Date.now() });
      if (rows.length) vault.tell("session");
      return outcome;
    });
  }

  /* What this phone still keeps, so that the township sees it too. */
  async function unsent(now) {
    const rows = await waiting(now);
    const oldest = rows.length ? new Date(Math.min(...rows.map((row) => row.savedAt))).toISOString() : undefined;
    return { clock: new Date().toISOString(), unsent: rows.length, oldest };
  }

  async function sendBatch(kind, rows, outcome) {
    const now = await vault.session();
    // Counted before it leaves: from here on the entry may be at the server, so it must not be changed any more.
    const ids = rows.map((row) => row.id);
    const leaving = await vault.change(ids, (row) =>
      row.state === "waiting" ? { tries: row.tries + 1, triedAt: Date.now() } : null,
    );
    const bodies = await Promise.all(leaving.map(vault.bodyOf));
    const items = bodies.filter(Boolean);
    if (!items.length) return;
    const body = { epoch: now.epoch, device: (await vault.device()).id, user: now.user, ...(await unsent(now)), items };
    const { status, data } = await tellServer(PATHS[kind], body);
    if (status === 200 && Array.isArray(data.results)) {
      outcome.sent += await settle(data.results);
      if (await epochChanged(data.epoch)) await offerAgain(data.epoch);
    } else if ((status === 500 || status === 400 || status === 413) && leaving.length > 1) {
      // One entry that the server stumbles over must not hold back the others.
      for (const row of leaving) await sendBatch(kind, [row], (outcome.alone ||= { sent: 0 }));
      outcome.sent += outcome.alone.sent;
      outcome.reason = outcome.alone.reason === "server" ? "" : outcome.alone.reason || "";
    } else if (status === 401) {
      await signedOut();
      outcome.reason = "signed_out";
    } else {
      outcome.reason = status === 409 ? "other_user" : status === 0 ? "network" : "server";
    }
  }

  async function settle(results) {
    const verdicts = new Map(results.map((result) => [result.client_id, result]));
    const known = results.filter((result) => STATES[result.status]);
    const told = new Map();
    for (const { client_id: id, problems } of known) told.set(id, await vault.sealed(problems || []));
    const changed = await vault.change(known.map((result) => result.client_id), (row) => {
      const { status, sha256, visit } = verdicts.get(row.id);
      return { state: STATES[status], sha256, visit, told: told.get(row.id), settledAt: Date.now() };
    });
    return changed.filter((row) => row.state === "received").length;
  }

  scope.healthaidSending = { ask, state, send, askDecided, token: () => cookie("csrftoken") || token };
})(self);
