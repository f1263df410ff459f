/* The slider of time: the network as it stood on a day, for certain; play goes from change to change. */

const BEAT = 900; // milliseconds from one change to the next

class Timeline {
  /**
   * @param {HTMLElement} place
   * @param {Data} data
   * @param {(change: Partial<State>) => void} change
   */
  constructor(place, data, change) {
    this.place = place;
    this.data = data;
    this.change = change;
    this.days = data.days();
    this.timer = 0;
    /** @type {State | null} */ this.state = null;
    const slide = () => this.days.length && this.go(Number(this.slider.value));
    this.slider = /** @type {HTMLInputElement} */ (make("input", { type: "range", id: "day", min: 0, max: this.days.length, step: 1, on: { input: slide } }));
    this.button = make("button", { type: "button", id: "play", class: "play", on: { click: () => this.play(!this.timer) } });
    this.shown = make("output", { id: "day-shown", for: "day" });
    this.undated = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", id: "undated", on: { change: () => this.change({ undated: this.undated.checked }) } }));
    this.word = make("span", {});
    place.replaceChildren(this.button, this.bars(), this.slider, this.shown, make("label", { class: "switch undated" }, this.undated, this.word));
    place.hidden = !this.days.length;
  }

  /** Show under the slider how much changes when. */
  bars() {
    /** @type {Map<string, number>} */ const counts = new Map();
    for (const agreement of this.data.agreements) for (const { from } of agreement.periods) counts.set(from, (counts.get(from) || 0) + 1);
    let most = 1;
    for (const count of counts.values()) most = Math.max(most, count);
    const wide = 100 / Math.max(1, this.days.length);
    const lines = this.days.slice(0, 1000).map((one, at) => {
      const high = 3 + 13 * Math.sqrt((counts.get(one) || 0) / most);
      const thick = Math.min(1.6, wide * 0.7);
      return draw("rect", { x: at * wide - thick / 2, y: 16 - high, width: thick, height: high });
    });
    return draw("svg", { class: "bars", viewBox: "0 0 100 16", preserveAspectRatio: "none", "aria-hidden": "true" }, ...lines);
  }

  /** Go to the change of a number; the last place is the present, with all. @param {number} at */
  go(at) {
    this.change({ day: at < this.days.length ? this.days[at] : null });
  }

  /** @param {boolean} on */
  play(on) {
    clearInterval(this.timer);
    this.timer = 0;
    if (on) {
      if (this.at() >= this.days.length) this.go(0);
      this.timer = window.setInterval(() => {
        const next = this.at() + 1;
        if (next >= this.days.length) this.play(false);
        this.go(next);
      }, BEAT);
    }
    if (this.state) this.refresh(this.state);
  }

  /** Give the place of the day that is shown. */
  at() {
    const shown = this.state?.day;
    if (!shown) return this.days.length;
    let at = 0;
    while (at + 1 < this.days.length && this.days[at + 1] <= shown) at += 1;
    return at;
  }

  /** @param {State} state */
  refresh(state) {
    this.state = state;
    this.slider.value = String(this.at());
    const text = state.day ? day(state.day) : say("allTime");
    this.shown.textContent = text;
    this.slider.setAttribute("aria-label", say("asOf"));
    this.slider.setAttribute("aria-valuetext", text);
    this.button.setAttribute("aria-label", say(this.timer ? "pause" : "play"));
    this.button.setAttribute("title", say(this.timer ? "pause" : "play"));
    const d = this.timer ? "M4.5 3h2.5v10H4.5ZM9 3h2.5v10H9Z" : "M5 2.8v10.4l8-5.2Z";
    this.button.replaceChildren(draw("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" }, draw("path", { d })));
    this.undated.checked = state.undated;
    this.word.textContent = say("undatedToo");
    this.place.classList.toggle("past", Boolean(state.day));
    this.place.setAttribute("aria-label", say("asOf"));
  }
}
