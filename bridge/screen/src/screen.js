// The screen of a BAT OS world: shows what the world says, and tells it what hands do. Holds nothing that would be missed:
// after a break of the connection everything is shown anew.
import { Wire } from './wire.js';
import { place } from './element.js';
import { Scene } from './scene.js';
import { Lines } from './lines.js';
import { Pointer } from './pointer.js';
import { Keyboard } from './keyboard.js';

const stage = document.getElementById('stage');
const state = document.getElementById('state');
const says = document.getElementById('says');

/** How many batches may come before the world is told that they were seen. */
const SEEN_EVERY = 4;

class World {
  hand = 0;
  role = 'look';
  rootOid = 0;
  heard = 0;
  #unseen = 0;

  constructor() {
    this.stage = stage;
    this.lines = new Lines(document.getElementById('lines'), this);
    this.scene = new Scene(stage, this);
    this.wire = new Wire({ opened: () => this.#enter(), closed: (reason) => this.#left(reason), event: (e) => this.#event(e) });
    this.pointer = new Pointer(this);
    this.keyboard = new Keyboard(this);
    this.wire.connect();
  }

  async #enter() {
    try {
      const name = localStorage.getItem('batos-name') || 'guest';
      const told = await this.wire.ask('screen', { name });
      this.hand = told.hand ?? 0;
      this.role = told.role;
      this.rootOid = told.world;
      this.heard = told.operations.find((op) => op[1] === this.hand)?.[4].saying ?? 0;
      this.scene.reset(told.operations, told.revision);
      this.#show('connected', '');
      document.documentElement.dataset.ready = String(told.revision);
      dispatchEvent(new Event('batos-ready'));
    } catch (error) {
      this.say(error.message);
    }
  }

  #left(reason) {
    delete document.documentElement.dataset.ready;
    this.#show('lost', reason === 'the door was closed' ? 'The world has closed this door. Trying again …' : 'Not connected to the world. Trying again …');
  }

