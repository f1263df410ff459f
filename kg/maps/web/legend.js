/* The legend, which is the filter too: each row shows how a thing is drawn and turns it on or off. */

/**
 * @typedef {{group: keyof Off, id: string, title: string, swatch: Node | null, count: number}} Row
 */

class Legend {
  /**
   * @param {HTMLElement} place
   * @param {Data} data
   * @param {Groups} groups
   * @param {(change: Partial<State>) => void} change
   */
  constructor(place, data, groups, change) {
    this.groups = groups;
    this.place = place;
    this.data = data;
    this.change = change;
    /** @type {State | null} */ this.state = null;
    /** @type {Map<string, HTMLInputElement>} */ this.boxes = new Map();
    /** @type {HTMLElement | null} */ this.chips = null;
  }

  /** Build it anew: at the start, and when the language or the light changes. @param {State} state */
  build(state) {
    this.state = state;
    this.boxes.clear();
    const opened = new Set([...this.place.querySelectorAll("details[open]")].map((element) => element.id));
    const paint = currentPaint();
    this.place.replaceChildren(
      this.group("kind", "kinds", this.termRows("kind", this.data.kinds, (kind) => kindSwatch(kind, paint))),
      this.group("status", "statuses", this.termRows("status", this.data.statuses, statusSwatch)),
      this.actorKey(),
      this.who(),
      this.group("certainty", "certainties", this.termRows("certainty", this.data.certainties, () => null), opened),
      this.group("document", "documents", this.sourceRows(), opened),
      this.more(state, opened),
      make("button", { class: "reset quiet", type: "button", text: say("reset"), on: { click: () => this.clear() } }),
    );
    this.refresh(state);
  }

  clear() {
    this.change({ ...freshFilters(), path: null });
  }

  /** Count the agreements of each value, once. @param {keyof Off} group */
  counts(group) {
    /** @type {Map<string, number>} */ const found = new Map();
    for (const agreement of this.data.agreements) {
      for (const value of group === "document" ? agreement.documents : [agreement[group]]) found.set(value, (found.get(value) || 0) + 1);
    }
    return found;
  }

  /**
   * @param {"kind" | "status" | "certainty"} group
   * @param {Term[]} terms
   * @param {(term: any) => Node | null} swatch
   * @returns {Row[]}
   */
  termRows(group, terms, swatch) {
    const counts = this.counts(group);
    const used = new Set([...counts.keys(), ...(group === "status" ? this.data.agreements.flatMap((one) => one.periods.map(({ status }) => status)) : [])]);
    return terms.filter(({ id }) => used.has(id))
      .map((term) => ({ group, id: term.id, title: label(term), swatch: swatch(term), count: counts.get(term.id) || 0 }));
  }

  /** @returns {Row[]} */
  sourceRows() {
    const counts = this.counts("document");
    return this.data.sources.filter(({ name }) => counts.has(name))
      .map((source) => ({ group: "document", id: source.name, title: sourceTitle(source), swatch: null, count: counts.get(source.name) || 0 }));
  }

  /**
   * @param {keyof Off} group
   * @param {string} title
   * @param {Row[]} rows
   * @param {Set<string>} [opened] makes a group that starts closed
   */
  group(group, title, rows, opened) {
    const ids = rows.map(({ id }) => id);
    const set = (/** @type {string[]} */ off) => this.switchOff(group, off);
    const tools = make("span", { class: "tools" },
      make("button", { class: "quiet", type: "button", text: say("all"), "aria-label": `${say(title)}: ${say("all")}`, on: { click: () => set([]) } }),
      make("button", { class: "quiet", type: "button", text: say("none"), "aria-label": `${say(title)}: ${say("none")}`, on: { click: () => set(ids) } }));
    const list = make("ul", { class: `rows rows-${group}` }, ...rows.map((row) => this.item(row, ids)));
    if (!opened) return make("section", { class: "group", role: "group", "aria-label": say(title) }, make("h2", {}, say(title), tools), list);
    return make("details", { class: "group", id: `group-${group}`, open: opened.has(`group-${group}`) },
      make("summary", {}, make("span", { text: say(title) })), tools, list);
  }

