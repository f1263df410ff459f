/* Dates as they are known: days, months or years, and what follows from them for one day. */

/**
 * Give the last day that an EDTF date can mean; it has begun for certain only then.
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
 * Give the changes of status that are dated, in the order in which they had come about for certain.
 * @param {Record<string, string>} dates
 * @param {Record<string, string>} reached the status that each event brings, in the order of the life of an agreement
 */
function changes(dates, reached) {
  const events = Object.keys(dates);
  if (!events.length) return [];
  return Object.keys(reached)
    .filter((event) => dates[event] && lastDay(dates[event]))
    .map((event) => ({ day: lastDay(dates[event]), status: reached[event] }))
    .sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
}

/**
 * Give the status of an agreement on a day, or nothing if none is known to have begun by then.
 * @param {{changes: {day: string, status: string}[]}} agreement
 * @param {string} day
 */
function standing({ changes: known }, day) {
  let status;
  for (const change of known) if (change.day <= day) status = change.status;
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
