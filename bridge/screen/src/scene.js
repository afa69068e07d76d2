// What the world told of its morphs, and the elements that show them. Operations come in batches; a batch is applied
// whole. Places that a drag here predicts are kept until the world has confirmed the drag's end.
import { make, dress, place } from './element.js';

export class Scene {
  /** Number of a morph -> { oid, owner, props, el, inner }. */
  nodes = new Map();
  /** Numbers of morphs whose place is predicted -> the revision that confirms it (Infinity while dragged). */
  predicted = new Map();
  revision = 0;

  constructor(stage, world) {
    this.stage = stage;
    this.world = world;
  }

  /** Everything anew. Elements of morphs that are still there are kept, and with them what is being typed. */
  reset(operations, revision) {
    const present = new Set(operations.map((op) => op[1]));
    for (const oid of [...this.nodes.keys()]) if (!present.has(oid)) this.#remove(oid);
    this.predicted.clear();
    this.apply(operations, revision);
  }

  apply(operations, revision) {
    this.revision = revision;
    for (const op of operations) {
      switch (op[0]) {
        case 'c': this.#create(op[1], op[2], op[3], op[4]); break;
        case 's': this.#set(op[1], op[2]); break;
        case 'm': this.#move(op[1], op[2], op[3]); break;
        case 'p': this.#put(op[1], op[2], op[3]); break;
        case 'r': this.#remove(op[1]); break;
      }
    }
    const fresh = this.#fresh;
    this.#fresh = [];
    for (const node of fresh) if (this.nodes.get(node.oid) === node) this.world.settle(node);
    for (const [oid, until] of this.predicted) {
      if (until > revision) continue;
      this.predicted.delete(oid);
      const node = this.nodes.get(oid);
      if (node) place(node);
    }
    this.changed?.();
    const due = this.#waiting.filter(([until]) => until <= revision);
    this.#waiting = this.#waiting.filter(([until]) => until > revision);
    for (const [, tell] of due) tell();
  }

  #waiting = [];
  /** Morphs that just came, and whose place a screen is to find. */
  #fresh = [];

  /** Kept when a revision, or a later one, is shown. */
  shown(revision) {
    if (revision <= this.revision) return Promise.resolve();
    return new Promise((tell) => this.#waiting.push([revision, tell]));
  }

  /** The node that an element belongs to, or one above it. */
  nodeOf(element) {
    const el = element?.closest?.('[data-oid]');
    return el ? this.nodes.get(Number(el.dataset.oid)) : undefined;
  }

  /** The first from here upwards that wants events of a kind. */
  wanting(node, kind) {
    for (; node; node = this.nodes.get(node.owner)) if (node.props.on?.includes(kind)) return node;
    return undefined;
  }

  #create(oid, owner, index, props) {
    const known = this.nodes.get(oid);
    if (known && known.props.kind === props.kind) {
      const difference = { ...props };
      for (const key of Object.keys(known.props)) if (!(key in props)) difference[key] = null;
      this.#set(oid, difference);
    } else {
      if (known) this.#remove(oid);
      const node = { oid, owner, props, el: null, inner: null, scene: this };
      this.nodes.set(oid, node);
      make(node, this.world);
      dress(node, props);
      place(node);
      if (props.settle && !props.carried) this.#fresh.push(node);
    }
    this.#put(oid, owner, index);
  }

  #put(oid, owner, index) {
    const node = this.nodes.get(oid);
    if (!node) return;
    node.owner = owner;
    const parent = owner ? this.nodes.get(owner)?.inner : this.stage;
    if (!parent) return;
    const before = [...parent.children].filter((el) => el !== node.el && el.dataset.oid)[index] ?? null;
    if (node.el.parentElement === parent && node.el.nextElementSibling === before) return;
    const focus = node.el.contains(document.activeElement) ? document.activeElement : null;
    parent.insertBefore(node.el, before);
    focus?.focus({ preventScroll: true });
    place(node);
  }

  #set(oid, difference) {
    const node = this.nodes.get(oid);
    if (!node) return;
    for (const [key, value] of Object.entries(difference)) {
      if (value === null || value === undefined) delete node.props[key];
      else node.props[key] = value;
    }
    dress(node, difference);
    if (!this.predicted.has(oid)) place(node);
  }

  #move(oid, x, y) {
    const node = this.nodes.get(oid);
    if (!node) return;
    node.props.x = x;
    node.props.y = y;
    if (!this.predicted.has(oid)) place(node);
  }

  #remove(oid) {
    const node = this.nodes.get(oid);
    if (!node) return;
    for (const el of node.el.querySelectorAll('[data-oid]')) this.nodes.delete(Number(el.dataset.oid));
    this.nodes.delete(oid);
    this.predicted.delete(oid);
    node.gone?.();
    node.el.remove();
  }
}