  /** @param {Row} row @param {string[]} ids */
  item(row, ids) {
    const box = /** @type {HTMLInputElement} */ (make("input", {
      type: "checkbox", "data-group": row.group, "data-id": row.id, on: { change: (event) => this.toggle(row, event.target.checked) },
    }));
    this.boxes.set(`${row.group} ${row.id}`, box);
    const only = () => this.switchOff(row.group, ids.filter((id) => id !== row.id));
    return make("li", {},
      make("label", {}, box, row.swatch, make("span", { class: "name", dir: "auto", text: clean(row.title, 120) }), make("span", { class: "count", text: number(row.count) })),
      make("button", { class: "only quiet", type: "button", text: say("only"), "aria-label": `${row.title}: ${say("only")}`, on: { click: only } }));
  }

  /** @param {Row} row @param {boolean} on */
  toggle(row, on) {
    const off = new Set(this.state?.off[row.group]);
    if (on) off.delete(row.id);
    else off.add(row.id);
    this.switchOff(row.group, [...off]);
  }

  /** @param {keyof Off} group @param {string[]} ids */
  switchOff(group, ids) {
    const state = /** @type {State} */ (this.state);
    this.change({ off: { ...state.off, [group]: new Set(ids) } });
  }

  /** Show what the shapes of nodes mean. */
  actorKey() {
    const types = ["state", "organization", "group", "company", "other", "agreement"]
      .filter((type) => this.data.nodes.some((node) => node.type === type));
    return make("section", { class: "group key", "aria-label": say("nodes") }, make("h2", { text: say("nodes") }),
      make("ul", { class: "rows shapes" }, ...types.map((type) =>
        make("li", {}, shapeSwatch(type), make("span", { class: "name", text: say(`type${type[0].toUpperCase()}${type.slice(1)}`) })))));
  }

  /** Show only what certain actors are in. */
  who() {
    const choose = (/** @type {string} */ id) => this.change({ actors: distinct([...(this.state?.actors || []), id]) });
    this.chips = make("ul", { class: "chips chosen", id: "chosen" });
    return make("section", { class: "group", "aria-label": say("who") }, make("h2", { text: say("who") }),
      actorFinder(this.data, say("whoBox"), choose, ({ type }) => type !== "agreement"), this.chips);
  }

  /** @param {State} state @param {Set<string>} opened */
  more(state, opened) {
    let most = 1;
    for (const agreement of this.data.agreements) most = Math.max(most, agreement.witnesses);
    const ways = this.groups.ways();
    const named = (/** @type {string} */ stem, /** @type {string} */ name) => say(`${stem}${name[0].toUpperCase()}${name.slice(1)}`);
    const witnesses = make("input", { type: "range", id: "witnesses", min: 1, max: most, value: state.witnesses, on: { input: (event) => this.change({ witnesses: Number(event.target.value) }) } });
    const choice = (/** @type {string} */ id, /** @type {string} */ stem, /** @type {string[]} */ names, /** @type {(name: string) => void} */ choose) =>
      make("select", { id, on: { change: (event) => choose(event.target.value) } }, ...names.map((name) => make("option", { value: name, text: named(stem, name) })));
    return make("details", { class: "group", id: "group-more", open: opened.has("group-more") || !opened.size },
      make("summary", {}, make("span", { text: say("more") })),
      this.flag("contested", "contestedOnly", doubtSwatch()),
      this.data.agreements.some(({ organization }) => organization) ? this.flag("hulls", "hulls", null) : null,
      most > 1 ? make("label", { class: "field" }, make("span", { text: say("witnesses") }), witnesses, make("output", { id: "witnesses-shown" })) : null,
      make("label", { class: "field" }, make("span", { text: say("size") }), choice("size", "size", SIZES, (size) => this.change({ size }))),
      ways.length > 1 ? make("label", { class: "field" }, make("span", { text: say("group") }), choice("group", "group", ways, (group) => this.change({ group, open: [], selected: null }))) : null);
  }

