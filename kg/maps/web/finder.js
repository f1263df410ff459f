/* A search box: a combobox by the pattern of WAI-ARIA. */

class Finder {
  /**
   * @param {HTMLInputElement} box
   * @param {HTMLElement} list
   * @param {Data} data
   * @param {(found: {type: "node" | "agreement", id: string}) => void} choose
   * @param {(thing: any, type: string) => boolean} [fits]
   */
  constructor(box, list, data, choose, fits) {
    this.box = box;
    this.list = list;
    this.data = data;
    this.choose = choose;
    this.fits = fits;
    /** @type {{type: "node" | "agreement", id: string, thing: any}[]} */ this.found = [];
    this.at = -1;
    box.addEventListener("input", () => this.look());
    box.addEventListener("focus", () => this.look());
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("blur", () => this.show([]));
  }

  look() {
    this.at = -1;
    this.show(this.data.search(this.box.value, this.fits), Boolean(fold(this.box.value)));
  }

  /** @param {{type: "node" | "agreement", id: string, thing: any}[]} found @param {boolean} [asked] */
  show(found, asked = false) {
    this.found = found;
    this.list.hidden = !asked;
    this.box.setAttribute("aria-expanded", String(asked));
    const lines = found.map((one, at) => make("li", {
      role: "option", id: `${this.list.id}-${at}`, "aria-selected": String(at === this.at), "data-id": one.id,
      on: { mousedown: (event) => event.preventDefault(), click: () => this.take(at) },
    }, one.type === "node" ? shapeSwatch(one.thing.type) : this.sign(one.thing), isolate(label(one.thing, 90))));
    this.list.replaceChildren(...(lines.length || !asked ? lines : [make("li", { class: "aside", text: say("nothing") })]));
    if (this.at >= 0) this.box.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
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

let finders = 0;

/**
 * Make a box that finds actors.
 * @param {Data} data
 * @param {string} title
 * @param {(id: string) => void} choose
 * @param {(node: GraphNode) => boolean} [fits]
 */
function actorFinder(data, title, choose, fits = () => true) {
  const list = make("ul", { class: "found", id: `found-${(finders += 1)}`, role: "listbox", "aria-label": title, hidden: true });
  const box = /** @type {HTMLInputElement} */ (make("input", {
    type: "search", class: "box", role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
    autocomplete: "off", spellcheck: "false", dir: "auto", placeholder: title, "aria-label": title,
  }));
  new Finder(box, list, data, ({ id }) => choose(id), (thing, type) => type === "node" && fits(thing));
  return make("div", { class: "small-finder" }, box, list);
}
