/* The table: everything that is shown, for the keyboard, for screen readers, and for print. */

const COLUMNS = ["agreement", "kind", "status", "parties", "dates", "certainty", "sources"];
const PAGE = 250;

class Table {
  /**
   * @param {HTMLElement} place
   * @param {Data} data
   * @param {(change: Partial<State>) => void} change
   */
  constructor(place, data, change) {
    this.place = place;
    this.data = data;
    this.change = change;
    this.sorted = "kind";
    this.down = false;
    /** @type {Set<string>} */ this.visible = new Set();
    this.shown = "";
    this.most = PAGE;
    /** @type {State | null} */ this.state = null;
  }

  /**
   * Build it anew if it has changed.
   * @param {Set<string>} visible
   * @param {State} state
   * @param {boolean} [whole] all rows, not those of one page
   */
  refresh(visible, state, whole = false) {
    if (whole) this.most = Infinity;
    const lang = state.lang;
    const wanted = [lang, currentPaint().paper, this.sorted, this.down, this.most, state.day, ...visible].join(" ");
    if (wanted === this.shown) return;
    this.shown = wanted;
    this.visible = visible;
    this.state = state;
    const agreements = this.data.agreements.filter(({ id }) => visible.has(id));
    const keys = new Map(agreements.map((agreement) => [agreement.id, this.key(agreement)]));
    const way = this.down ? -1 : 1;
    agreements.sort((one, other) => {
      const [a, b] = [keys.get(one.id), keys.get(other.id)];
      if (typeof a === "number" && typeof b === "number") return way * (a - b) || (one.id < other.id ? -1 : 1);
      return way * String(a).localeCompare(String(b), language.lang) || (one.id < other.id ? -1 : 1);
    });
    this.place.replaceChildren(make("table", {}, make("caption", { text: say(agreements.length ? "caption" : "empty") }),
      make("thead", {}, make("tr", {}, ...COLUMNS.map((column) => this.head(column)))),
      make("tbody", {}, ...agreements.slice(0, this.most).map((agreement) => this.line(agreement)))),
    ...(agreements.length > this.most ? [this.moreRows(agreements.length)] : []));
  }

  /** Offer the rest of the rows. @param {number} count */
  moreRows(count) {
    const more = () => {
      this.most += 4 * PAGE;
      this.again();
    };
    return make("button", { class: "action more-rows", type: "button", text: `${say("moreRows")} (${number(this.most)} ${say("of")} ${number(count)})`, on: { click: more } });
  }

  again() {
    if (this.state) this.refresh(this.visible, this.state);
  }

  /** @param {Agreement} agreement @returns {string | number} */
  key(agreement) {
    const place = (/** @type {{id: string}[]} */ terms, /** @type {string} */ id) => terms.findIndex((term) => term.id === id);
    return {
      agreement: label(agreement), kind: place(this.data.kinds, agreement.kind), status: place(this.data.statuses, agreement.now),
      parties: this.partyNames(agreement).join(" "), dates: Object.values(agreement.dates).sort()[0] || "9999",
      certainty: place(this.data.certainties, agreement.certainty), sources: agreement.documents.length,
    }[this.sorted] ?? "";
  }

  /** @param {Agreement} agreement */
  partyNames(agreement) {
    const roles = agreement.parties.map(([actor, role]) =>
      label(this.data.actor(actor), 80) + (role === "party" ? "" : ` (${label(this.data.term.get(`role ${role}`) || { id: role })})`));
    return agreement.organization ? [...roles, label(this.data.actor(agreement.organization), 80)] : roles;
  }

  /** @param {string} column */
  head(column) {
    const here = this.sorted === column;
    const sort = () => {
      this.down = here && !this.down;
      this.sorted = column;
      this.again();
      /** @type {HTMLElement | null} */ (this.place.querySelector(`th[data-column="${column}"] button`))?.focus();
    };
    return make("th", { scope: "col", "data-column": column, "aria-sort": here ? (this.down ? "descending" : "ascending") : "none" },
      make("button", { type: "button", text: say(column), title: `${say("sortBy")} ${say(column)}`, on: { click: sort } }));
  }

  /** @param {Agreement} agreement */
  line(agreement) {
    const kind = this.data.kind.get(agreement.kind);
    const status = this.data.status.get(agreement.now);
    const open = () => this.change({ selected: { type: "agreement", id: agreement.id } });
    const dates = Object.entries(agreement.dates).map(([event, date]) => `${label(this.data.term.get(`date ${event}`) || { id: event })}: ${day(date)}`);
    const parties = this.partyNames(agreement);
    return make("tr", { "data-agreement": agreement.id },
      make("th", { scope: "row" }, make("button", { class: "link", type: "button", dir: "auto", text: label(agreement, 160), on: { click: open } }),
        agreement.contested ? make("span", { class: "chip warn" }, doubtSwatch(), say("contested")) : null),
      make("td", {}, make("span", { class: "with" }, kind ? kindSwatch(kind, currentPaint()) : null, label(kind || { id: agreement.kind }))),
      make("td", {}, make("span", { class: "with" }, status ? statusSwatch(status) : null, label(status || { id: agreement.now }))),
      make("td", {}, ...between(parties.map((name) => isolate(name)), language.lang === "ar" ? "، " : ", ")),
      make("td", {}, ...dates.map((date) => make("span", { class: "item", text: date }))),
      make("td", { text: label(this.data.term.get(agreement.certainty) || { id: agreement.certainty }) }),
      make("td", {}, ...agreement.documents.map((name) => {
        const source = this.data.source.get(name);
        return make("span", { class: "item", dir: "auto", text: clean(source ? sourceTitle(source) : name, 90) });
      })));
  }
}
