/* The drawing: vis-network holds the nodes, moves them and the view; lines, areas and marks are painted around them. */

/**
 * @typedef {{type: "node" | "agreement" | "cluster", id: string}} Thing
 * @typedef {{node: (id: string | null) => void, agreement: (id: string) => void, cluster: (id: string) => void,
 *   toggle: (id: string) => void, hover: (thing: Thing | null, at?: Spot) => void}} Hooks
 * @typedef {GraphNode | Cluster} Point
 */

const SLOW = 14; // milliseconds of a drawing, above which a movement shows its picture instead

class Scene {
  /**
   * @param {HTMLElement} container
   * @param {Data} data
   * @param {Groups} groups
   * @param {any} options
   * @param {Hooks} hooks
   */
  constructor(container, data, groups, options, hooks) {
    this.container = container;
    this.data = data;
    this.groups = groups;
    this.hooks = hooks;
    this.paint = currentPaint();
    /** @type {State | null} */ this.state = null;
    /** @type {Set<string>} */ this.visible = new Set();
    /** @type {Set<string>} */ this.lit = new Set();
    /** @type {Set<string>} */ this.litNodes = new Set();
    /** @type {Thing | null} */ this.hovered = null;
    /** @type {Point[]} */ this.points = [...data.nodes];
    /** @type {Map<string, number>} */ this.index = new Map(data.nodes.map(({ id }, at) => [id, at]));
    /** @type {number[]} */ this.xs = [];
    /** @type {number[]} */ this.ys = [];
    /** @type {boolean[]} */ this.shown = [];
    /** @type {Hull[]} */ this.hulls = [];
    /** @type {Map<string, string>} */ this.colors = new Map();
    this.view = "network";
    this.turned = this.upright();
    this.touched = false;
    /** @type {string[] | undefined} what to fit once there is a stage again */ this.wanted = undefined;
    this.turns = 0;
    this.scale = 1;
    this.growth = 1;
    this.crowd = 1;
    this.outline = outlined(data.outline);
    this.glyphs = new Map(data.kinds.map((kind) => [kind.id, kind.glyph ? outlined(kind.glyph) : null]));
    this.most = data.nodes.reduce((most, node) => Math.max(most, node.betweenness || 0), 1e-9);
    this.lines = new Lines(this);
    this.overlay = new Overlay(this);
    this.picture = new Picture(this);
    this.nodes = new vis.DataSet([]);
    options.nodes.ctxRenderer = (/** @type {any} */ given) => this.drawNode(given);
    this.network = new vis.Network(container, { nodes: this.nodes, edges: new vis.DataSet([]) }, options);
    this.items = this.network.body;
    this.listen();
  }

