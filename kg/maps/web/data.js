/* What the page holds, indexed, and the questions that are asked of it. */

/**
 * @typedef {{id: string, ar: string, en: string}} Term
 * @typedef {Term & {color: string, glyph: string | null, class: string}} Kind
 * @typedef {Term & {line: string, dash: number[], active: boolean, width: number}} Status
 * @typedef {{id: string, kind: string, status: string, certainty: string, contested: boolean, ar: string, en: string,
 *   parties: [string, string][], organization: string | null, dates: Record<string, string>, provisions: string[],
 *   sectors: string[], site: string | null, claims: Claim[], documents: string[], witnesses: number,
 *   periods: Period[], now: string}} Agreement
 * @typedef {{id: string, document: string, status: string, certainty: string, attributed_to: string[],
 *   quotes: string[], spans: string[], cues: string[]}} Claim
 * @typedef {{name: string, title: string | null, publisher: string | null, date: string | null,
 *   url: string | null}} Source
 * @typedef {Term & {type: string, x: number, y: number, wx: number, wy: number, placed: boolean, agreements?: number,
 *   partners?: number, betweenness?: number, community?: number, region?: string | null}} GraphNode
 * @typedef {{from: string, to: string, agreement: number, arrows: string}} GraphEdge
 * @typedef {{id: string, ar: string, en: string, wx: number, wy: number}} Site
 */

/**
 * Read what a script element holds: JSON, or JSON deflated where it is long.
 * @param {string} id
 * @returns {Promise<any>}
 */
async function readJson(id) {
  const text = /** @type {HTMLElement} */ (document.getElementById(id)).textContent || "null";
  if ("[{n".includes(text[0])) return JSON.parse(text);
  const packed = atob(text), bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
}

/** Everything of the page, by id. */
class Data {
  /**
   * @param {any} page
   * @param {{nodes: Record<string, any>, edges: Record<string, any>}} graph columns
   */
  constructor(page, graph) {
    /** @type {Kind[]} */ this.kinds = page.kinds;
    /** @type {Status[]} */ this.statuses = page.statuses;
    /** @type {Term[]} */ this.certainties = page.certainties;
    /** @type {Term[]} */ this.regions = page.regions;
    /** @type {Map<string, Kind>} */ this.kind = byId(page.kinds);
    /** @type {Map<string, Status>} */ this.status = byId(page.statuses);
    /** @type {Map<string, Term>} */ this.term = byId([...page.terms, ...page.certainties, ...page.regions]);
    /** @type {Record<string, string>} */ this.iris = page.iris;
    for (const role of page.outsiders) outsiders.add(role);
    /** @type {Source[]} */ this.sources = page.documents;
    /** @type {Map<string, Source>} */ this.source = new Map(this.sources.map((source) => [source.name, source]));
    /** @type {Claim[]} */ const claims = records(page.claims, NO_CLAIM);
    /** @type {Map<string, Claim>} */ this.claim = byId(claims);
    /** @type {Map<string, string[]>} */ this.against = rivals(page.disagreements);
    /** @type {Agreement[]} */ this.agreements = records(page.agreements, NO_AGREEMENT);
    for (const agreement of this.agreements) this.fill(agreement, claims);
    /** @type {Map<string, Agreement>} */ this.agreement = byId(this.agreements);
    /** @type {GraphNode[]} */ this.nodes = records(graph.nodes, {});
    /** @type {GraphEdge[]} */ this.edges = records(graph.edges, { arrows: "" });
    /** @type {Map<string, GraphNode>} */ this.node = byId(this.nodes);
    /** @type {Map<string, Site>} */ this.site = byId(page.sites);
    this.title = page.title;
    this.outline = page.outline;
    this.version = page.version;
    /** @type {Map<string, Agreement[]> | null} */ this.bound = null;
    /** @type {{type: "node" | "agreement", id: string, thing: any, key: string, weight: number}[] | null} */
    this.entries = null;
  }

