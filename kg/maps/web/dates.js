/* Dates as they are known: days, months or years, and what follows from them for one day. */

/**
 * Give the last day that an EDTF date can mean.
 * @param {string} edtf
 */
function lastDay(edtf) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(edtf.split("/").pop() || "");
  if (!found) return "";
  const [, year, month, day] = found;
  if (day) return `${year}-${month}-${day}`;
  if (!month) return `${year}-12-31`;
  return `${year}-${month}-${String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()).padStart(2, "0")}`;
}

/**
 * @typedef {{from: string, until: string, status: string}} Period days: the first on which a status held for certain, and
 *   the first on which it no longer did, empty where none is known
 */

/**
 * Read the periods of an agreement, in the order of time.
 * @param {string} text `2024-09-11/2025-01-31=signed 2025-01-31/=in-force`
 * @returns {Period[]}
 */
function readPeriods(text) {
  return pairs(text, "").map(([days, status]) => {
    const [from, until] = days.split("/");
    return { from, until, status };
  });
}

/**
 * Give the status of an agreement on a day, or nothing if none is known to have held.
 * @param {{periods: Period[]}} agreement
 * @param {string} day
 */
function standing({ periods }, day) {
  let status;
  for (const period of periods) if (period.from <= day && day < (period.until || "9999")) status = period.status;
  return status;
}

/**
 * Write an EDTF date (`2024-09-11`, `2024-09`, `2024`) for readers, no more precise than it is.
 * @param {string | null | undefined} edtf
 */
function day(edtf) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(edtf || "");
  if (!found) return clean(edtf);
  if (!found[2]) return found[1];
  const date = new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3] || 1)));
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: "numeric", month: "long", timeZone: "UTC", calendar: "gregory" };
  if (found[3]) parts.day = "numeric";
  return kept(`day ${locale()} ${Boolean(found[3])}`, () => new Intl.DateTimeFormat(locale(), parts)).format(date);
}