  listen() {
    const { network, hooks, container } = this;
    network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this.picture.below(ctx));
    network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this.picture.above(ctx));
    network.on("click", (/** @type {any} */ event) => {
      network.unselectAll();
      this.choose(this.thing(event.pointer.canvas));
    });
    network.on("doubleClick", (/** @type {any} */ event) => {
      const thing = this.thing(event.pointer.canvas);
      if (thing?.type === "cluster") hooks.toggle(thing.id);
    });
    let asked = 0;
    container.addEventListener("pointermove", (event) => {
      if (event.buttons) return;
      const { left, top } = container.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => this.point(this.thing(network.DOMtoCanvas(at)), at));
    });
    container.addEventListener("pointerleave", () => (cancelAnimationFrame(asked), this.point(null)));
    const touch = (/** @type {any} */ event) => {
      this.touched = true;
      this.point(null);
      if (!event.nodes?.length) this.picture.move();
    };
    for (const event of ["dragStart", "dragging", "zoom"]) network.on(event, touch);
    network.on("dragging", (/** @type {any} */ event) => event.nodes.forEach((/** @type {string} */ id) => this.follow(id)));
    network.on("dragEnd", (/** @type {any} */ event) => event.nodes.forEach((/** @type {string} */ id) => this.drop(id)));
    network.on("resize", () => this.settle());
  }

  /** @param {Thing | null} thing */
  choose(thing) {
    const { hooks } = this;
    if (thing?.type === "agreement") hooks.agreement(thing.id);
    else if (thing?.type === "cluster") hooks.cluster(thing.id);
    else hooks.node(thing ? thing.id : null);
  }

  /** Take a node's place while the reader drags it. @param {string} id */
  follow(id) {
    const at = /** @type {number} */ (this.index.get(id));
    [this.xs[at], this.ys[at]] = [this.items.nodes[id].x, this.items.nodes[id].y];
  }

  /** Leave a node where the reader has dragged it. @param {string} id */
  drop(id) {
    this.follow(id);
    const at = /** @type {number} */ (this.index.get(id)), point = this.points[at];
    if (this.view === "world") [point.wx, point.wy] = [this.xs[at], this.ys[at]];
    else [point.x, point.y] = this.turned ? [this.ys[at], -this.xs[at]] : [this.xs[at], this.ys[at]];
  }

  /**
   * Find what is at a place: a node, a line, or the area of an organization.
   * @param {Spot} place
   * @returns {Thing | null}
   */
  thing(place) {
    const at = this.nearest(place);
    if (at >= 0) {
      const { id, type } = this.points[at];
      return { type: type === "agreement" || type === "cluster" ? type : "node", id };
    }
    const site = this.view === "world" && this.siteAt(place);
    if (site) return { type: "agreement", id: site };
    const line = this.lines.pick(place, this.scale);
    if (line?.agreement) return { type: "agreement", id: line.agreement.id };
    if (line) return { type: "cluster", id: line.key };
    const hull = this.hulls.filter((one) => inHull(this, one, place, this.scale)).sort((one, other) => one.members.length - other.members.length)[0];
    return hull ? { type: "node", id: hull.id } : null;
  }

  /** @param {Spot} place */
  nearest(place) {
    let best = -1, least = Infinity;
    for (let at = 0; at < this.points.length; at += 1) {
      if (!this.shown[at]) continue;
      const far = Math.hypot(place.x - this.xs[at], place.y - this.ys[at]) * this.scale - this.radius(this.points[at]);
      if (far < 3 && far < least) [best, least] = [at, far];
    }
    return best;
  }

  /** @param {Spot} place @returns {string | undefined} */
  siteAt({ x, y }) {
    return this.sites().find(({ site }) => Math.hypot(site.wx - x, site.wy - y) * this.scale < 10)?.agreement.id;
  }

  /** Give the bases that have a place on the world, with the agreement that each is of. */
  sites() {
    return this.data.agreements.filter(({ id, site }) => site && this.visible.has(id))
      .map((agreement) => ({ agreement, site: /** @type {Site} */ (this.data.site.get(agreement.site || "")) }));
  }

  /** @param {Thing | null} thing @param {Spot} [at] */
  point(thing, at) {
    const changed = thing?.id !== this.hovered?.id;
    this.hovered = thing;
    this.container.classList.toggle("pointing", Boolean(thing));
    this.hooks.hover(thing, at);
    if (changed) this.network.redraw();
  }

  /** Give the colour of a kind that can be read on the ground. @param {string} kind */
  color(kind) {
    let color = this.colors.get(kind);
    if (!color) this.colors.set(kind, color = rgb(legible(this.data.kind.get(kind)?.color || "#777777", this.paint)));
    return color;
  }

  /**
   * Draw what is to be seen now. `lit` are the agreements that stand out; none means that all do.
   * @param {State} state
   * @param {Set<string>} visible
   * @param {Set<string>} lit
   */
  refresh(state, visible, lit) {
    this.state = state;
    this.visible = visible;
    this.lit = lit;
    this.paint = currentPaint();
    this.colors.clear();
    const plan = this.groups.plan(state);
    this.adopt(plan.clusters);
    this.hulls = state.hulls ? hullsOf(this.data, visible, (id) => this.index.get(plan.home.get(id)?.id || id) ?? -1) : [];
    const lines = this.gather(plan, visible);
    this.reveal(plan, lines, visible.size === this.data.agreements.length);
    this.lines.set(lines);
    if (state.view !== "table" && state.view !== this.view) this.move(state.view);
    this.picture.forget();
    this.network.redraw();
  }

  /** Take clusters among the points. @param {Cluster[]} clusters */
  adopt(clusters) {
    for (const cluster of clusters) {
      if (!this.index.has(cluster.id)) this.index.set(cluster.id, this.points.push(cluster) - 1);
    }
    for (let at = this.xs.length; at < this.points.length; at += 1) [this.xs[at], this.ys[at]] = this.spot(this.points[at]);
  }

  /**
   * Give the lines between what is shown; those between clusters are bundled.
   * @param {Plan} plan
   * @param {Set<string>} visible
   * @returns {Line[]}
   */
  gather({ home }, visible) {
    /** @type {Line[]} */ const lines = [];
    /** @type {Map<string, Line>} */ const bundles = new Map();
    this.litNodes = new Set(this.state?.selected && this.state.selected.type !== "agreement" ? [this.state.selected.id] : []);
    this.data.edges.forEach((edge, at) => {
      const agreement = this.data.agreements[edge.agreement];
      if (!visible.has(agreement.id) || (this.state?.hulls && isMembership(this.data, agreement))) return;
      const from = home.get(edge.from), to = home.get(edge.to);
      if (this.lit.has(agreement.id)) this.litNodes.add(from?.id || edge.from).add(to?.id || edge.to);
      if (!from && !to) {
        const ends = { from: /** @type {number} */ (this.index.get(edge.from)), to: /** @type {number} */ (this.index.get(edge.to)) };
        lines.push({ ...ends, bend: this.lines.bends[at], arrow: Boolean(edge.arrows), agreement, count: 1, key: agreement.id });
      } else if (from !== to) this.bundle(bundles, from?.id || edge.from, to?.id || edge.to, (from || to)?.id || "");
    });
    return [...bundles.values(), ...lines];
  }

  /** @param {Map<string, Line>} bundles @param {string} one @param {string} other @param {string} key */
  bundle(bundles, one, other, key) {
    const [first, second] = one < other ? [one, other] : [other, one];
    const known = bundles.get(`${first} ${second}`);
    if (known) return void (known.count += 1);
    const ends = { from: /** @type {number} */ (this.index.get(first)), to: /** @type {number} */ (this.index.get(second)) };
    bundles.set(`${first} ${second}`, { ...ends, bend: 0, arrow: false, agreement: null, count: 1, key });
  }

  /**
   * Show the nodes at the ends of lines, clusters, and, if nothing is filtered, every other.
   * @param {Plan} plan
   * @param {Line[]} lines
   * @param {boolean} all
   */
  reveal({ clusters, home }, lines, all) {
    const shown = new Array(this.points.length).fill(false);
    for (const { from, to } of lines) shown[from] = shown[to] = true;
    for (const { members } of this.hulls) for (const member of members) shown[member] = true;
    if (all) for (let at = 0; at < this.data.nodes.length; at += 1) shown[at] ||= !home.has(this.data.nodes[at].id);
    for (const { id } of clusters) shown[/** @type {number} */ (this.index.get(id))] = true;
    const tied = new Set(lines.flatMap(({ from, to }) => [from, to]));
    for (const { id } of this.hulls) {
      const at = /** @type {number} */ (this.index.get(id));
      shown[at] = tied.has(at);
    }
    this.shown = shown;
    const now = this.points.filter((_, at) => shown[at]);
    this.crowd = Math.min(1, (400 / (now.length + 1)) ** 0.3);
    this.nodes.add(now.filter(({ id }) => !this.items.nodes[id]).map(({ id }) => ({ id, x: this.x(id), y: this.y(id) })));
    for (const id of Object.keys(this.items.nodes)) this.items.nodes[id].options.hidden = !shown[/** @type {number} */ (this.index.get(id))];
    this.items.nodeIndices.splice(0, Infinity, ...now.map(({ id }) => id));
    this.overlay.sort(now);
  }

  /** @param {string} id */
  x(id) {
    return this.xs[/** @type {number} */ (this.index.get(id))];
  }

  /** @param {string} id */
  y(id) {
    return this.ys[/** @type {number} */ (this.index.get(id))];
  }

  /** Say whether something is chosen, so that the rest steps back. */
  quiet() {
    return this.lit.size > 0 || this.litNodes.size > 0;
  }

  /** Give the colour of what lies under the drawing. */
  ground() {
    return this.view === "world" ? this.paint.land : this.paint.paper;
  }

  /**
   * Move between the network and the world.
   * @param {string} view
   */
  move(view) {
    this.view = view;
    this.turned = this.upright();
    const targets = this.points.map((point) => this.spot(point));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || this.data.nodes.length > 600;
    const [fromX, fromY] = [[...this.xs], [...this.ys]];
    const turn = (this.turns += 1);
    const began = performance.now();
    const step = () => {
      if (turn !== this.turns) return;
      const time = calm ? 1 : Math.min(1, (performance.now() - began) / 550);
      const ease = 1 - (1 - time) ** 3;
      targets.forEach(([x, y], at) => this.place(at, fromX[at] + (x - fromX[at]) * ease, fromY[at] + (y - fromY[at]) * ease));
      this.picture.forget();
      this.network.redraw();
      if (time < 1) requestAnimationFrame(step);
    };
    step();
    this.fit(calm);
  }

  /** @param {number} at @param {number} x @param {number} y */
  place(at, x, y) {
    [this.xs[at], this.ys[at]] = [x, y];
    const item = this.items.nodes[this.points[at].id];
    if (item) [item.x, item.y] = [x, y];
  }

  /**
   * Bring nodes, or all that is shown, into what can be seen of the stage.
   * @param {boolean} [still] without a movement
   * @param {string[]} [ids]
   */
  fit(still = false, ids) {
    const box = this.bounds(ids);
    const { width, height, offset } = this.room();
    this.touched = Boolean(ids) && width > 0;
    this.wanted = width > 0 ? undefined : ids;
    if (width <= 0) return;
    const scale = this.fitting(box, width, height, ids ? 1.2 : 1.6);
    const position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    this.network.moveTo({ position, offset, scale, animation: this.motion(still) });
  }

  /** @param {Box} box @param {number} width @param {number} height @param {number} most */
  fitting(box, width, height, most) {
    const [across, down] = [Math.min(140, width * 0.3), Math.min(120, height * 0.2)];
    const scale = Math.min((width - across) / (box.right - box.left + 1), (height - down) / (box.bottom - box.top + 1), most);
    return Math.max(scale, 0.005);
  }

  /** Fit again after a change of room, unless the reader has moved or zoomed. */
  settle() {
    this.picture.forget();
    if (this.state?.view === "network" && this.upright() !== this.turned) this.move("network");
    if (!this.touched) this.fit(true, this.wanted);
  }

  /** Give the part of the stage that the panel leaves free. */
  room() {
    const stage = this.container.getBoundingClientRect();
    const foot = byName("timeline").offsetHeight && 36;
    const panel = byName("panel").getBoundingClientRect();
    const wide = Math.min(stage.right, panel.right) - Math.max(stage.left, panel.left);
    const high = Math.min(stage.bottom, panel.bottom) - Math.max(stage.top, panel.top);
    if (wide <= 1 || high <= 1) return { width: stage.width, height: stage.height - foot, offset: { x: 0, y: -foot / 2 } };
    if (wide > stage.width * 0.8) return { width: stage.width, height: stage.height - high, offset: { x: 0, y: -high / 2 } };
    const side = panel.left <= stage.left + 1 ? 1 : -1;
    return { width: stage.width - wide, height: stage.height - foot, offset: { x: (side * wide) / 2, y: -foot / 2 } };
  }

  /** @param {boolean} [still] */
  motion(still = false) {
    if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
    return { duration: 350, easingFunction: "easeInOutCubic" };
  }

  /** @param {string[]} [ids] @returns {Box} */
  bounds(ids) {
    const all = this.points.filter((_, at) => this.shown[at]);
    const wanted = ids?.length ? all.filter(({ id }) => ids.includes(id)) : all;
    const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    for (const point of wanted.length ? wanted : this.points) {
      const [x, y] = this.spot(point);
      box.left = Math.min(box.left, x), box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y), box.bottom = Math.max(box.bottom, y);
    }
    return box;
  }

  /** Say whether the stage is a phone's: then the network is drawn upright. */
  upright() {
    return this.container.clientHeight > this.container.clientWidth * 1.25;
  }

  /** @param {Point} point @returns {[number, number]} */
  spot(point) {
    if (this.view === "world") return [point.wx, point.wy];
    return this.turned ? [-point.y, point.x] : [point.x, point.y];
  }

  /** @param {number} factor */
  zoom(factor) {
    this.touched = true;
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: this.motion() });
  }

  /** Take the scale of the view, on which sizes depend. @param {number} scale */
  measure(scale) {
    this.scale = scale;
    this.growth = Math.min(1.5, Math.max(0.7, scale ** 0.35)) * (this.view === "world" ? 0.8 : 1) * this.crowd;
  }

  /**
   * Give the radius of a node on the screen, in pixels.
   * @param {Point} point
   */
  radius(point) {
    if (point.type === "cluster") return Math.min(28, 9 + Math.sqrt(/** @type {Cluster} */ (point).members.length));
    if (point.type === "agreement") return 9 * this.growth;
    const node = /** @type {GraphNode} */ (point), size = this.state?.size;
    if (size === "betweenness") return (4.5 + 13 * Math.sqrt((node.betweenness || 0) / this.most)) * this.growth;
    return (3.6 + 2 * Math.sqrt((size === "partners" ? node.partners : node.agreements) || 0)) * this.growth;
  }

  /** @param {{ctx: CanvasRenderingContext2D, id: string, x: number, y: number}} given */
  drawNode({ ctx, id, x, y }) {
    const point = this.points[/** @type {number} */ (this.index.get(id))];
    const radius = this.radius(point) / this.scale;
    return {
      drawNode: () => this.picture.still || this.shape(ctx, point, x, y, radius),
      nodeDimensions: { width: radius * 2, height: radius * 2 },
    };
  }

  /**
   * @param {Surface} g
   * @param {Point} point
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  shape(g, point, x, y, radius) {
    const { paint, scale } = this;
    const pointed = this.hovered?.id === point.id || this.state?.selected?.id === point.id;
    g.globalAlpha = this.quiet() && !this.litNodes.has(point.id) && !pointed ? 0.28 : 1;
    g.beginPath();
    outlineOf(g, point.type, x, y, radius);
    g.lineWidth = (this.crowd < 0.7 ? 2 : 4) / scale;
    g.strokeStyle = paint.paper;
    g.stroke();
    const agreement = point.type === "agreement" ? this.data.agreement.get(point.id) : null;
    const ring = agreement ? this.color(agreement.kind) : paint.ink;
    const hollow = point.type === "organization" || point.type === "agreement" || point.type === "cluster";
    g.fillStyle = hollow ? paint.surface : point.type === "state" ? paint.ink : paint.muted;
    g.fill();
    g.lineWidth = (pointed ? 2.6 : hollow ? 1.8 : 1) / scale;
    g.strokeStyle = pointed ? paint.accent : hollow ? ring : paint.paper;
    g.stroke();
    if (agreement) this.stamp(g, agreement.kind, x, y, radius * 1.25, ring);
    if (point.type === "cluster") this.count(g, /** @type {Cluster} */ (point), x, y);
    if (pointed) {
      g.beginPath();
      g.arc(x, y, radius + 5 / scale, 0, 2 * Math.PI);
      g.stroke();
    }
    g.globalAlpha = 1;
  }

  /** Write how many a cluster holds. @param {Surface} g @param {Cluster} cluster @param {number} x @param {number} y */
  count(g, cluster, x, y) {
    g.font = `600 ${11 / this.scale}px ${this.paint.sans}`;
    g.textAlign = "center";
    g.textBaseline = "middle";
    g.fillStyle = this.paint.ink;
    g.fillText(number(cluster.members.length), x, y);
  }

  /**
   * Draw the sign of a kind around a point.
   * @param {Surface} g
   * @param {string} kind
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {string} color
   */
  stamp(g, kind, x, y, size, color) {
    const glyph = this.glyphs.get(kind);
    g.save();
    g.translate(x - size / 2, y - size / 2);
    g.scale(size / 16, size / 16);
    g.strokeStyle = g.fillStyle = color;
    g.lineWidth = 1.7;
    g.lineCap = g.lineJoin = "round";
    g.setLineDash([]);
    if (glyph) put(g, glyph, "stroke");
    else g.fillRect(6, 6, 4, 4);
    g.restore();
  }
}
