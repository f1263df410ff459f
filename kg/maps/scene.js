/* The drawing: vis-network moves and finds things, what is drawn on top keeps its size on the screen. */

/**
 * @typedef {{node: (id: string | null) => void, agreement: (id: string) => void,
 *   hover: (thing: {type: "node" | "agreement", id: string} | null, at?: {x: number, y: number}) => void}} Hooks
 */

const SELF_LOOP = { size: 13, angle: -0.7, renderBehindTheNode: true };

class Scene {
  /**
   * @param {HTMLElement} container
   * @param {Data} data
   * @param {any} options
   * @param {Hooks} hooks
   */
  constructor(container, data, options, hooks) {
    this.container = container;
    this.data = data;
    this.hooks = hooks;
    this.paint = currentPaint();
    /** @type {State | null} */ this.state = null;
    /** @type {Set<string>} */ this.visible = new Set();
    /** @type {Set<string>} */ this.lit = new Set();
    /** @type {Set<string>} */ this.litNodes = new Set();
    /** @type {{type: string, id: string} | null} */ this.hovered = null;
    this.view = "network";
    this.turned = container.clientHeight > container.clientWidth * 1.25;
    this.touched = false;
    /** @type {string[] | undefined} what to fit once there is a stage again */ this.wanted = undefined;
    this.turns = 0;
    this.outline = new Path2D(data.outline.path);
    this.glyphs = new Map(data.kinds.map((kind) => [kind.id, kind.glyph ? new Path2D(kind.glyph) : null]));
    this.most = Math.max(1e-9, ...data.nodes.map((node) => node.betweenness || 0));
    this.nodes = new vis.DataSet(data.nodes.map((node) => this.nodeItem(node)));
    this.edges = new vis.DataSet(data.edges.map((edge) => this.edgeItem(edge)));
    options.nodes.ctxRenderer = (/** @type {any} */ given) => this.drawNode(given);
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
    this.items = this.network.body;
    this.overlay = new Overlay(this);
    this.listen();
  }

  /** @param {GraphNode} node */
  nodeItem(node) {
    const [x, y] = this.spot(node);
    return { id: node.id, x, y, shape: "custom" };
  }