  #show(word, text) {
    document.documentElement.dataset.state = word;
    state.textContent = text;
  }

  #event(message) {
    if (message.event === 'anew') this.#enter();
    if (message.event !== 'scene') return;
    this.scene.apply(message.operations, message.revision);
    this.#unseen += 1;
    if (this.#unseen >= SEEN_EVERY) {
      this.#unseen = 0;
      this.wire.ask('screen_seen', { revision: message.revision }).catch(() => {});
    }
  }

  /** Tells the world of something that was done to a morph. Streams of events need not be durable one by one. */
  async send(node, event, fields = {}, commit = true) {
    if (this.role === 'look') return undefined;
    try {
      return await this.wire.ask('screen_event', { morph: node.oid, event, with: fields, commit });
    } catch (error) {
      if (error.code === 'no_screen') await this.#enter();
      else if (error.code && !(error.code === 'not_committed' && this.#toldOfCommits)) this.say(error.message);
      this.#toldOfCommits ||= error.code === 'not_committed';
      return undefined;
    }
  }

  #toldOfCommits = false;

  say(text) {
    says.textContent = text;
    says.classList.add('new');
    clearTimeout(this.sayTimer);
    this.sayTimer = setTimeout(() => says.classList.remove('new'), 6000);
  }

  root() {
    return this.scene.nodes.get(this.rootOid);
  }

  handNode() {
    return this.scene.nodes.get(this.hand);
  }

  othersLook() {
    return this.role !== 'look' && stage.querySelectorAll('.is-hand').length > 1;
  }

  /** Where an event is, in the world's coordinates. */
  point(event) {
    const box = (this.root()?.el ?? stage).getBoundingClientRect();
    return { x: Math.round(event.clientX - box.left), y: Math.round(event.clientY - box.top) };
  }

  /** Where something new may stand near a node: where it covers least of what is there, and of such places at the nearest one. */
  beside(node) {
    let top = node;
    while (top && this.scene.nodes.get(top.owner)?.props.kind !== 'world') top = this.scene.nodes.get(top.owner);
    if (!top || top.props.x === undefined) return {};
    const base = (this.root()?.el ?? stage).getBoundingClientRect();
    const box = top.el.getBoundingClientRect();
    const at = node.el.getBoundingClientRect();
    const wish = top.props.fixed ? [at.left, box.bottom + 16] : [box.right + 36, at.top - 40];
    const [x, y] = room(this.#standing(), wish, stage.getBoundingClientRect());
    return { besideX: Math.round(x - base.left), besideY: Math.round(y - base.top) };
  }

  /** Something came that asks for a place: now that its extent is known it goes where there is room, a menu only into the window. */
  async settle(node) {
    if (this.role === 'look' || (node.props.settle !== true && node.props.settle !== this.hand)) return;
    const base = (this.root()?.el ?? stage).getBoundingClientRect();
    const view = stage.getBoundingClientRect();
    const box = node.el.getBoundingClientRect();
    const [x, y] = node.el.classList.contains('look-menu')
      ? [Math.max(view.left + 4, Math.min(box.left, view.right - box.width - 4)), Math.max(view.top + 4, Math.min(box.top, view.bottom - box.height - 4))]
      : room(this.#standing(node), [box.left, box.top], view, [box.width, box.height]);
    const at = { x: Math.round(x - base.left), y: Math.round(y - base.top) };
    this.scene.predicted.set(node.oid, Infinity);
    place(node, at.x, at.y);
    const done = await this.send(node, 'settled', at, false);
    this.scene.predicted.set(node.oid, done?.revision ?? 0);
    this.scene.apply([], this.scene.revision);
  }

  /** Something came into this hand. */
  #take(node) {
    if (!node.el.isConnected || node.props.carried !== this.hand) return;
    const { x, y } = node.props;
    if (this.pointer.carry(node)) this.send(node, 'settled', { x, y }, false);
    else this.settle({ ...node, props: { ...node.props, settle: this.hand } });
  }

  /** The boxes of what stands on the world and is in the way. */
  #standing(but = null) {
    return [...this.scene.nodes.values()]
      .filter((n) => n !== but && n.owner === this.rootOid && !['hand', 'line', 'halo', 'carpet'].includes(n.props.kind) && !n.el.classList.contains('look-menu') && !n.el.hidden)
      .map((n) => n.el.getBoundingClientRect());
  }

  /** A press on nothing in particular: menus and halos of this hand go. */
  clickedAway() {
    const hand = this.handNode();
    if (hand && stage.querySelector('.is-halo, .look-menu, .is-carpet')) this.putAway(() => true, this.send(hand, 'away', {}));
  }

  /** What this hand holds out and is about to be taken away can't be pressed any more; what is still there after all comes back. */
  async putAway(isWanted, sent) {
    const going = [...this.scene.nodes.values()].filter(({ props }) => this.hand && props.for === this.hand && isWanted(props));
    for (const { el } of going) el.classList.add('going');
    const done = await sent;
    await this.scene.shown(done?.revision ?? 0);
    for (const { el } of going) el.classList.remove('going');
  }

  /** A morph was dressed or moved: what is shown around it follows, and who just came gets the focus it asked for. */
  dressed(node, changed) {
    if (node.props.kind === 'halo') requestAnimationFrame(() => this.#aroundHalo(node));
    if (node.props.kind === 'carpet') requestAnimationFrame(() => this.#aroundCarpet(node));
    if (node.props.samples) this.sample(node);
    if (changed.carried && changed.carried === this.hand) requestAnimationFrame(() => this.#take(node));
    if ('focus' in changed && changed.focus) requestAnimationFrame(() => this.#focus(node));
    const owner = this.scene.nodes.get(node.owner);
    if (owner?.props.kind === 'world' && !['hand', 'line', 'halo', 'button', 'editor'].includes(node.props.kind)) node.el.tabIndex = 0;
  }

  #focus(node) {
    if (node.props.focus !== this.hand && node.props.focus !== true) return;
    if (node.editor) node.editor.focus();
    else (node.el.matches('button, [tabindex]') ? node.el : node.el.querySelector('button, [tabindex]'))?.focus({ preventScroll: true });
  }

  moved(node) {
    for (const other of this.scene.nodes.values()) {
      if (other.props.kind === 'halo' && other.props.of === node.oid) this.#aroundHalo(other);
      if (other.props.kind === 'carpet' && (other === node || other.props.carries?.includes(node.oid))) this.#aroundCarpet(other);
    }
  }

  /** A carpet lies around the morphs that it carries. */
  #aroundCarpet(carpet) {
    const boxes = (carpet.props.carries ?? []).map((oid) => this.scene.nodes.get(oid)?.el.getBoundingClientRect()).filter(Boolean);
    carpet.el.hidden = boxes.length === 0;
    if (boxes.length === 0) return;
    const base = (this.root()?.el ?? stage).getBoundingClientRect();
    const [left, top] = [Math.min(...boxes.map((b) => b.left)) - 8, Math.min(...boxes.map((b) => b.top)) - 8];
    const { style } = carpet.el;
    style.transform = `translate(${left - base.left}px, ${top - base.top}px)`;
    style.width = `${Math.max(...boxes.map((b) => b.right)) + 8 - left}px`;
    style.height = `${Math.max(...boxes.map((b) => b.bottom)) + 8 - top}px`;
  }

  #sampling = new Map();

  /** Tells a core sampler which morphs lie beneath its cross, when that is something else than before. */
  sample(node) {
    if (this.role !== 'change' || this.#sampling.get(node.oid) === null) return;
    const before = this.#sampling.get(node.oid);
    this.#sampling.set(node.oid, null);
    requestAnimationFrame(async () => {
      const cross = node.el.querySelector('.look-cross')?.getBoundingClientRect();
      if (!cross || !node.el.isConnected) return void this.#sampling.delete(node.oid);
      const found = [];
      for (const el of document.elementsFromPoint(cross.left + cross.width / 2, cross.top + cross.height / 2)) {
        if (node.el.contains(el)) continue;
        const other = this.scene.nodeOf(el);
        if (other && !['hand', 'halo', 'carpet'].includes(other.props.kind) && !found.includes(other.oid)) found.push(other.oid);
      }
      const now = found.join(' ');
      this.#sampling.set(node.oid, now);
      if (now !== before) await this.send(node, 'sampled', { of: found }, false);
    });
  }

  #aroundHalo(halo) {
    const of = this.scene.nodes.get(halo.props.of);
    if (!of) return;
    const base = (this.root()?.el ?? stage).getBoundingClientRect();
    const view = stage.getBoundingClientRect();
    const box = of.el.getBoundingClientRect();
    // The handles stand around the morph, not nearer to each other than fingers allow, and never where the window ends.
    const [left, right] = span(box.left, box.right, HALO[0], view.left, view.right);
    const [top, bottom] = span(box.top, box.bottom, HALO[1], view.top, view.bottom);
    const { style } = halo.el;
    style.transform = `translate(${left - base.left}px, ${top - base.top}px)`;
    style.width = `${right - left}px`;
    style.height = `${bottom - top}px`;
    halo.el.classList.toggle('is-low', bottom + 70 > view.bottom);
    for (const [name, value] of [['left', box.left - left], ['right', right - box.right], ['top', box.top - top], ['bottom', bottom - box.bottom]]) style.setProperty(`--in-${name}`, `${value}px`);
  }
}

/** Least extent of the frame that a halo's handles stand around, and their distance from the edge of the window. */
const HALO = [132, 70], HALO_EDGE = 44;
function span(from, to, least, low, high) {
  const grow = Math.max(0, least - (to - from)) / 2;
  const a = Math.max(from - grow, low + HALO_EDGE);
  const b = Math.min(to + grow, high - HALO_EDGE);
  if (b - a >= least) return [a, b];
  return from - grow < low + HALO_EDGE ? [a, a + least] : [b - least, b];
}

/** How much room something new is looked for, and how far its places are from one another, in pixels. */
const ROOM = [430, 330], PACE = 24;
function room(standing, [wishX, wishY], view, extent = ROOM) {
  let best = [Infinity, wishX, wishY];
  const [w, h] = [Math.min(extent[0], view.width - 16), Math.min(extent[1], view.height - 16)];
  for (let y = view.top + 8; y <= Math.max(view.top + 8, view.bottom - h); y += PACE) {
    for (let x = view.left + 8; x <= Math.max(view.left + 8, view.right - w); x += PACE) {
      let covered = 0;
      for (const b of standing) covered += Math.max(0, Math.min(x + w + 12, b.right) - Math.max(x - 12, b.left)) * Math.max(0, Math.min(y + h + 12, b.bottom) - Math.max(y - 12, b.top));
      const cost = covered * 20 + Math.abs(x - wishX) * 40 + Math.abs(y - wishY) * 40;
      if (cost < best[0]) best = [cost, x, y];
    }
  }
  return best.slice(1);
}

const world = new World();
world.scene.changed = () => {
  for (const node of world.scene.nodes.values()) {
    if (node.props.kind === 'halo') world.moved(world.scene.nodes.get(node.props.of) ?? node);
    if (node.props.kind === 'carpet') world.moved(node);
  }
  world.lines.redraw();
};
addEventListener('pagehide', () => { for (const node of world.scene.nodes.values()) node.editor?.tellDraft(); });
// For whoever measures or tests.
window.batosScreen = world;
