/* What the phone knows of each household of the own list, sealed, and the pages it puts together from that and a
   sheet that it keeps blank. Used by the pages and by the service worker. */
"use strict";

(function (scope) {
  const vault = scope.healthaidVault;
  const NAME = "home:";
  const HOLDER = '<script id="blank-data" type="application/json">{}</script>';
  const SHEETS = [/^\/visits\/new\/$/, /^\/visits\/[0-9a-f-]{36}\/(amend\/)?$/, /^\/needs\/new\/$/, /^\/duties\/\d+\/not-found\/$/];

  /* --- what is known ---------------------------------------------------------------------------------------- */

  async function keep(homes) {
    const at = Date.now();
    const rows = homes.map(async (home) => ({ name: NAME + home.home, about: home.about, at, sealed: await vault.sealed(home) }));
    await vault.put("meta", ...(await Promise.all(rows)));
  }

  async function forget(uuids) {
    for (const uuid of uuids) await vault.remove("meta", NAME + uuid);
  }

  /* The household of that number, or the one to which a person, a duty or a visit of that number belongs. */
  async function find(id) {
    const rows = (await vault.getAll("meta")).filter((row) => row.name.startsWith(NAME));
    const row = rows.find(({ name, about }) => name === NAME + id || about.includes(id));
    const home = row && (await vault.opened(row.sealed));
    return home ? { ...home, at: row.at } : null;
  }

  /* --- putting pages together --------------------------------------------------------------------------------- */

  const isSheet = ({ pathname }) => SHEETS.some((pattern) => pattern.test(pathname));
  const shown = ({ home, place, members, needs }) => ({ home, place, members, needs });

  function sheetOf(home, { person, protocol }) {
    return home?.sheets.find(({ entry }) => entry.protocol === protocol && (entry.person || "") === (person || ""));
  }

  /* {blank, at, data}: the blank page, and what stands on it; nothing where the phone does not know enough. */
  async function madeFor({ pathname, searchParams }) {
    const asked = (name) => searchParams.get(name) || "";
    if (pathname === "/visits/new/") return visit(asked("person"), asked("household"), asked("protocol"));
    if (pathname === "/needs/new/") return need(asked("person"), asked("household"));
    const [, kind, id] = pathname.match(/^\/(visits|duties)\/([0-9a-f-]+)\//) || [];
    return kind === "visits" ? correction(id) : notFound(id);
  }

  async function visit(person, household, protocol) {
    const home = await find(person || household);
    const sheet = sheetOf(home, { person, protocol: protocol || (person ? "hypertension" : "home_visit") });
    return sheet ? { blank: `/blank/visit/${sheet.entry.protocol}/`, at: home.at, data: { home: shown(home), sheet } } : null;
  }

  async function correction(id) {
    const own = await fromQueue(id);
    const home = await find(own ? own.about.person || own.about.household : id);
    const sheet = own ? sheetOf(home, own.about) : home?.sheets.find(({ last, edition }) => last?.visit === id && last.edition === edition);
    const amends = sheet && (own?.amends || sheet.last);
    if (!amends) return null;
    const needsReason = amends.cameOn !== new Date().toLocaleDateString("sv");
    const data = { home: shown(home), sheet, amends: { ...amends, needsReason } };
    return { blank: `/blank/visit/${sheet.entry.protocol}/`, at: home.at, data };
  }

  /* A visit that was saved on this phone, though no page tells of it yet. */
  async function fromQueue(id) {
    const row = (await vault.entries()).find((each) => each.kind === "visit" && (each.visit === id || each.id === id));
    const content = row && (await vault.contentOf(row));
    if (!content?.values) return null;
    const cameOn = new Date(row.settledAt || row.savedAt).toLocaleDateString("sv");
    const amends = { visit: row.visit || row.id, on: content.body.visited_on, cameOn, draft: `amend-${id}`, values: content.values };
    return { about: content.body, amends };
  }

  async function need(person, household) {
    const home = await find(person || household);
    return home ? { blank: "/blank/need/", at: home.at, data: { home: shown(home), person } } : null;
  }

  async function notFound(duty) {
    const home = await find(`duty-${duty}`);
    const data = home && { home: shown(home), duty: Number(duty), owed: home.owed };
    return home ? { blank: "/blank/not-found/", at: home.at, data } : null;
  }

  const filled = (words, data) => words.replace(HOLDER, () => HOLDER.replace("{}", JSON.stringify(data).replaceAll("<", "\\u003c")));

  scope.healthaidHomes = { keep, forget, find, isSheet, madeFor, filled };
})(self);