  /**
   * Make a row of the page an agreement.
   * @param {any} agreement
   * @param {Claim[]} claims
   */
  fill(agreement, claims) {
    agreement.parties = pairs(agreement.parties, "party");
    agreement.contested = Boolean(agreement.contested);
    agreement.organization ||= null;
    agreement.site ||= null;
    agreement.provisions = words(agreement.provisions);
    agreement.sectors = words(agreement.sectors);
    agreement.dates = agreement.dates ? Object.fromEntries(pairs(agreement.dates, "")) : {};
    agreement.periods = agreement.periods ? readPeriods(agreement.periods) : [];
    agreement.claims = agreement.claims.map((/** @type {number} */ number) => claims[number]);
    agreement.documents = distinct(agreement.claims.map((/** @type {Claim} */ claim) => claim.document));
    agreement.now = agreement.status;
  }

  /** @param {string} id */
  actor(id) {
    return this.node.get(id) || { id, ar: id, en: id };
  }

  /**
   * Give the ids of the agreements that meet the conditions, and set `now` of each to its status on the day asked for.
   * @param {State} state
   * @returns {Set<string>}
   */
  visible(state) {
    const near = state.focus ? this.near(state.focus, state.steps - 1) : null;
    const shown = new Set();
    for (const agreement of this.agreements) {
      agreement.now = state.day ? standing(agreement, state.day) || "" : agreement.status;
      if (!agreement.now && state.undated && !agreement.periods.length) agreement.now = agreement.status;
      if (agreement.now && this.shows(agreement, state, near)) shown.add(agreement.id);
    }
    return shown;
  }

  /**
   * Say whether an agreement meets the conditions; `near` are the actors around which something is shown.
   * @param {Agreement} agreement
   * @param {State} state
   * @param {Set<string> | null} near
   */
  shows(agreement, state, near) {
    const { off } = state;
    return !off.kind.has(agreement.kind) && !off.status.has(agreement.now) && !off.certainty.has(agreement.certainty)
      && (!state.contested || agreement.contested)
      && (state.witnesses < 2 || agreement.witnesses >= state.witnesses)
      && (!off.document.size || agreement.documents.some((name) => !off.document.has(name)))
      && (!state.actors.length || state.actors.some((actor) => ties(agreement, actor)))
      && (!near || actorsOf(agreement).some((actor) => near.has(actor)));
  }

  /** @param {string} actor */
  agreementsOf(actor) {
    if (!this.bound) {
      this.bound = new Map();
      for (const agreement of this.agreements) {
        for (const one of distinct([...agreement.parties.map(([party]) => party), agreement.organization || ""])) {
          const known = this.bound.get(one);
          if (known) known.push(agreement);
          else this.bound.set(one, [agreement]);
        }
      }
    }
    return this.bound.get(actor) || [];
  }

  /**
   * Give the actors within so many steps of one, itself among them.
   * @param {string} actor
   * @param {number} steps
   */
  near(actor, steps) {
    const found = new Set([actor]);
    let edge = [actor];
    for (let step = 0; step < steps; step += 1) {
      edge = distinct(edge.flatMap((one) => this.agreementsOf(one).flatMap(actorsOf))).filter((one) => !found.has(one));
      for (const one of edge) found.add(one);
    }
    return found;
  }

  /**
   * Find actors and agreements: those that begin with the words first, then the better connected.
   * @param {string} words
   * @param {(thing: any, type: string) => boolean} [fits]
   */
  search(words, fits = () => true) {
    const wanted = fold(words).split(" ").filter(Boolean);
    if (!wanted.length) return [];
    this.entries ||= [...this.nodes.filter((node) => node.type !== "agreement").map((node) => entry("node", node)),
      ...this.agreements.map((agreement) => entry("agreement", agreement))];
    return this.entries
      .filter(({ key, thing, type }) => wanted.every((word) => key.includes(" " + word)) && fits(thing, type))
      .map((found) => ({ ...found, rank: (found.type === "node" ? 0 : 2) + (found.key.startsWith(" " + wanted[0]) ? 0 : 1) }))
      .sort((one, other) => one.rank - other.rank || other.weight - one.weight || (one.id < other.id ? -1 : 1))
      .slice(0, 12);
  }

