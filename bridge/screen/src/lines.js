// Lines from one morph to another, in one SVG layer above all. They go where their ends go: drawn once a frame, if anything moved.
const SVG = 'http://www.w3.org/2000/svg';

export class Lines {
  #nodes = new Map();
  #due = false;

  constructor(layer, world) {
    this.layer = layer;
    this.world = world;
  }

  add(node) {
    const group = document.createElementNS(SVG, 'g');
    const line = document.createElementNS(SVG, 'path');
    const tip = document.createElementNS(SVG, 'circle');
    tip.setAttribute('r', '6');
    tip.dataset.tip = node.oid;
    group.append(line, tip);
    this.layer.append(group);
    this.#nodes.set(node.oid, { node, group, line, tip });
    this.redraw();
  }

  remove(node) {
    this.#nodes.get(node.oid)?.group.remove();
    this.#nodes.delete(node.oid);
  }

  redraw() {
    if (this.#due || this.#nodes.size === 0) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      for (const entry of this.#nodes.values()) this.draw(entry);
    });
  }

  draw({ node, group, line, tip }, at = null) {
    const from = this.world.scene.nodes.get(node.props.from)?.el;
    const to = this.world.scene.nodes.get(node.props.to)?.el;
    const shown = from?.isConnected && to?.isConnected && from.offsetParent !== null;
    group.style.display = shown ? '' : 'none';
    if (!shown) return;
    const base = this.world.stage.getBoundingClientRect();
    const a = from.getBoundingClientRect();
    const b = to.getBoundingClientRect();
    const x1 = a.right - base.left, y1 = a.top + a.height / 2 - base.top;
    let x2 = b.left - base.left, y2 = b.top + Math.min(14, b.height / 2) - base.top;
    if (b.left < a.right) x2 = Math.min(Math.max(x1, b.left - base.left), b.right - base.left), y2 = (b.top > a.bottom ? b.top : b.bottom) - base.top;
    if (at) [x2, y2] = at;
    const bend = Math.max(24, Math.abs(x2 - x1) / 3);
    line.setAttribute('d', `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`);
    tip.setAttribute('cx', x2);
    tip.setAttribute('cy', y2);
  }

  /** The tip follows the pointer. */
  drag(oid, x, y) {
    const entry = this.#nodes.get(oid);
    if (entry) this.draw(entry, [x, y]);
  }
}
