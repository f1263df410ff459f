/* A surface that writes SVG where a canvas would paint: so much of its interface as the drawing uses. */

/**
 * @typedef {{d: string, path: Path2D}} Outline
 * @typedef {CanvasRenderingContext2D | Svg} Surface
 */

/** What `save` keeps and `restore` brings back. */
const PEN = /** @type {const} */ (["lineWidth", "strokeStyle", "fillStyle", "globalAlpha", "lineCap", "lineJoin", "font", "textAlign",
  "textBaseline", "direction", "dash", "k", "x", "y"]);

class Svg {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.lineWidth = 1;
    this.strokeStyle = "#000";
    this.fillStyle = "#000";
    this.globalAlpha = 1;
    /** @type {CanvasLineCap} */ this.lineCap = "butt";
    /** @type {CanvasLineJoin} */ this.lineJoin = "miter";
    this.font = "10px sans-serif";
    /** @type {CanvasTextAlign} */ this.textAlign = "start";
    /** @type {CanvasTextBaseline} */ this.textBaseline = "alphabetic";
    /** @type {CanvasDirection} */ this.direction = "ltr";
    /** @type {number[]} */ this.dash = [];
    this.k = 1;
    this.x = 0;
    this.y = 0;
    /** @type {Record<string, any>[]} */ this.kept = [];
    /** @type {string[]} */ this.parts = [];
    this.d = "";
    this.gauge = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  }

  save() {
    this.kept.push(Object.fromEntries(PEN.map((name) => [name, this[name]])));
  }

  restore() {
    Object.assign(this, this.kept.pop());
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.x += x * this.k;
    this.y += y * this.k;
  }

  /** @param {number} factor @param {number} _down the same: a drawing is never stretched */
  scale(factor, _down) {
    this.k *= factor;
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  /** @param {number} x @param {number} y */
  at(x, y) {
    return `${round(x * this.k + this.x)} ${round(y * this.k + this.y)}`;
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

  /** Draw a whole circle. @param {number} x @param {number} y @param {number} radius @param {number} _from @param {number} _to */
  arc(x, y, radius, _from, _to) {
    const r = round(radius * this.k);
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
    this.parts.push(`<path d="${this.d}" fill="none"${this.line(this.k)}/>`);
  }

  fill() {
    this.parts.push(`<path d="${this.d}" fill="${escaped(this.fillStyle)}"${this.faint()}/>`);
  }

  /** @param {Outline} outline @param {"stroke" | "fill"} way */
  whole({ d }, way) {
    const look = way === "fill" ? ` fill="${escaped(this.fillStyle)}"${this.faint()}` : ` fill="none"${this.line(1)}`;
    this.parts.push(`<path transform="translate(${round(this.x)} ${round(this.y)}) scale(${this.k})" d="${d}"${look}/>`);
  }

  /** @param {number} factor */
  line(factor) {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map((length) => round(length * factor)).join(" ")}"` : "";
    return ` stroke="${escaped(this.strokeStyle)}" stroke-width="${round(this.lineWidth * factor)}" stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"${dash}${this.faint()}`;
  }

  faint() {
    return this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : "";
  }

  /** @param {string} text */
  measureText(text) {
    this.gauge.font = this.font;
    return this.gauge.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.text(text, x, y, `fill="${escaped(this.fillStyle)}"${this.faint()}`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.text(text, x, y, `fill="none"${this.line(this.k)}`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} look */
  text(text, x, y, look) {
    const [, weight, size, family] = /^(?:(\w+) )?([\d.]+)px (.*)$/.exec(this.font) || ["", "400", "12", "sans-serif"];
    const anchor = { center: "middle", right: "end", end: "end", left: "start", start: "start" }[this.textAlign];
    const drop = this.textBaseline === "middle" ? 0.34 : this.textBaseline === "top" ? 0.8 : 0;
    const [left, top] = this.at(x, y + Number(size) * drop).split(" ");
    this.parts.push(`<text x="${left}" y="${top}" text-anchor="${anchor}" direction="${this.direction}" font-family="${escaped(family)}" `
      + `font-size="${round(Number(size) * this.k)}" font-weight="${weight || 400}" ${look}>${escaped(clean(text))}</text>`);
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
