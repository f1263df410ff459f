/* What is chosen, and everything that follows from it. */

class App {
  constructor() {
    const page = readJson("alliance-data");
    const graph = readJson("alliance-graph");
    language.strings = page.strings;
    this.data = new Data(page, graph);
    /** @type {State} */
    this.state = {
      lang: page.lang, theme: "auto", view: "network", contested: false, witnesses: 1, focus: null, path: null,
      size: "agreements", selected: null,
      off: { kind: new Set(), status: new Set(), certainty: new Set(), document: new Set() },
      ...readFragment(location.hash, this.data),
    };
    this.open = false;
    /** @type {HTMLElement | null} */ this.origin = null;
    this.change = this.change.bind(this);
    this.legend = new Legend(byName("legend-body"), this.data, this.change);
    this.panel = new Panel(byName("panel"), this.data, this.change);
    this.table = new Table(byName("table"), this.data, this.change);
    this.finder = new Finder(this.data, (found) => this.choose(found.type, found.id));
    this.speak();
    this.scene = new Scene(byName("canvas"), this.data, graph.options, {
      node: (id) => this.change({ selected: id ? { type: "node", id } : null, path: null }),
      agreement: (id) => this.change({ selected: { type: "agreement", id } }),
      hover: (thing, at) => this.hover(thing, at),
    });
    this.listen();
    this.refresh();
    this.scene.fit(true, this.state.selected ? [...this.scene.litNodes] : undefined);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.relight());
    document.documentElement.dataset.ready = "true";
  }

  listen() {
    const press = (/** @type {string} */ name, /** @type {() => void} */ action) => byName(name).addEventListener("click", action);
    for (const view of ["network", "world", "table"]) press(`view-${view}`, () => this.change({ view }));
    press("language", () => this.change({ lang: this.state.lang === "ar" ? "en" : "ar" }));
    press("theme", () => this.change({ theme: isDark(this.state.theme) ? "light" : "dark" }));
    press("print", () => print());
    byName("skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.change({ view: "table" });
      byName("table").focus();
    });
    const fill = () => this.table.refresh(this.visible(), this.state.lang);
    addEventListener("beforeprint", fill);
    matchMedia("print").addEventListener("change", fill);
    press("filters", () => this.drawer());
    press("legend-close", () => this.drawer(false));
    press("zoom-in", () => this.scene.zoom(1.4));
    press("zoom-out", () => this.scene.zoom(1 / 1.4));
    press("fit", () => this.scene.fit());
    addEventListener("hashchange", () => this.change(readFragment(location.hash, this.data)));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.change({ selected: null, path: null }), this.drawer(false);
    });
  }

  /** @param {boolean} [open] */
  drawer(open = !document.body.classList.contains("drawer")) {
    document.body.classList.toggle("drawer", open);
    byName("filters").setAttribute("aria-expanded", String(open));
  }

  /**
   * Change what is chosen and show it.
   * @param {Partial<State>} change
   */
  change(change) {
    const before = this.state;
    this.state = { ...before, ...change };
    if (before.lang !== this.state.lang) this.speak();
    if (before.theme !== this.state.theme) this.relight();
    this.refresh();
    if (before.focus !== this.state.focus) this.scene.fit();
    if (change.selected !== undefined) this.attend(before.selected === null);
  }

  /** Lead the keyboard into the panel, and back to where it came from. @param {boolean} opened */
  attend(opened) {
    const panel = byName("panel");
    const here = document.activeElement;
    if (this.state.selected === null) {
      if (this.origin?.isConnected && (here === document.body || here === panel)) this.origin.focus();
      this.origin = null;
    } else if (here instanceof HTMLElement && !byName("stage").contains(here)) {
      if (opened) this.origin = here === document.body ? null : here;
      panel.focus({ preventScroll: true });
    }
  }

  /** @param {"node" | "agreement"} type @param {string} id */
  choose(type, id) {
    this.change({ selected: { type, id } });
    this.scene.fit(false, [...this.scene.litNodes]);
  }

  refresh() {
    const { state, data } = this;
    const visible = this.visible();
    const lit = new Set(this.lit(visible));
    document.body.dataset.view = state.view;
    for (const view of ["network", "world", "table"]) byName(`view-${view}`).setAttribute("aria-pressed", String(view === state.view));
    byName("shown").textContent = `${say("shown")}: ${number(visible.size)} ${say("of")} ${number(data.agreements.length)}`;
    byName("empty").hidden = visible.size > 0;
    this.legend.refresh(state);
    this.panel.refresh(state, visible);
    const open = !byName("panel").hidden;
    const moved = document.body.classList.toggle("open", open) !== this.open;
    this.open = open;
    if (state.view === "table") this.table.refresh(visible, state.lang);
    this.scene.refresh(state, visible, lit);
    if (moved) this.scene.settle();
    writeFragment(state, data);
  }

  /** Give the ids of the agreements that meet the conditions. */
  visible() {
    return new Set(this.data.agreements.filter((agreement) => this.data.shows(agreement, this.state)).map(({ id }) => id));
  }

  /** Give the agreements that stand out. @param {Set<string>} visible */
  lit(visible) {
    const { selected, path } = this.state;
    if (!selected) return [];
    if (selected.type === "agreement") return [selected.id];
    const steps = path ? this.data.path(selected.id, path, visible) : null;
    if (steps) return steps.map(({ agreement }) => agreement.id);
    return this.data.agreementsOf(selected.id).map(({ id }) => id).filter((id) => visible.has(id));
  }

  /** Put the interface into the current language. */
  speak() {
    language.lang = this.state.lang;
    const root = document.documentElement;
    root.lang = this.state.lang;
    root.dir = this.state.lang === "ar" ? "rtl" : "ltr";
    for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.getAttribute("data-say") || "");
    for (const element of document.querySelectorAll("[data-title]")) {
      const text = say(element.getAttribute("data-title") || "");
      element.setAttribute("aria-label", text);
      if (element.tagName === "BUTTON") element.setAttribute("title", text);
    }
    const search = byName("search");
    search.setAttribute("placeholder", say("search"));
    search.setAttribute("aria-label", say("search"));
    byName("language").lang = this.state.lang === "ar" ? "en" : "ar";
    const title = this.data.title ? clean(this.data.title, 120) : say("title");
    byName("title").textContent = document.title = title;
    this.counts();
    this.legend.build(this.state);
  }

  counts() {
    const { data } = this;
    const actors = data.nodes.filter((node) => node.type !== "agreement").length;
    const parts = [["agreementCount", data.agreements.length], ["actorCount", actors], ["claimCount", data.claim.size], ["documentCount", data.sources.length]];
    byName("counts").replaceChildren(...parts.map(([key, value]) => make("span", {}, make("b", { text: number(Number(value)) }), " ", say(String(key)))));
  }

  /** Follow a change of light. */
  relight() {
    if (this.state.theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = this.state.theme;
    this.legend.build(this.state);
    if (this.scene) this.refresh();
  }

  /** @param {{type: "node" | "agreement", id: string} | null} thing @param {{x: number, y: number}} [at] */
  hover(thing, at) {
    const tip = byName("tip");
    tip.hidden = !thing || !at;
    if (!thing || !at) return;
    const agreement = this.data.agreement.get(thing.id);
    const lines = agreement
      ? [label(agreement, 160), `${label(this.data.kind.get(agreement.kind))} · ${label(this.data.status.get(agreement.status))}`]
      : [label(this.data.node.get(thing.id), 160), `${say("agreements")}: ${number(this.data.node.get(thing.id)?.agreements || 0)}`];
    tip.replaceChildren(make("b", { dir: "auto", text: lines[0] }), make("span", { text: lines[1] }));
    const width = byName("stage").clientWidth;
    tip.style.left = `${Math.max(8, Math.min(at.x + 14, width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${at.y + 16}px`;
  }
}

