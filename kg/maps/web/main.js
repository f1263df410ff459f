/* What is chosen, and everything that follows from it. */

class App {
  /**
   * @param {any} page
   * @param {any} graph
   * @param {any} options
   */
  constructor(page, graph, options) {
    language.strings = page.strings;
    this.data = new Data(page, graph);
    this.groups = new Groups(this.data);
    this.start = String(new URLSearchParams([["lang", page.lang], ...new URLSearchParams(page.start)]));
    /** @type {State} */ this.state = this.read();
    /** @type {Set<string>} */ this.shown = new Set();
    this.open = false;
    /** @type {HTMLElement | null} */ this.origin = null;
    this.change = this.change.bind(this);
    this.legend = new Legend(byName("legend-body"), this.data, this.groups, this.change);
    this.panel = new Panel(byName("panel"), this.data, this.groups, this.change);
    this.table = new Table(byName("table"), this.data, this.change);
    this.timeline = new Timeline(byName("timeline"), this.data, this.change);
    this.exports = new Exports(this);
    new Finder(/** @type {HTMLInputElement} */ (byName("search")), byName("found"), this.data, (found) => this.choose(found.type, found.id));
    this.speak();
    this.relight();
    this.scene = new Scene(byName("canvas"), this.data, this.groups, options, {
      node: (id) => this.change({ selected: id ? { type: "node", id } : null, path: null }),
      agreement: (id) => this.change({ selected: { type: "agreement", id } }),
      cluster: (id) => this.change({ selected: { type: "cluster", id } }),
      toggle: (id) => this.toggle(id),
      hover: (thing, at) => this.hover(thing, at),
    });
    this.listen();
    this.refresh();
    this.scene.fit(true, this.state.selected ? [...this.scene.litNodes] : undefined);
    this.timeline.refresh(this.state);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.relight());
    document.documentElement.dataset.ready = "true";
  }

  listen() {
    const press = (/** @type {string} */ name, /** @type {() => void} */ action) => byName(name).addEventListener("click", action);
    for (const view of VIEWS) press(`view-${view}`, () => this.change({ view }));
    press("language", () => this.change({ lang: this.state.lang === "ar" ? "en" : "ar" }));
    press("theme", () => this.change({ theme: isDark(this.state.theme) ? "light" : "dark" }));
    press("print", () => print());
    byName("skip").addEventListener("click", (event) => {
      event.preventDefault();
      this.change({ view: "table" });
      byName("table").focus();
    });
    const fill = () => this.table.refresh(this.shown, this.state, true);
    addEventListener("beforeprint", fill);
    matchMedia("print").addEventListener("change", fill);
    press("filters", () => this.drawer());
    press("legend-close", () => this.drawer(false));
    press("zoom-in", () => this.scene.zoom(1.4));
    press("zoom-out", () => this.scene.zoom(1 / 1.4));
    press("fit", () => this.scene.fit());
    for (const form of ["ttl", "csv", "png", "svg"]) press(`save-${form}`, () => (this.menu(false), void this.exports.save(form)));
    press("save", () => this.menu());
    addEventListener("click", (event) => {
      if (event.target instanceof Element && !event.target.closest("#saving")) this.menu(false);
    });
    addEventListener("hashchange", () => this.change(this.read()));
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.change({ selected: null, path: null }), this.drawer(false), this.menu(false);
    });
  }

  /** Read what is chosen: what the address says, or, where it says nothing, how the page is to open. */
  read() {
    return readFragment(location.hash.length > 1 ? location.hash : this.start, this.data, this.groups);
  }

  /** Open or close the menu of files. @param {boolean} [open] */
  menu(open = byName("save-menu").hidden) {
    byName("save-menu").hidden = !open;
    byName("save").setAttribute("aria-expanded", String(open));
  }

  /** Open a cluster, or close it again. @param {string} id */
  toggle(id) {
    const { open } = this.state;
    this.change({ open: open.includes(id) ? open.filter((one) => one !== id) : [...open, id], selected: null });
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
    if (before.focus !== this.state.focus || before.steps !== this.state.steps || before.group !== this.state.group) this.scene.fit();
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
    const visible = this.shown = data.visible(state);
    const lit = new Set(this.lit(visible));
    document.body.dataset.view = state.view;
    for (const view of VIEWS) byName(`view-${view}`).setAttribute("aria-pressed", String(view === state.view));
    byName("shown").textContent = `${say("shown")}: ${number(visible.size)} ${say("of")} ${number(data.agreements.length)}`;
    byName("empty").hidden = visible.size > 0;
    this.legend.refresh(state);
    this.timeline.refresh(state);
    this.panel.refresh(state, visible);
    const open = !byName("panel").hidden;
    const moved = document.body.classList.toggle("open", open) !== this.open;
    this.open = open;
    if (state.view === "table") this.table.refresh(visible, state);
    this.scene.refresh(state, visible, lit);
    if (moved) this.scene.settle();
    showAddress(writeFragment(state, this.groups));
  }

  /** Give the agreements that stand out. @param {Set<string>} visible */
  lit(visible) {
    const { selected, path } = this.state;
    if (!selected) return [];
    if (selected.type === "agreement") return [selected.id];
    if (selected.type === "cluster") return [];
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

  /** Say in two lines what a thing is. @param {Thing} thing */
  told({ type, id }) {
    const { data } = this;
    if (type === "cluster") {
      const cluster = this.groups.find(id);
      return [label(cluster, 160), `${say("actorCount")}: ${number(cluster?.members.length || 0)} · ${say("clusterHint")}`];
    }
    const agreement = type === "agreement" ? data.agreement.get(id) : undefined;
    if (agreement) return [label(agreement, 160), `${label(data.kind.get(agreement.kind))} · ${label(data.status.get(agreement.now))}`];
    return [label(data.node.get(id), 160), `${say("agreements")}: ${number(data.node.get(id)?.agreements || 0)}`];
  }

  /** @param {Thing | null} thing @param {Spot} [at] */
  hover(thing, at) {
    const tip = byName("tip");
    tip.hidden = !thing || !at;
    if (!thing || !at) return;
    const lines = this.told(thing);
    tip.replaceChildren(make("b", { dir: "auto", text: lines[0] }), make("span", { text: lines[1] }));
    const width = byName("stage").clientWidth;
    tip.style.left = `${Math.max(8, Math.min(at.x + 14, width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${at.y + 16}px`;
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

/** Read what the page holds, and begin. */
async function start() {
  const [page, graph, options] = await Promise.all(["data", "graph", "options"].map((name) => readJson(`alliance-${name}`)));
  Object.assign(window, { allianceMap: new App(page, graph, options) });
}

void start();