  /** @param {GraphEdge} edge */
  edgeItem(edge) {
    const smooth = edge.bend
      ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) }
      : { enabled: false };
    return { id: edge.id, from: edge.from, to: edge.to, smooth, arrows: edge.arrows, selfReference: SELF_LOOP };
  }

  listen() {
    const { network, hooks } = this;
    network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this.before(ctx));
    network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => this.overlay.draw(ctx));
    network.on("click", (/** @type {any} */ event) => {
      const thing = this.thing(event.nodes[0], event.edges[0]);
      network.unselectAll();
      if (thing?.type === "agreement") hooks.agreement(thing.id);
      else hooks.node(thing ? thing.id : null);
    });
    const enter = (/** @type {any} */ event) => this.point(this.thing(event.node, event.edge), event.pointer?.DOM);
    const leave = () => this.point(null);
    network.on("hoverNode", enter), network.on("hoverEdge", enter);
    network.on("blurNode", leave), network.on("blurEdge", leave);
    const touch = () => { this.touched = true; this.point(null); };
    network.on("dragStart", touch), network.on("zoom", touch);
    network.on("dragEnd", (/** @type {any} */ event) => event.nodes.forEach((/** @type {string} */ id) => this.drop(id)));
    network.on("resize", () => this.settle());
  }

  /** Leave a node where the reader has dragged it. @param {string} id */
  drop(id) {
    const node = /** @type {GraphNode} */ (this.data.node.get(id));
    const { x, y } = this.items.nodes[id];
    if (this.view === "world") [node.wx, node.wy] = [x, y];
    else [node.x, node.y] = this.turned ? [y, -x] : [x, y];
  }

  /**
   * @param {string | undefined} node
   * @param {string | undefined} edge
   * @returns {{type: "node" | "agreement", id: string} | null}
   */
  thing(node, edge) {
    if (node !== undefined) return { type: this.data.node.get(node)?.type === "agreement" ? "agreement" : "node", id: node };
    const found = edge !== undefined && this.data.edges.find(({ id }) => id === edge);
    return found ? { type: "agreement", id: found.agreement } : null;
  }

  /** @param {{type: "node" | "agreement", id: string} | null} thing @param {{x: number, y: number}} [at] */
  point(thing, at) {
    this.hovered = thing;
    this.container.classList.toggle("pointing", Boolean(thing));
    this.hooks.hover(thing, at);
    this.network.redraw();
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
    this.litNodes = new Set(state.selected?.type === "node" ? [state.selected.id] : []);
    const shown = new Set();
    for (const edge of this.data.edges) {
      if (visible.has(edge.agreement)) shown.add(edge.from).add(edge.to);
      if (lit.has(edge.agreement)) this.litNodes.add(edge.from).add(edge.to);
    }
    const all = visible.size === this.data.agreements.length;
    this.nodes.update(this.data.nodes.map((node) => ({ ...this.nodeItem(node), hidden: !shown.has(node.id) && !all })));
    this.edges.update(this.data.edges.map((edge) => this.edgeLook(edge, state)));
    if (state.view !== "table" && state.view !== this.view) this.move(state.view);
    this.network.redraw();
  }

  /** @param {GraphEdge} edge @param {State} state */
  edgeLook(edge, state) {
    const agreement = /** @type {Agreement} */ (this.data.agreement.get(edge.agreement));
    const status = this.data.status.get(agreement.status);
    const lit = this.lit.has(agreement.id);
    const calm = this.visible.size > 140 || state.view === "world" ? 0.75 : 1;
    const strength = this.quiet() && !lit ? 0.1 : lit ? 0.9 : (status?.active ? 0.85 : 0.5) * calm;
    const [r, g, b] = legible(this.data.kind.get(agreement.kind)?.color || "#777777", this.paint);
    const color = `rgba(${r},${g},${b},${strength})`;
    const bright = `rgba(${r},${g},${b},1)`;
    return { id: edge.id, hidden: !this.visible.has(edge.agreement), color: { color, highlight: bright, hover: bright } };
  }

  /** Say whether something is chosen, so that the rest steps back. */
  quiet() {
    return this.lit.size > 0 || this.litNodes.size > 0;
  }

  /**
   * Move between the network and the world.
   * @param {string} view
   */
  move(view) {
    this.view = view;
    this.turned = this.upright();
    const targets = this.data.nodes.map((node) => this.spot(node));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || this.data.nodes.length > 600;
    const starts = this.data.nodes.map((node) => [this.items.nodes[node.id].x, this.items.nodes[node.id].y]);
    const turn = (this.turns += 1);
    const began = performance.now();
    const step = () => {
      if (turn !== this.turns) return;
      const time = calm ? 1 : Math.min(1, (performance.now() - began) / 550);
      const ease = 1 - (1 - time) ** 3;
      this.data.nodes.forEach((node, at) => {
        const item = this.items.nodes[node.id];
        item.x = starts[at][0] + (targets[at][0] - starts[at][0]) * ease;
        item.y = starts[at][1] + (targets[at][1] - starts[at][1]) * ease;
      });
      this.network.redraw();
      if (time < 1) requestAnimationFrame(step);
    };
    step();
    this.fit(calm);
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
    const [across, down] = [Math.min(140, width * 0.3), Math.min(120, height * 0.2)];
    const scale = Math.min((width - across) / (box.right - box.left + 1), (height - down) / (box.bottom - box.top + 1), ids ? 1.2 : 1.6);
    const position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    this.network.moveTo({ position, offset, scale: Math.max(scale, 0.02), animation: this.motion(still) });
  }

  /** Fit again after a change of room, unless the reader has moved or zoomed. */
  settle() {
    if (this.state?.view === "network" && this.upright() !== this.turned) this.move("network");
    if (!this.touched) this.fit(true, this.wanted);
  }

  /** Give the part of the stage that the panel leaves free. */
  room() {
    const stage = this.container.getBoundingClientRect();
    const panel = byName("panel").getBoundingClientRect();
    const wide = Math.min(stage.right, panel.right) - Math.max(stage.left, panel.left);
    const high = Math.min(stage.bottom, panel.bottom) - Math.max(stage.top, panel.top);
    if (wide <= 1 || high <= 1) return { width: stage.width, height: stage.height, offset: { x: 0, y: 0 } };
    if (wide > stage.width * 0.8) return { width: stage.width, height: stage.height - high, offset: { x: 0, y: -high / 2 } };
    const side = panel.left <= stage.left + 1 ? 1 : -1;
    return { width: stage.width - wide, height: stage.height, offset: { x: (side * wide) / 2, y: 0 } };
  }

  /** @param {boolean} [still] */
  motion(still = false) {
    if (still || matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
    return { duration: 350, easingFunction: "easeInOutCubic" };
  }

  /** @param {string[]} [ids] @returns {Box} */
  bounds(ids) {
    const all = this.data.nodes.filter(({ id }) => !this.items.nodes[id].options.hidden);
    const wanted = ids?.length ? all.filter(({ id }) => ids.includes(id)) : all;
    const spots = (wanted.length ? wanted : this.data.nodes).map((node) => this.spot(node));
    const xs = spots.map(([x]) => x), ys = spots.map(([, y]) => y);
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  }

  /** Say whether the stage is a phone's: then the network is drawn upright. */
  upright() {
    return this.container.clientHeight > this.container.clientWidth * 1.25;
  }

  /** @param {GraphNode} node @returns {[number, number]} */
  spot(node) {
    if (this.view === "world") return [node.wx, node.wy];
    return this.turned ? [-node.y, node.x] : [node.x, node.y];
  }

  /** @param {number} factor */
  zoom(factor) {
    this.network.moveTo({ scale: this.network.getScale() * factor, animation: this.motion() });
  }

  /**
   * Give the radius of a node on the screen, in pixels.
   * @param {GraphNode} node
   */
  radius(node) {
    const growth = Math.min(1.5, Math.max(0.7, this.network.getScale() ** 0.35)) * (this.view === "world" ? 0.8 : 1);
    if (node.type === "agreement") return 9 * growth;
    const size = this.state?.size;
    if (size === "betweenness") return (4.5 + 13 * Math.sqrt((node.betweenness || 0) / this.most)) * growth;
    return (3.6 + 2 * Math.sqrt((size === "partners" ? node.partners : node.agreements) || 0)) * growth;
  }

  /** @param {{ctx: CanvasRenderingContext2D, id: string, x: number, y: number}} given */
  drawNode({ ctx, id, x, y }) {
    const node = /** @type {GraphNode} */ (this.data.node.get(id));
    const radius = this.radius(node) / this.network.getScale();
    return {
      drawNode: () => this.shape(ctx, node, x, y, radius),
      nodeDimensions: { width: radius * 2, height: radius * 2 },
    };
  }

  /**
   * @param {CanvasRenderingContext2D} ctx
   * @param {GraphNode} node
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  shape(ctx, node, x, y, radius) {
    const { paint } = this;
    const scale = this.network.getScale();
    const pointed = this.hovered?.id === node.id || this.state?.selected?.id === node.id;
    ctx.globalAlpha = this.quiet() && !this.litNodes.has(node.id) && !pointed ? 0.28 : 1;
    ctx.beginPath();
    outlineOf(ctx, node.type, x, y, radius);
    ctx.lineWidth = 4 / scale;
    ctx.strokeStyle = paint.paper;
    ctx.stroke();
    const agreement = this.data.agreement.get(node.id);
    const ring = agreement ? rgb(legible(this.data.kind.get(agreement.kind)?.color || "#777777", paint)) : paint.ink;
    const hollow = node.type === "organization" || node.type === "agreement";
    ctx.fillStyle = hollow ? paint.surface : node.type === "state" ? paint.ink : paint.muted;
    ctx.fill();
    ctx.lineWidth = (pointed ? 2.6 : hollow ? 1.8 : 1) / scale;
    ctx.strokeStyle = pointed ? paint.accent : hollow ? ring : paint.paper;
    ctx.stroke();
    if (agreement) this.stamp(ctx, agreement.kind, x, y, radius * 1.25, ring);
    if (pointed) {
      ctx.beginPath();
      ctx.arc(x, y, radius + 5 / scale, 0, 2 * Math.PI);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  }

  /**
   * Draw the sign of a kind around a point.
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} kind
   * @param {number} x
   * @param {number} y
   * @param {number} size
   * @param {string} color
   */
  stamp(ctx, kind, x, y, size, color) {
    const glyph = this.glyphs.get(kind);
    ctx.save();
    ctx.translate(x - size / 2, y - size / 2);
    ctx.scale(size / 16, size / 16);
    ctx.strokeStyle = ctx.fillStyle = color;
    ctx.lineWidth = 1.7;
    ctx.lineCap = ctx.lineJoin = "round";
    ctx.setLineDash([]);
    if (glyph) ctx.stroke(glyph);
    else ctx.fillRect(6, 6, 4, 4);
    ctx.restore();
  }

  /** @param {CanvasRenderingContext2D} ctx */
  before(ctx) {
    const scale = this.network.getScale();
    if (this.view === "world") this.drawWorld(ctx, scale);
    const growth = Math.min(1.6, Math.max(0.75, scale ** 0.3)) / scale;
    for (const edge of this.data.edges) this.edgeSize(edge, growth, scale);
  }

  /**
   * Keep a line as wide on the screen at every zoom: vis-network itself would swell it.
   * @param {GraphEdge} edge
   * @param {number} growth
   * @param {number} scale
   */
  edgeSize(edge, growth, scale) {
    const agreement = /** @type {Agreement} */ (this.data.agreement.get(edge.agreement));
    const options = this.items.edges[edge.id].options;
    const style = this.data.status.get(agreement.status);
    const strong = this.lit.has(agreement.id) || this.hovered?.id === agreement.id;
    options.width = ((style?.width || 1.3) + (strong ? 1 : 0)) * growth;
    options.hoverWidth = growth;
    const dash = style?.dash.length ? style.dash : DASHES[style?.line || "solid"];
    options.dashes = dash ? dash.map((length) => length * growth) : false;
    if (edge.arrows) options.arrows.to.scaleFactor = 0.42 * growth;
    if (edge.from === edge.to) {
      const node = /** @type {GraphNode} */ (this.data.node.get(edge.from));
      options.selfReference = { ...SELF_LOOP, size: (this.radius(node) * 0.6 + 5) / scale, angle: -0.7 - edge.bend * 4 };
    }
  }

  /** @param {CanvasRenderingContext2D} ctx @param {number} scale */
  drawWorld(ctx, scale) {
    ctx.save();
    ctx.fillStyle = this.paint.land;
    ctx.strokeStyle = this.paint.coast;
    ctx.lineWidth = 0.7 / scale;
    ctx.lineJoin = "round";
    ctx.fill(this.outline);
    ctx.stroke(this.outline);
    this.drawShelf(ctx, scale);
    ctx.restore();
  }

  /**
   * Draw the tray of those who have no place on the map, so that nobody takes it for one.
   * @param {CanvasRenderingContext2D} ctx
   * @param {number} scale
   */
  drawShelf(ctx, scale) {
    const shelf = this.data.nodes.filter((node) => !node.placed && !this.items.nodes[node.id].options.hidden);
    if (!shelf.length) return;
    const [left, right] = [Math.min(...shelf.map((node) => node.wx)) - 70, Math.max(...shelf.map((node) => node.wx)) + 70];
    const top = shelf[0].wy - 30 - 22 / scale;
    ctx.beginPath();
    ctx.roundRect(left, top, right - left, shelf[0].wy + 20 + 24 / scale - top, 14);
    ctx.fillStyle = this.paint.paper;
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = this.paint.muted;
    ctx.font = `${12 / scale}px ${this.paint.sans}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.direction = language.lang === "ar" ? "rtl" : "ltr";
    if (ctx.measureText(say("noPlace")).width < right - left) ctx.fillText(say("noPlace"), (left + right) / 2, top + 6 / scale);
  }
}
