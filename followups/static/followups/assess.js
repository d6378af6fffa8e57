/* The twin of followups/protocols/assessment.py: same rules (JSON from the form's own file), same answers.
   A condition is true, false or unknown (null), so that a missing answer is never taken for a good one. */
"use strict";

(function () {
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const NUMBER = /^[+-]?\d+(\.\d+)?$/;

  function isMissing(answers, code) {
    const value = answers[code];
    return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  }

  function asNumber(value) {
    if (typeof value !== "number" && typeof value !== "string") return null;
    const words = String(value);
    return NUMBER.test(words) ? Number(words) : null;
  }

  const COMPARE = {
    ge: (left, right) => left >= right,
    gt: (left, right) => left > right,
    le: (left, right) => left <= right,
    lt: (left, right) => left < right,
    eq: (left, right) => left === right,
  };

  function anyOf(truths) {
    return truths.includes(true) ? true : truths.includes(null) ? null : false;
  }

  function allOf(truths) {
    return truths.includes(false) ? false : truths.includes(null) ? null : true;
  }

  function holds(condition, facts) {
    if (condition.any) return anyOf(condition.any.map((part) => holds(part, facts)));
    if (condition.all) return allOf(condition.all.map((part) => holds(part, facts)));
    if (condition.finding) return holds(finding(facts, condition.finding).when, facts);
    if (condition.previous) return facts.previous(condition.previous).truth;
    if (condition.missing) return isMissing(facts.answers, condition.missing);
    if (condition.given) return !isMissing(facts.answers, condition.given);
    return compare(condition, facts);
  }

  function finding(facts, name) {
    return facts.form.findings.find((one) => one.name === name);
  }

  function compare(leaf, facts) {
    const given = givenTo(leaf, facts);
    if (given === null) return null;
    if (Array.isArray(leaf.value)) {
      const chosen = (Array.isArray(given) ? given : [given]).map(String);
      return chosen.some((code) => leaf.value.includes(code)) === (leaf.op === "includes");
    }
    if (leaf.value !== undefined) return String(given) === leaf.value;
    const limit = limitOf(leaf, facts);
    const number = asNumber(given);
    return limit === null || number === null ? null : COMPARE[leaf.op](number, Number(limit));
  }

  function givenTo(leaf, facts) {
    if (leaf.person === "age") return facts.age;
    if (leaf.person === "sex") return facts.sex || null;
    return isMissing(facts.answers, leaf.field) ? null : facts.answers[leaf.field];
  }

  function limitOf(leaf, facts) {
    if (!leaf.param) return leaf.number;
    const step = stepAt(facts, leaf.param);
    return step ? step.value : null;
  }

  function stepAt(facts, param) {
    const steps = facts.form.params[param];
    if (facts.age === null) return steps.length === 1 ? steps[0] : null;
    return steps.filter((step) => step.from <= facts.age).pop();
  }

  /* Dates are YYYY-MM-DD text throughout; the clock and its zone play no part. */
  function parts(day) {
    return day.split("-").map(Number);
  }

  function text(year, month, day) {
    return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  }

  function ageOn(birthDate, day) {
    if (!birthDate) return null;
    const [year, month, date] = parts(day);
    const [bornYear, bornMonth, bornDate] = parts(birthDate);
    return year - bornYear - (month < bornMonth || (month === bornMonth && date < bornDate) ? 1 : 0);
  }

  function addDays(day, days) {
    const [year, month, date] = parts(day);
    const moved = new Date(Date.UTC(year, month - 1, date + days));
    return text(moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate());
  }

  function addMonths(day, months) {
    const [year, month, date] = parts(day);
    const index = year * 12 + month - 1 + months;
    const lastDay = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
    return text(Math.floor(index / 12), (index % 12) + 1, Math.min(date, lastDay));
  }

  function daysBetween(from, to) {
    const utc = (day) => Date.UTC(parts(day)[0], parts(day)[1] - 1, parts(day)[2]);
    return Math.round((utc(to) - utc(from)) / 86400000);
  }

  function dueWindow(due, on) {
    if (!due) return { next_due_from: null, next_due_by: null, next_due_days: null };
    const end = due.days ? addDays(on, due.days) : addMonths(on, due.months);
    const start = due.from_days !== undefined ? addDays(on, due.from_days) : addMonths(on, due.from_months);
    return { next_due_from: start, next_due_by: end, next_due_days: daysBetween(on, end) };
  }

  function factsOf(form, answers, history, { on, birthDate, sex }) {
    const earlier = history.filter((past) => past.on < on).sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
    return { form, answers, age: ageOn(birthDate, on), sex, previous: lookingBack(form, earlier, { birthDate, sex }) };
  }

  function lookingBack(form, earlier, who) {
    return (name) => {
      for (const past of earlier) {
        const facts = factsOf(form, past.answers, [], { ...who, on: past.on });
        const truth = holds(finding(facts, name).when, facts);
        if (truth !== null) return { truth, on: past.on };
      }
      return { truth: null, on: null };
    };
  }

  function filled(sentence, values) {
    const fill = (language) =>
      sentence[language].replace(/\{(\w+)\}/g, (_, name) =>
        typeof values[name] === "object" ? values[name][language] : values[name],
      );
    return { zh: fill("zh"), en: fill("en") };
  }

  function leaves(condition) {
    const inner = condition.any || condition.all;
    return inner ? inner.flatMap(leaves) : [condition];
  }

  function trueLeaves(condition, facts) {
    if (holds(condition, facts) !== true) return [];
    const inner = condition.any || condition.all;
    if (inner) return inner.flatMap((part) => trueLeaves(part, facts));
    if (condition.finding) return trueLeaves(finding(facts, condition.finding).when, facts);
    return condition.field || condition.previous ? [condition] : [];
  }

  function reasonsFor(facts, outcome, action) {
    const named = leaves(outcome.when).map((leaf) => leaf.finding);
    const wanted = facts.form.findings
      .filter((one) => named.includes(one.name) || !one.good)
      .map((one) => [one.name, one.when]);
    const found = new Map();
    for (const [name, condition] of [...wanted, ["class", outcome.when], ["action", action.when]]) {
      for (const leaf of trueLeaves(condition, facts)) {
        const key = leaf.field || "previous." + leaf.previous;
        if (!found.has(key)) found.set(key, reason(name, leaf, facts));
      }
    }
    return [...found.values()];
  }

  function reason(name, leaf, facts) {
    if (leaf.previous) return before(leaf.previous, facts);
    const field = facts.form.fields[leaf.field];
    const words = Object.keys(field.options).length ? chosen(field, leaf, facts) : measured(field, leaf, facts);
    return { code: name + "." + leaf.field, ...words };
  }

  function before(name, facts) {
    const day = facts.previous(name).on;
    const [, month, date] = parts(day);
    const shown = { zh: `${month}月${date}日`, en: `${date} ${MONTHS[month - 1]}` };
    const words = filled(facts.form.sentences.previous, { day: shown, title: finding(facts, name).title });
    return { code: "previous." + name, ...words };
  }

  function measured(field, leaf, facts) {
    const number = asNumber(facts.answers[leaf.field]);
    const value = field.type === "decimal" ? number.toFixed(field.digits) : String(Math.trunc(number));
    const step = leaf.param ? stepAt(facts, leaf.param) : null;
    const say = (language, open, close) =>
      `${field.label[language]} ${value}${field.unit && field.unit[language] ? " " + field.unit[language] : ""} ` +
      `${facts.form.signs[leaf.op]} ${limitOf(leaf, facts)}` +
      (step && step.note ? open + step.note[language] + close : "");
    return { zh: say("zh", "（", "）"), en: say("en", " (", ")") };
  }

  function chosen(field, leaf, facts) {
    const given = facts.answers[leaf.field];
    const codes = (Array.isArray(given) ? given : [given]).map(String);
    const told = codes.filter((code) => leaf.op !== "includes" || leaf.value.includes(code));
    const labels = told.map((code) => field.options[code]).filter(Boolean);
    const say = (language, colon, comma) =>
      field.label[language] + colon + labels.map((label) => label[language]).join(comma);
    return { zh: say("zh", "：", "、"), en: say("en", ": ", ", ") };
  }

  function missingReasons(facts) {
    const { needs, fields, sentences } = facts.form;
    const found = needs
      .filter((code) => isMissing(facts.answers, code))
      .map((code) => ({ code: "missing." + code, ...filled(sentences.missing, { label: fields[code].label }) }));
    return found.length || facts.age !== null ? found : [{ code: "missing.birth_date", ...sentences.birth }];
  }

  function controlled(facts) {
    return facts.form.controlled ? holds(facts.form.controlled, facts) : null;
  }

  const EMPTY = {
    cls: "", assessable: false, reasons: [], referral: false, urgent: false, controlled: null, secondary: false,
    action: "", advice: { zh: "", en: "" }, next_due_from: null, next_due_by: null, next_due_days: null,
  };

  function nobodyMet(form, facts, on) {
    const nobody = { code: "absent", ...form.sentences.absent };
    const action = form.absences.find((one) => holds(one.when, facts) === true);
    if (!action) return { ...EMPTY, reasons: [nobody] };
    const why = trueLeaves(action.when, facts).map((leaf) => reason(action.code, leaf, facts));
    return { ...EMPTY, reasons: [nobody, ...why], action: action.code, advice: action.advice, ...dueWindow(action.due, on) };
  }

  /* form: browser_rules(); answers: {code: value}; history: [{on, answers}]; who: on and birthDate (YYYY-MM-DD), sex. */
  function assess(form, answers, history, who) {
    const on = who.on;
    const facts = factsOf(form, answers, history, who);
    if (form.absent && holds(form.absent, facts) === true) return nobodyMet(form, facts, on);
    const outcome = form.classes.find((one) => holds(one.when, facts) === true);
    const action = outcome && form.actions.find((one) => holds(one.when, facts) === true);
    if (!action) {
      const { advice, due } = form.unassessable;
      return { ...EMPTY, reasons: missingReasons(facts), controlled: controlled(facts), advice, ...dueWindow(due, on) };
    }
    const flagged = action.secondary ? [{ code: "secondary", ...form.sentences.secondary }] : [];
    return {
      cls: outcome.code,
      assessable: true,
      reasons: [...reasonsFor(facts, outcome, action), ...flagged],
      referral: action.referral,
      urgent: action.urgent,
      controlled: controlled(facts),
      secondary: action.secondary,
      action: action.code,
      advice: action.advice,
      ...dueWindow(action.due, on),
    };
  }

  function shown(form, code, answers, who) {
    const show = form.fields[code] && form.fields[code].show;
    return !show || holds(show, factsOf(form, answers, [], who)) === true;
  }

  /* --- what follows from the answers: body mass index, totals and their classes ------------------------ */

  function massIndex(weight, height) {
    if (!weight || !height) return null;
    return (Math.round((Number(weight) / (Number(height) / 100) ** 2) * 10) / 10).toFixed(1);
  }

  function pointsOf(field, value, turned) {
    if (isMissing({ value }, "value")) return null;
    if (Object.keys(field.options).length) {
      const points = field.points?.[value] ?? null;
      return turned && points !== null ? otherEnd(field, points) : points;
    }
    const number = asNumber(value);
    return number === null ? null : Math.trunc(number);
  }

  /* Counted from the other end of the table: 1 of 1 to 5 becomes 5. */
  function otherEnd(field, points) {
    const scale = Object.values(field.points);
    return Math.min(...scale) + Math.max(...scale) - points;
  }

  function total(form, field, answers) {
    const turned = field.reversed || [];
    const parts = field.adds.map((code) => pointsOf(form.fields[code], answers[code], turned.includes(code)));
    return parts.includes(null) ? null : parts.reduce((sum, part) => sum + part, 0);
  }

  function band(form, field, answers) {
    const score = total(form, field, answers);
    if (score === null) return null;
    const reached = field.bands.filter(([, from]) => score >= from).pop();
    return reached ? reached[0] : null;
  }

  function decided(form, field, answers) {
    if (field.adds.some((code) => isMissing(answers, code))) return null;
    const facts = factsOf(form, answers, [], { on: "", birthDate: null, sex: "" });
    const found = field.decides.find(([, when]) => holds(when, facts) === true);
    return found ? found[0] : null;
  }

  /* Cut, not rounded: 899 of 1000 is below 90. Whole numbers of doses stay exact. */
  function percent(form, field, answers) {
    const [part, whole] = field.adds.map((code) => asNumber(answers[code]));
    if (part === null || whole === null || whole <= 0 || part < 0 || part > whole) return null;
    const scale = 10 ** field.digits;
    return Math.floor((part * 100 * scale) / whole) / scale;
  }

  const COMPUTED = {
    bmi: (form, field, answers) => massIndex(answers[field.targetOf ? "weight_target" : "weight"], answers.height),
    total,
    band,
    decided,
    percent,
    days: (form, field, answers) => {
      const [first, last] = field.adds.map((code) => answers[code]);
      const given = [first, last].every((day) => /^\d{4}-\d{2}-\d{2}$/.test(day || ""));
      return given && first <= last ? daysBetween(first, last) : null;
    },
  };

  /* The answers with what follows from them; a part that is missing leaves a total open. */
  function compute(form, answers) {
    const found = { ...answers };
    for (const [code, field] of Object.entries(form.fields)) {
      if (!field.computed) continue;
      const value = COMPUTED[field.computed](form, field, found);
      if (value !== null) found[code] = value;
      else if (field.adds.length) delete found[code];
    }
    return found;
  }

  /* --- what must be filled in ------------------------------------------------------------------------------ */

  function needed(form, code, answers, who) {
    const when = form.fields[code].required;
    return when === true || Boolean(when && holds(when, factsOf(form, answers, [], who)));
  }

  function nobodySeen(form, answers, who) {
    return Boolean(form.absent && holds(form.absent, factsOf(form, answers, [], who)));
  }

  window.healthaidAssess = { assess, compute, needed, absent: nobodySeen, shown, addDays, addMonths, daysBetween };
})();
