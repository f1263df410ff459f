/* The panel: what is known of the line or the actor that was chosen, in whose words. */

class Panel {
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
    this.shown = "";
  }

  /** @param {State} state @param {Set<string>} visible */
  refresh(state, visible) {
    const { selected } = state;
    const agreement = selected?.type === "agreement" ? this.data.agreement.get(selected.id) : undefined;
    const node = selected?.type === "node" ? this.data.node.get(selected.id) : undefined;
    const cluster = selected?.type === "cluster" ? this.groups.find(selected.id) : undefined;
    this.place.hidden = !agreement && !node && !cluster;
    if (this.place.hidden) return void (this.shown = "");
    const body = agreement ? this.agreement(agreement) : cluster ? this.cluster(cluster, state) : this.actor(/** @type {GraphNode} */ (node), state, visible);
    this.place.replaceChildren(this.closer(), ...body);
    if (this.shown !== selected?.id) this.place.scrollTop = 0;
    this.shown = selected?.id || "";
  }

  closer() {
    const close = () => this.change({ selected: null, path: null });
    return make("button", { class: "close", type: "button", "aria-label": say("close"), title: say("close"), text: "×", on: { click: close } });
  }

  /** @param {Agreement} agreement */
  agreement(agreement) {
    const kind = this.data.kind.get(agreement.kind);
    const { claims } = agreement;
    return [
      make("p", { class: "eyebrow" }, kind ? kindSwatch(kind, currentPaint()) : null, label(kind || { id: agreement.kind })),
      make("h2", { id: "panel-title", dir: "auto", text: label(agreement) }),
      make("p", { class: "chips" }, this.statusChip(agreement.status), make("span", { class: "chip", text: this.word(agreement.certainty) }),
        agreement.contested ? make("span", { class: "chip warn" }, doubtSwatch(), say("contested")) : null),
      agreement.contested ? make("p", { class: "note", text: say("contestedWhy") }) : null,
      this.facts(agreement),
      this.history(agreement),
      make("h3", {}, say("claims"), make("span", { class: "count", text: number(claims.length) })),
      ...this.evidence(claims),
    ].filter((part) => part !== null);
  }

  /** @param {string} id */
  statusChip(id) {
    const status = this.data.status.get(id);
    return make("span", { class: "chip" }, status ? statusSwatch(status) : null, label(status || { id }));
  }

  /** @param {string} id */
  word(id) {
    return label(this.data.term.get(id) || { id });
  }

  /** @param {Agreement} agreement */
  facts(agreement) {
    const list = make("dl", { class: "facts" });
    const add = (/** @type {string} */ title, /** @type {(Node | string)[]} */ values) => {
      if (values.length) list.append(make("dt", { text: say(title) }), make("dd", {}, ...values));
    };
    add("parties", agreement.parties.map(([actor, role]) => this.party(actor, role)));
    if (agreement.organization) add("organization", [this.party(agreement.organization, "")]);
    add("provisions", agreement.provisions.map((id) => make("span", { class: "tag", text: this.word(`provision ${id}`) })));
    add("sectors", agreement.sectors.map((id) => make("span", { class: "tag", text: this.word(`sector ${id}`) })));
    return list;
  }

  /** Tell what came when, in its order; what stands now without a date comes last. @param {Agreement} agreement */
  history(agreement) {
    const events = Object.entries(agreement.dates).sort(([, one], [, other]) => (lastDay(one) < lastDay(other) ? -1 : 1));
    const dated = agreement.periods.some(({ status }) => status === agreement.status);
    if (!events.length) return null;
    return make("section", {}, make("h3", { text: say("history") }), make("ol", { class: "history" },
      ...events.map(([event, date]) => make("li", {}, make("time", { datetime: date, text: day(date) }), make("span", { text: this.word(`date ${event}`) }))),
      dated ? null : make("li", { class: "aside" }, make("span", { text: say("noDate") }), make("span", { text: label(this.data.status.get(agreement.status)) }))));
  }

  /** @param {string} actor @param {string} role */
  party(actor, role) {
    const choose = () => this.change({ selected: { type: "node", id: actor } });
    return make("span", { class: "item" },
      make("button", { class: "link", type: "button", dir: "auto", text: label(this.data.actor(actor), 120), on: { click: choose } }),
      role && role !== "party" ? make("span", { class: "aside", text: this.word(`role ${role}`) }) : null);
  }

  /** Put claims that contradict each other side by side. @param {Claim[]} claims */
  evidence(claims) {
    const here = new Map(claims.map((claim) => [claim.id, claim]));
    const done = new Set();
    const parts = [];
    for (const claim of claims) {
      if (done.has(claim.id)) continue;
      const rivals = (this.data.against.get(claim.id) || []).map((id) => here.get(id)).filter((rival) => rival && !done.has(rival.id));
      const group = [claim, .../** @type {Claim[]} */ (rivals)];
      for (const { id } of group) done.add(id);
      parts.push(group.length > 1 ? make("div", { class: "rivals" }, ...group.map((one) => this.claim(one))) : this.claim(claim));
    }
    return parts;
  }

  /** @param {Claim} claim */
  claim(claim) {
    const source = this.data.source.get(claim.document);
    const said = claim.attributed_to.length
      ? make("p", { class: "said" }, make("span", { class: "aside", text: say("saysWho") }), " ", ...between(claim.attributed_to.map((who) => isolate(who, { lang: "ar" })), "، "))
      : make("p", { class: "said aside", text: say("saysText") });
    return make("article", { class: "claim", "data-claim": claim.id },
      make("p", { class: "chips" }, this.statusChip(claim.status), make("span", { class: "chip", text: this.word(claim.certainty) })),
      ...claim.quotes.map((quote) => make("blockquote", { lang: "ar", dir: "rtl" }, ...marked(quote, claim.cues))),
      said, source ? this.source(source) : make("p", { class: "aside", dir: "auto", text: claim.document }),
      this.others(claim), citation(this.data, claim));
  }

  /** @param {Source} source */
  source(source) {
    const address = webAddress(source.url);
    const title = make("cite", { dir: "auto", text: clean(sourceTitle(source), 300) });
    const place = [source.publisher, source.date ? day(source.date) : say("noDate")].filter(Boolean).map((part) => isolate(String(part)));
    return make("p", { class: "source" }, title, make("span", { class: "aside" }, ...between(place, " · ")),
      address ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer", text: say("openSource") }) : null,
      source.url && !address ? make("span", { class: "aside", dir: "ltr", text: clean(source.url, 200) }) : null);
  }

  /** @param {Claim} claim */
  others(claim) {
    const rivals = this.data.against.get(claim.id) || [];
    if (!rivals.length) return null;
    const links = rivals.map((id) => {
      const home = this.data.agreements.find((agreement) => agreement.claims.some((one) => one.id === id));
      const choose = () => home && this.change({ selected: { type: "agreement", id: home.id } });
      return make("button", { class: "link", type: "button", text: id, on: { click: choose } });
    });
    return make("p", { class: "against" }, doubtSwatch(), make("span", { text: say("against") }), " ", ...between(links, " "));
  }

  /** @param {GraphNode} node @param {State} state @param {Set<string>} visible */
  actor(node, state, visible) {
    const type = say(`type${node.type[0].toUpperCase()}${node.type.slice(1)}`);
    const agreements = this.data.agreementsOf(node.id).filter(({ id }) => visible.has(id));
    const focused = state.focus === node.id;
    return [
      make("p", { class: "eyebrow" }, shapeSwatch(node.type), type),
      make("h2", { id: "panel-title", dir: "auto", text: label(node) }),
      make("ul", { class: "figures" },
        figure(say("agreements"), number(node.agreements || 0)), figure(say("partners"), number(node.partners || 0)),
        figure(say("betweenness"), number((node.betweenness || 0) * 100, 1) + "%")),
      make("p", { class: "actions" },
        make("button", { class: "action", type: "button", "aria-pressed": String(focused), text: say(focused ? "unfocus" : "focus"),
          on: { click: () => this.change({ focus: focused ? null : node.id, steps: 1, path: null }) } }),
        focused ? this.stepper(state) : null),
      actorFinder(this.data, say("pathTo"), (id) => this.change({ path: id, focus: null }), ({ id, type }) => id !== node.id && type !== "agreement"),
      this.pathShown(node, state, visible),
      make("h3", {}, say("agreementsOf"), make("span", { class: "count", text: number(agreements.length) })),
      ...this.byKind(agreements, node.id),
    ].filter((part) => part !== null);
  }

  /** Widen the neighbourhood by whole steps. @param {State} state */
  stepper(state) {
    const choose = (/** @type {any} */ event) => this.change({ steps: Number(event.target.value) });
    return make("label", { class: "field" }, make("span", { text: say("steps") }),
      make("input", { type: "range", id: "steps", min: 1, max: MOST_STEPS, value: state.steps, on: { change: choose } }), make("output", { text: number(state.steps) }));
  }

  /** @param {Cluster} cluster @param {State} state */
  cluster(cluster, state) {
    const opened = state.open.includes(cluster.id);
    const open = opened ? state.open.filter((id) => id !== cluster.id) : [...state.open, cluster.id];
    return [
      make("p", { class: "eyebrow", text: say(cluster.id.startsWith("region") ? "groupRegion" : "groupCommunity") }),
      make("h2", { id: "panel-title", dir: "auto", text: label(cluster) }),
      make("ul", { class: "figures" }, figure(say("actorCount"), number(cluster.members.length))),
      make("p", { class: "actions" }, make("button", { class: "action", id: "open-cluster", type: "button", text: say(opened ? "closeCluster" : "openCluster"),
        on: { click: () => this.change({ open, selected: null }) } })),
      make("h3", {}, say("actorCount"), make("span", { class: "count", text: number(cluster.members.length) })),
      make("ul", {}, ...cluster.members.slice(0, 60).map((node) => make("li", {}, this.party(node.id, "")))),
    ];
  }

  /** @param {GraphNode} node @param {State} state @param {Set<string>} visible */
  pathShown(node, state, visible) {
    if (!state.path) return null;
    const steps = this.data.path(node.id, state.path, visible);
    if (!steps) return make("p", { class: "note", text: say("noPath") });
    const stop = make("button", { class: "quiet", type: "button", text: say("clearPath"), on: { click: () => this.change({ path: null }) } });
    return make("div", { class: "path" }, make("p", {}, `${say("pathTo")} `, isolate(label(this.data.actor(state.path), 60)), " ", stop), make("ol", {}, ...steps.map(({ from, to, agreement }) => make("li", {},
      isolate(label(this.data.actor(from), 60)), " ↔ ", isolate(label(this.data.actor(to), 60)), this.opener(agreement, "")))));
  }

  /** @param {Agreement[]} agreements @param {string} actor */
  byKind(agreements, actor) {
    return this.data.kinds.map((kind) => {
      const of = agreements.filter((agreement) => agreement.kind === kind.id);
      if (!of.length) return null;
      return make("section", { class: "kindlist" }, make("h4", {}, kindSwatch(kind, currentPaint()), label(kind)),
        make("ul", {}, ...of.map((agreement) => make("li", {}, this.opener(agreement, actor)))));
    }).filter((part) => part !== null);
  }

  /** @param {Agreement} agreement @param {string} actor */
  opener(agreement, actor) {
    const role = agreement.parties.find(([party, role]) => party === actor && role !== "party")?.[1];
    const status = this.data.status.get(agreement.now || agreement.status);
    const open = () => this.change({ selected: { type: "agreement", id: agreement.id } });
    return make("button", { class: "opener", type: "button", on: { click: open } }, isolate(label(agreement, 160)),
      make("span", { class: "aside" }, ...between([label(status || { id: agreement.status }), role ? this.word(`role ${role}`) : ""].filter(Boolean), " · "),
        agreement.contested ? doubtSwatch() : null));
  }
}

/** @param {string} title @param {string} value */
function figure(title, value) {
  return make("li", {}, make("b", { text: value }), make("span", { text: title }));
}

/**
 * Put a separator between things.
 * @template {Node | string} T
 * @param {T[]} things
 * @param {string} separator
 * @returns {(T | string)[]}
 */
function between(things, separator) {
  return things.flatMap((thing, at) => (at ? [separator, thing] : [thing]));
}

/**
 * Mark the cue words of a quote, where they stand in it as written.
 * @param {string} quote
 * @param {string[]} cues
 * @returns {(Node | string)[]}
 */
function marked(quote, cues) {
  const text = clean(quote);
  const found = cues.map((cue) => clean(cue)).filter((cue) => cue.length > 1)
    .flatMap((cue) => { const at = text.indexOf(cue); return at < 0 ? [] : [{ at, end: at + cue.length }]; })
    .sort((one, other) => one.at - other.at || other.end - one.end);
  const parts = [];
  let here = 0;
  for (const { at, end } of found) {
    if (at < here) continue;
    parts.push(text.slice(here, at), make("mark", { text: text.slice(at, end) }));
    here = end;
  }
  return [...parts, text.slice(here)].filter((part) => part !== "");
}
