/* A surface that writes SVG where a canvas would paint: so much of its interface as the drawing uses. */

/**
 * @typedef {{d: string, path: Path2D}} Outline
 * @typedef {CanvasRenderingContext2D | Svg} Surface
 * @typedef {{lineWidth: number, strokeStyle: string, fillStyle: string, globalAlpha: number, lineCap: string,
 *   lineJoin: string, font: string, textAlign: string, textBaseline: string, direction: string, dash: number[],
 *   k: number, x: number, y: number}} Pen
 */

/** @type {Pen} */
const NEW_PEN = {
  lineWidth: 1, strokeStyle: "#000", fillStyle: "#000", globalAlpha: 1, lineCap: "butt", lineJoin: "miter", font: "10px sans-serif",
  textAlign: "start", textBaseline: "alphabetic", direction: "ltr", dash: [], k: 1, x: 0, y: 0,
};

class Svg {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    Object.assign(this, NEW_PEN);
    this.width = width;
    this.height = height;
    /** @type {Pen[]} */ this.kept = [];
    /** @type {string[]} */ this.parts = [];
    this.d = "";
    this.gauge = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  }

  /** @returns {Pen} */
  get pen() {
    return /** @type {any} */ (this);
  }

  save() {
    const { pen } = this;
    this.kept.push(/** @type {Pen} */ (Object.fromEntries(Object.keys(NEW_PEN).map((key) => [key, pen[/** @type {keyof Pen} */ (key)]]))));
  }

  restore() {
    Object.assign(this, this.kept.pop());
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.pen.x += x * this.pen.k;
    this.pen.y += y * this.pen.k;
  }

  /** @param {number} factor */
  scale(factor) {
    this.pen.k *= factor;
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.pen.dash = dash;
  }

  /** @param {number} x @param {number} y */
  at(x, y) {
    return `${round(x * this.pen.k + this.pen.x)} ${round(y * this.pen.k + this.pen.y)}`;
  }

  beginPath() {
    this.d = "";
  }

  closePath() {
    this.d += "Z";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.d += `M${this.at(x, y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.d += `${this.d && !this.d.endsWith("Z") ? "L" : "M"}${this.at(x, y)}`;
  }

  /** @param {number} cx @param {number} cy @param {number} x @param {number} y */
  quadraticCurveTo(cx, cy, x, y) {
    this.d += `Q${this.at(cx, cy)} ${this.at(x, y)}`;
  }

  /** @param {number} x @param {number} y @param {number} radius a whole circle */
  arc(x, y, radius) {
    const r = round(radius * this.pen.k);
    this.d += `M${this.at(x + radius, y)}A${r} ${r} 0 1 1 ${this.at(x - radius, y)}A${r} ${r} 0 1 1 ${this.at(x + radius, y)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.roundRect(x, y, width, height, 0);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
  roundRect(x, y, width, height, radius) {
    const r = Math.min(radius, width / 2, height / 2);
    const [right, bottom] = [x + width, y + height];
    this.moveTo(x + r, y);
    this.lineTo(right - r, y), this.quadraticCurveTo(right, y, right, y + r);
    this.lineTo(right, bottom - r), this.quadraticCurveTo(right, bottom, right - r, bottom);
    this.lineTo(x + r, bottom), this.quadraticCurveTo(x, bottom, x, bottom - r);
    this.lineTo(x, y + r), this.quadraticCurveTo(x, y, x + r, y);
    this.closePath();
  }

  stroke() {
    this.parts.push(`<path d="${this.d}" fill="none"${this.line(this.pen.k)}/>`);
  }

  fill() {
    this.parts.push(`<path d="${this.d}" fill="${escaped(this.pen.fillStyle)}"${this.faint()}/>`);
  }

  /** @param {Outline} outline @param {"stroke" | "fill"} way */
  whole({ d }, way) {
    const { pen } = this;
    const look = way === "fill" ? ` fill="${escaped(pen.fillStyle)}"${this.faint()}` : ` fill="none"${this.line(1)}`;
    this.parts.push(`<path transform="translate(${round(pen.x)} ${round(pen.y)}) scale(${pen.k})" d="${d}"${look}/>`);
  }

  /** @param {number} factor */
  line(factor) {
    const { pen } = this;
    const dash = pen.dash.length ? ` stroke-dasharray="${pen.dash.map((length) => round(length * factor)).join(" ")}"` : "";
    return ` stroke="${escaped(pen.strokeStyle)}" stroke-width="${round(pen.lineWidth * factor)}" stroke-linecap="${pen.lineCap}" stroke-linejoin="${pen.lineJoin}"${dash}${this.faint()}`;
  }

  faint() {
    return this.pen.globalAlpha < 1 ? ` opacity="${round(this.pen.globalAlpha)}"` : "";
  }

  /** @param {string} text */
  measureText(text) {
    this.gauge.font = this.pen.font;
    return this.gauge.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.text(text, x, y, `fill="${escaped(this.pen.fillStyle)}"${this.faint()}`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.text(text, x, y, `fill="none"${this.line(this.pen.k)}`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} look */
  text(text, x, y, look) {
    const { pen } = this;
    const [, weight, size, family] = /^(?:(\w+) )?([\d.]+)px (.*)$/.exec(pen.font) || ["", "400", "12", "sans-serif"];
    const anchor = { center: "middle", right: "end", end: "end" }[pen.textAlign] || "start";
    const drop = { middle: 0.34, top: 0.8 }[pen.textBaseline] || 0;
    const [left, top] = this.at(x, y + Number(size) * drop).split(" ");
    this.parts.push(`<text x="${left}" y="${top}" text-anchor="${anchor}" direction="${pen.direction}" font-family="${escaped(family)}" `
      + `font-size="${round(Number(size) * pen.k)}" font-weight="${weight || 400}" ${look}>${escaped(clean(text))}</text>`);
  }

  toString() {
    const size = `width="${round(this.width)}" height="${round(this.height)}" viewBox="0 0 ${round(this.width)} ${round(this.height)}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${this.parts.join("\n")}\n</svg>\n`;
  }
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}

/** Write a text for XML. @param {unknown} text */
function escaped(text) {
  return String(text).replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** @param {string} d @returns {Outline} */
function outlined(d) {
  return { d, path: new Path2D(d) };
}

/**
 * Stroke or fill a whole outline.
 * @param {Surface} surface
 * @param {Outline} outline
 * @param {"stroke" | "fill"} way
 */
function put(surface, outline, way) {
  if (surface instanceof Svg) surface.whole(outline, way);
  else surface[way](outline.path);
}