  /** @param {"contested" | "hulls"} name @param {string} title @param {Node | null} swatch */
  flag(name, title, swatch) {
    const box = make("input", { type: "checkbox", id: name, on: { change: (event) => this.change({ [name]: event.target.checked }) } });
    return make("label", { class: "switch" }, box, swatch, make("span", { class: "name", text: say(title) }));
  }

  /** @param {State} state */
  refresh(state) {
    this.state = state;
    for (const [key, box] of this.boxes) {
      const [group, ...id] = key.split(" ");
      box.checked = !state.off[/** @type {keyof Off} */ (group)].has(id.join(" "));
    }
    const find = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
    for (const name of /** @type {("contested" | "hulls")[]} */ (["contested", "hulls"])) if (find(name)) find(name).checked = state[name];
    for (const name of /** @type {("size" | "group" | "witnesses")[]} */ (["size", "group", "witnesses"])) if (find(name)) find(name).value = String(state[name]);
    if (find("witnesses-shown")) find("witnesses-shown").textContent = number(state.witnesses);
    this.chips?.replaceChildren(...state.actors.map((id) => this.chip(id)));
  }

  /** @param {string} id */
  chip(id) {
    const name = label(this.data.actor(id), 60);
    const drop = () => this.change({ actors: (this.state?.actors || []).filter((one) => one !== id) });
    return make("li", { class: "chip" }, isolate(name), make("button", { type: "button", text: "×", "aria-label": `${say("remove")} ${name}`, on: { click: drop } }));
  }
}

/** @param {Kind} kind @param {Paint} paint */
function kindSwatch(kind, paint) {
  const color = rgb(legible(kind.color, paint));
  const sign = kind.glyph
    ? draw("path", { d: kind.glyph, fill: "none", stroke: color, "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round", transform: "translate(12.2 2.7) scale(.66)" })
    : draw("rect", { x: 16, y: 6.5, width: 3, height: 3, fill: color });
  return draw("svg", { class: "swatch", viewBox: "0 0 35 16", width: 35, height: 16, "aria-hidden": "true" },
    draw("path", { d: "M1 8h33", stroke: color, "stroke-width": 2.2, "stroke-linecap": "round" }),
    draw("circle", { cx: 17.5, cy: 8, r: 7, class: "disc", stroke: color, "stroke-width": 1.1 }), sign);
}

/** @param {Status} status */
function statusSwatch(status) {
  const dash = status.dash.length ? status.dash : DASHES[status.line] || [];
  const marks = status.line === "crossed" ? [draw("path", { d: "M14.3 4.8l6.4 6.4M20.7 4.8l-6.4 6.4", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round" })] : [];
  return draw("svg", { class: "swatch", viewBox: "0 0 35 16", width: 35, height: 16, "aria-hidden": "true" },
    draw("path", { d: "M1 8h33", stroke: "currentColor", "stroke-width": status.width + 0.2, "stroke-dasharray": dash.join(" ") || "none", opacity: status.active ? 1 : 0.7 }), ...marks);
}

/** @param {string} type */
function shapeSwatch(type) {
  const d = {
    organization: "M4 1.5h8a2.5 2.5 0 0 1 2.5 2.5v8a2.5 2.5 0 0 1-2.5 2.5H4A2.5 2.5 0 0 1 1.5 12V4A2.5 2.5 0 0 1 4 1.5Z",
    group: "M8 .8L15.2 8 8 15.2.8 8Z", company: "M8 1l6.1 3.5v7L8 15l-6.1-3.5v-7Z",
  }[type] || "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12Z";
  return draw("svg", { class: `shape ${type}`, viewBox: "0 0 16 16", width: 13, height: 13, "aria-hidden": "true" }, draw("path", { d }));
}

function doubtSwatch() {
  return draw("svg", { class: "doubt", viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true" },
    draw("circle", { cx: 8, cy: 8, r: 7.5 }), draw("path", { d: "M4.6 6.4h6.8M4.6 9.6h6.8M9.9 3.8L6.1 12.2" }));
}

/** @param {Source} source */
function sourceTitle(source) {
  return source.title || source.name || say("noTitle");
}