/** The search box: a combobox by the pattern of WAI-ARIA. */
class Finder {
  /** @param {Data} data @param {(found: {type: "node" | "agreement", id: string}) => void} choose */
  constructor(data, choose) {
    this.data = data;
    this.choose = choose;
    this.box = /** @type {HTMLInputElement} */ (byName("search"));
    this.list = byName("found");
    /** @type {{type: "node" | "agreement", id: string, thing: any}[]} */ this.found = [];
    this.at = -1;
    this.box.addEventListener("input", () => this.look());
    this.box.addEventListener("focus", () => this.look());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.show([]));
  }

  look() {
    this.at = -1;
    this.show(this.data.search(this.box.value), Boolean(fold(this.box.value)));
  }

  /** @param {{type: "node" | "agreement", id: string, thing: any}[]} found @param {boolean} [asked] */
  show(found, asked = false) {
    this.found = found;
    this.list.hidden = !asked;
    this.box.setAttribute("aria-expanded", String(asked));
    const lines = found.map((one, at) => make("li", {
      role: "option", id: `found-${at}`, "aria-selected": String(at === this.at), "data-id": one.id,
      on: { mousedown: (event) => event.preventDefault(), click: () => this.take(at) },
    }, one.type === "node" ? shapeSwatch(one.thing.type) : this.sign(one.thing), isolate(label(one.thing, 90))));
    this.list.replaceChildren(...(lines.length || !asked ? lines : [make("li", { class: "aside", text: say("nothing") })]));
    if (this.at >= 0) this.box.setAttribute("aria-activedescendant", `found-${this.at}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {Agreement} agreement */
  sign(agreement) {
    const kind = this.data.kind.get(agreement.kind);
    return kind ? kindSwatch(kind, currentPaint()) : null;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const count = this.found.length;
      if (count) this.at = (this.at + (event.key === "ArrowDown" ? 1 : this.at < 0 ? 0 : -1) + count) % count;
      this.show(this.found, true);
    } else if (event.key === "Enter" && this.found.length) this.take(Math.max(0, this.at));
    else if (event.key === "Escape" && this.box.value) {
      event.preventDefault();
      this.box.value = "";
      this.show([]);
    }
  }

  /** @param {number} at */
  take(at) {
    const found = this.found[at];
    this.box.value = "";
    this.show([]);
    this.choose(found);
  }
}

/** @param {string} name @returns {HTMLElement} */
function byName(name) {
  return /** @type {HTMLElement} */ (document.getElementById(name));
}

/** @param {string} theme */
function isDark(theme) {
  return theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

const GROUPS = /** @type {(keyof Off)[]} */ (["kind", "status", "certainty", "document"]);

/** Read what is chosen from the fragment of the address. @param {string} hash @param {Data} data @returns {Partial<State>} */
function readFragment(hash, data) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {any} */ const state = {};
  if (given.get("lang") === "ar" || given.get("lang") === "en") state.lang = given.get("lang");
  if (["network", "world", "table"].includes(given.get("view") || "")) state.view = given.get("view");
  if (["agreements", "partners", "betweenness"].includes(given.get("size") || "")) state.size = given.get("size");
  if (given.has("contested")) state.contested = true;
  if (given.has("witnesses")) state.witnesses = Math.max(1, Number(given.get("witnesses")) || 1);
  for (const name of ["focus", "path"]) if (data.node.has(given.get(name) || "")) state[name] = given.get(name);
  const node = given.get("actor") || "", agreement = given.get("agreement") || "";
  if (data.agreement.has(agreement)) state.selected = { type: "agreement", id: agreement };
  else if (data.node.has(node)) state.selected = { type: "node", id: node };
  if (GROUPS.some((group) => given.has(`no-${group}`))) {
    state.off = Object.fromEntries(GROUPS.map((group) => [group, new Set((given.get(`no-${group}`) || "").split(",").filter(Boolean))]));
  }
  return state;
}

/** Keep what is chosen in the fragment, so that the address can be shared. @param {State} state @param {Data} data */
function writeFragment(state, data) {
  const kept = new URLSearchParams({ lang: state.lang });
  if (state.view !== "network") kept.set("view", state.view);
  if (state.size !== "agreements") kept.set("size", state.size);
  if (state.contested) kept.set("contested", "1");
  if (state.witnesses > 1) kept.set("witnesses", String(state.witnesses));
  if (state.focus) kept.set("focus", state.focus);
  if (state.path) kept.set("path", state.path);
  if (state.selected) kept.set(state.selected.type === "node" ? "actor" : "agreement", state.selected.id);
  for (const group of GROUPS) if (state.off[group].size) kept.set(`no-${group}`, [...state.off[group]].sort().join(","));
  try {
    history.replaceState(null, "", `#${kept}`);
  } catch {
    // Some viewers of local files forbid it; the map works without.
  }
}

Object.assign(window, { allianceMap: new App() });
