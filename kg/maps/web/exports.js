/* Out of the page: what is shown, as Turtle, CSV, PNG and SVG. */

const WIDE = 1600;
const HIGH = 1000;

/** Write a cell as RFC 4180 asks; a text that a spreadsheet would run begins with an apostrophe. @param {unknown} value */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Write agreements as a table, one a row; several values are joined by `;`.
 * @param {Agreement[]} agreements
 */
function csv(agreements) {
  const events = distinct(agreements.flatMap(({ dates }) => Object.keys(dates))).sort();
  const head = ["id", "kind", "label_ar", "label_en", "parties", "organization", "status", "certainty", "contested",
    ...events.map((event) => `date_${event.replaceAll("-", "_")}`), "provisions", "sectors", "documents", "claims", "quotes"];
  const rows = agreements.map((one) => [one.id, one.kind, one.ar, one.en, one.parties.map((pair) => pair.join(":")).join(";"), one.organization, one.status,
    one.certainty, one.contested, ...events.map((event) => one.dates[event]), one.provisions.join(";"), one.sectors.join(";"), one.documents.join(";"),
    one.claims.map(({ id }) => id).join(";"), one.claims.flatMap(({ quotes }) => quotes).join(" … ")]);
  return [head, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
}

class Exports {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
  }

  /** Give the agreements that are shown. */
  agreements() {
    const visible = this.app.shown;
    return this.app.data.agreements.filter(({ id }) => visible.has(id));
  }

  /** @param {string} form */
  async save(form) {
    const { data } = this.app;
    /** @type {Record<string, () => Blob | Promise<Blob>>} */
    const made = {
      ttl: () => new Blob([new Turtle(data).write(this.agreements())], { type: "text/turtle" }),
      csv: () => new Blob(["\ufeff", csv(this.agreements())], { type: "text/csv" }),
      svg: () => new Blob([this.svg()], { type: "image/svg+xml" }),
      png: () => this.png(),
    };
    const link = /** @type {HTMLAnchorElement} */ (make("a", { download: `alliances.${form}` }));
    link.href = URL.createObjectURL(await made[form]());
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  size() {
    return this.app.scene.upright() ? [HIGH, WIDE] : [WIDE, HIGH];
  }

  svg() {
    const [width, height] = this.size();
    const surface = new Svg(width, height);
    this.app.scene.picture.whole(surface, width, height);
    return String(surface);
  }

  /** @returns {Promise<Blob>} */
  png() {
    const [width, height] = this.size();
    const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { width: width * 2, height: height * 2 }));
    this.app.scene.picture.whole(/** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")), width, height, 2);
    return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
  }
}
