/* What the page holds, indexed, and the questions that are asked of it. */

/**
 * @typedef {{id: string, ar: string, en: string, color: string, glyph: string | null}} Kind
 * @typedef {{id: string, ar: string, en: string, line: string, dash: number[], active: boolean,
 *   width: number}} Status
 * @typedef {{id: string, ar: string, en: string}} Term
 * @typedef {{id: string, kind: string, status: string, certainty: string, contested: boolean, ar: string, en: string,
 *   parties: [string, string][], organization: string | null, dates: Record<string, string>, provisions: string[],
 *   sectors: string[], claims: string[], documents: string[]}} Agreement
 * @typedef {{id: string, document: string, kind: string, status: string, certainty: string, attributed_to: string[],
 *   dates: Record<string, string>, parties: [string, string][], organization: string | null, quotes: string[],
 *   cues: string[]}} Claim
 * @typedef {{name: string, title: string | null, publisher: string | null, date: string | null, note: string | null,
 *   url: string | null}} Source
 * @typedef {{id: string, ar: string, en: string, type: string, x: number, y: number, wx: number, wy: number,
 *   placed: boolean, agreements?: number, partners?: number, betweenness?: number, community?: number}} GraphNode
 * @typedef {{id: string, from: string, to: string, agreement: string, arrows: string, source_role: string,
 *   target_role: string, bend: number}} GraphEdge
 * @typedef {{kind: Set<string>, status: Set<string>, certainty: Set<string>, document: Set<string>}} Off
 * @typedef {{lang: "ar" | "en", theme: string, view: string, off: Off, contested: boolean, witnesses: number,
 *   focus: string | null, path: string | null, size: string, selected: {type: "node" | "agreement", id: string} | null}} State
 */

/**
 * @param {string} id
 * @returns {any}
 */
function readJson(id) {
  return JSON.parse(/** @type {HTMLElement} */ (document.getElementById(id)).textContent || "null");
}

/** Everything of the page, by id. */
class Data {
  /**
   * @param {any} page
   * @param {{nodes: GraphNode[], edges: GraphEdge[]}} graph
   */
  constructor(page, graph) {
    /** @type {Kind[]} */ this.kinds = page.kinds;
    /** @type {Status[]} */ this.statuses = page.statuses;
    /** @type {Term[]} */ this.certainties = page.certainties;
    /** @type {Agreement[]} */ this.agreements = page.agreements;
    /** @type {Map<string, Agreement>} */ this.agreement = byId(page.agreements);
    /** @type {Map<string, Claim>} */ this.claim = byId(page.claims);
    /** @type {Source[]} */ this.sources = page.documents;
    /** @type {Map<string, Source>} */ this.source = new Map(this.sources.map((source) => [source.name, source]));
    /** @type {Map<string, Kind>} */ this.kind = byId(page.kinds);
    /** @type {Map<string, Status>} */ this.status = byId(page.statuses);
    /** @type {Map<string, Term>} */ this.term = byId([...page.terms, ...page.certainties]);
    for (const role of page.outsiders) outsiders.add(role);
    this.nodes = graph.nodes;
    this.edges = graph.edges;
    /** @type {Map<string, GraphNode>} */ this.node = byId(graph.nodes);
    /** @type {Map<string, string[]>} */ this.against = rivals(page.disagreements);
    this.title = page.title;
    this.outline = page.outline;
    /** @type {{type: "node" | "agreement", id: string, thing: any, key: string, weight: number}[]} */
    this.entries = [...this.nodes.filter((node) => node.type !== "agreement").map((node) => entry("node", node)),
      ...this.agreements.map((agreement) => entry("agreement", agreement))];
  }

  /** @param {string} id */
  actor(id) {
    return this.node.get(id) || { id, ar: id, en: id };
  }

  /**
   * Say whether an agreement meets the conditions.
   * @param {Agreement} agreement
   * @param {State} state
   */
  shows(agreement, state) {
    const { off } = state;
    return !off.kind.has(agreement.kind) && !off.status.has(agreement.status) && !off.certainty.has(agreement.certainty)
      && (!state.contested || agreement.contested)
      && agreement.documents.length >= state.witnesses
      && (!off.document.size || agreement.documents.some((name) => !off.document.has(name)))
      && (!state.focus || ties(agreement, state.focus));
  }

  /** @param {string} actor */
  agreementsOf(actor) {
    return this.agreements.filter((agreement) => ties(agreement, actor));
  }

  /**
   * Find actors and agreements: those that begin with the words first, then the better connected.
   * @param {string} words
   */
  search(words) {
    const wanted = fold(words).split(" ").filter(Boolean);
    if (!wanted.length) return [];
    return this.entries
      .filter(({ key }) => wanted.every((word) => key.includes(" " + word)))
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
    for (let here = queue.shift(); here !== undefined && !came.has(end); here = queue.shift()) {
      for (const agreement of this.agreementsOf(here)) {
        if (!visible.has(agreement.id)) continue;
        for (const next of actorsOf(agreement)) {
          if (!came.has(next)) came.set(next, { from: here, agreement }), queue.push(next);
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
  const key = " " + fold([thing.ar, thing.en, thing.id].join(" "));
  return { type, id: thing.id, thing, key, weight: thing.agreements || thing.claims?.length || 0 };
}

/**
 * Give for each claim those that contradict it.
 * @param {{claims: string[]}[]} disagreements
 */
function rivals(disagreements) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { claims } of disagreements) {
    for (const claim of claims) {
      const others = claims.filter((other) => other !== claim);
      found.set(claim, [...new Set([...(found.get(claim) || []), ...others])].sort());
    }
  }
  return found;
}
