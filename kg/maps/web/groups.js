/* Large networks: actors drawn together as one node, which opens on demand. */

/**
 * @typedef {Term & {type: "cluster", members: GraphNode[], x: number, y: number, wx: number, wy: number, placed: boolean,
 *   agreements: number}} Cluster
 * @typedef {{clusters: Cluster[], home: Map<string, Cluster>}} Plan
 */

/** Above so many nodes, a page opens with its actors drawn together. */
const CROWD = 1500;
const FEWEST = 2;

class Groups {
  /** @param {Data} data */
  constructor(data) {
    this.data = data;
    /** @type {Map<string, Cluster[]>} */ this.made = new Map();
  }

  /** Say in which ways actors can be drawn together. */
  ways() {
    return ["none", ...["community", "region"].filter((way) => this.all(way).length > 1)];
  }

  /** Give the way in which a page opens. */
  usual() {
    return this.data.nodes.length > CROWD && this.all("community").length > 1 ? "community" : "none";
  }

  /** @param {string} way @returns {Cluster[]} */
  all(way) {
    let found = this.made.get(way);
    if (!found) this.made.set(way, found = way === "none" ? [] : this.make(way));
    return found;
  }

  /** @param {string} way */
  make(way) {
    /** @type {Map<string, GraphNode[]>} */ const members = new Map();
    for (const node of this.data.nodes) {
      const key = way === "region" ? node.region : node.community;
      if (key === undefined || key === null) continue;
      const known = members.get(String(key));
      if (known) known.push(node);
      else members.set(String(key), [node]);
    }
    return [...members].filter(([, nodes]) => nodes.length >= FEWEST)
      .map(([key, nodes]) => this.cluster(`${way}:${key}`, nodes, way === "region" ? this.data.term.get(key) : undefined));
  }

  /**
   * @param {string} id
   * @param {GraphNode[]} members
   * @param {Term} [term] its name; without one the best connected members give it
   * @returns {Cluster}
   */
  cluster(id, members, term) {
    members.sort((one, other) => (other.agreements || 0) - (one.agreements || 0) || (one.id < other.id ? -1 : 1));
    const called = (/** @type {"ar" | "en"} */ lang, /** @type {string} */ comma) => {
      if (term) return term[lang];
      return [...members.slice(0, 2).map((node) => clean(node[lang], 40)), "…"].join(comma);
    };
    const middle = (/** @type {"x" | "y" | "wx" | "wy"} */ axis) => members.reduce((sum, node) => sum + node[axis], 0) / members.length;
    return {
      id, ar: called("ar", "، "), en: called("en", ", "), type: "cluster", members, placed: true,
      agreements: members.reduce((sum, node) => sum + (node.agreements || 0), 0),
      x: middle("x"), y: middle("y"), wx: middle("wx"), wy: middle("wy"),
    };
  }

  /**
   * Give the clusters that are closed, and which of them each of their members is in.
   * @param {State} state
   * @returns {Plan}
   */
  plan(state) {
    const clusters = this.all(state.group).filter(({ id }) => !state.open.includes(id));
    const home = new Map(clusters.flatMap((cluster) => cluster.members.map((node) => [node.id, cluster])));
    return { clusters, home };
  }

  /** @param {string} id */
  find(id) {
    return this.all(id.split(":")[0]).find((cluster) => cluster.id === id);
  }
}