  /**
   * Find the shortest chain of agreements between two actors.
   * @param {string} start
   * @param {string} end
   * @param {Set<string>} visible ids of agreements that may be used
   * @returns {{from: string, to: string, agreement: Agreement}[] | null}
   */
  path(start, end, visible) {
    /** @type {Map<string, {from: string, agreement: Agreement} | null>} */
    const came = new Map([[start, null]]);
    const queue = [start];
    for (let turn = 0; turn < queue.length && !came.has(end); turn += 1) {
      for (const agreement of this.agreementsOf(queue[turn])) {
        if (!visible.has(agreement.id) || !actorsOf(agreement).includes(queue[turn])) continue;
        for (const next of actorsOf(agreement)) {
          if (!came.has(next)) came.set(next, { from: queue[turn], agreement }), queue.push(next);
        }
      }
    }
    if (!came.has(end)) return null;
    const steps = [];
    for (let at = end, step = came.get(at); step; at = step.from, step = came.get(at)) {
      steps.unshift({ from: step.from, to: at, agreement: step.agreement });
    }
    return steps;
  }

  /** Give the days on which something changes, in order. */
  days() {
    return distinct(this.agreements.flatMap((agreement) => agreement.periods.map((period) => period.from))).sort();
  }
}

/** Roles of those whom an arrangement does not bind. @type {Set<string>} */
const outsiders = new Set();

/** @param {Agreement} agreement */
function actorsOf(agreement) {
  const bound = agreement.parties.filter(([, role]) => !outsiders.has(role)).map(([actor]) => actor);
  return agreement.organization ? [...bound, agreement.organization] : bound;
}

/** @param {Agreement} agreement @param {string} actor */
function ties(agreement, actor) {
  return agreement.organization === actor || agreement.parties.some(([party]) => party === actor);
}

/**
 * Turn columns into records: a column is a list, or words with line ends between them; those that are left out hold
 * nothing.
 * @param {Record<string, string | any[]>} columns
 * @param {Record<string, any>} nothing
 * @returns {any[]}
 */
function records(columns, nothing) {
  const split = Object.entries(columns).map(([name, column]) => /** @type {[string, any[]]} */ ([name, typeof column === "string" ? column.split("\n") : column]));
  const count = split.length ? split[0][1].length : 0;
  return Array.from({ length: count }, (_, row) => {
    const one = { ...nothing };
    for (const [name, column] of split) one[name] = column[row];
    return one;
  });
}

/** The fields of an agreement, and of a claim, where a page says nothing of them. */
const NO_AGREEMENT = { id: "", kind: "", status: "", certainty: "", contested: "", ar: "", en: "", parties: "", organization: "",
  dates: "", provisions: "", sectors: "", site: "", claims: [], documents: [], witnesses: 0, periods: "", now: "" };
const NO_CLAIM = { id: "", document: "", status: "", certainty: "", attributed_to: [], quotes: [], spans: [], cues: [] };

/** @param {string} text */
function words(text) {
  return text ? text.split(" ") : [];
}

/**
 * Read `TUR SYR=host` as pairs; `usual` stands where nothing is said.
 * @param {string} text
 * @param {string} usual
 * @returns {[string, string][]}
 */
function pairs(text, usual) {
  return words(text).map((word) => {
    const at = word.indexOf("=");
    return at < 0 ? [word, usual] : [word.slice(0, at), word.slice(at + 1)];
  });
}

/**
 * @template T
 * @param {T[]} things
 */
function distinct(things) {
  return [...new Set(things)];
}

/**
 * @template {{id: string}} T
 * @param {T[]} things
 * @returns {Map<string, T>}
 */
function byId(things) {
  return new Map(things.map((thing) => [thing.id, thing]));
}

/**
 * @param {"node" | "agreement"} type
 * @param {any} thing
 */
function entry(type, thing) {
  const key = " " + fold([thing.ar, thing.en, thing.id].map((text) => clean(text, 400)).join(" "));
  return { type, id: thing.id, thing, key, weight: thing.agreements || thing.claims?.length || 0 };
}

/**
 * Give for each claim those that contradict it.
 * @param {string[][]} disagreements
 */
function rivals(disagreements) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const claims of disagreements) {
    for (const claim of claims) {
      const others = claims.filter((other) => other !== claim);
      found.set(claim, distinct([...(found.get(claim) || []), ...others]).sort());
    }
  }
  return found;
}
