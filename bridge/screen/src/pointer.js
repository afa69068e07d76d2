// Mouse, pen and touch: presses, drags that are shown at once and confirmed by the world, drops, halos, the hand's motion.
import { place } from './element.js';

/** Pixels that a press may wander and is still none of a drag. */
const SLACK = 4;
/** Milliseconds that a finger rests to call the halo. */
const LONG = 550;
/** The number of no pointer: of a drag that goes on without a press. */
const CARRIED = -1;

export class Pointer {
  #drag = null;
  #press = null;
  #rest = 0;
  #motion = null;

  constructor(world) {
    this.world = world;
    const { stage } = world;
    document.addEventListener('pointerdown', (e) => this.#down(e));
    stage.addEventListener('pointermove', (e) => this.#hand(e));
    window.addEventListener('pointermove', (e) => this.#move(e));
    window.addEventListener('pointerup', (e) => this.#up(e));
    window.addEventListener('pointercancel', (e) => this.#cancel(e));
    window.addEventListener('keydown', (e) => e.key === 'Escape' && this.#drag && this.#cancel(e));
    stage.addEventListener('click', (e) => this.#click(e), true);
    stage.addEventListener('dblclick', (e) => this.#twice(e));
    stage.addEventListener('contextmenu', (e) => this.#menu(e));
  }

  #isWriting(target) {
    return Boolean(target.closest?.('.cm-editor, textarea, input'));
  }

  #down(event) {
    this.#swallow = false;
    if (this.#drag?.id === CARRIED) {
      if (event.button !== 0) return;
      event.preventDefault();
      const drag = this.#drag;
      this.#drag = null;
      this.#swallow = true;
      return drag.end(event);
    }
    if (event.button === 1 || (event.button === 0 && event.altKey)) {
      event.preventDefault();
      // Its click is none. Not every press has one (the middle button, an element that went meanwhile): the next press forgets it.
      this.#swallow = true;
      return this.halo(event.target);
    }
    if (event.button !== 0 || this.#drag) return;
    const tip = event.target.dataset?.tip;
    const node = this.world.scene.nodeOf(event.target);
    if (!tip && (!node || this.#isWriting(event.target))) return;
    this.#press = { id: event.pointerId, x: event.clientX, y: event.clientY, target: event.target, node, tip: tip && Number(tip), type: event.pointerType };
    clearTimeout(this.#rest);
    if (event.pointerType === 'touch') {
      this.#rest = setTimeout(() => {
        if (!this.#press || this.#drag) return;
        this.#press = null;
        this.#swallow = true;
        this.halo(event.target);
      }, LONG);
    }
  }

  #swallow = false;

  /** Where the pointer was last, and of what type it is. */
  #last = null;

  #move(event) {
    this.#last = event;
    const press = this.#press;
    if (press && event.pointerId === press.id && !this.#drag && Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLACK) {
      clearTimeout(this.#rest);
      this.#drag = this.#begin(press);
      this.#press = this.#drag ? press : null;
    }
    if (this.#drag && (event.pointerId === this.#drag.id || this.#drag.id === CARRIED)) {
      event.preventDefault();
      this.#drag.to(event);
    }
  }

  #up(event) {
    clearTimeout(this.#rest);
    const drag = this.#drag;
    if (drag && event.pointerId === drag.id) {
      this.#drag = null;
      this.#swallow = true;
      setTimeout(() => { this.#swallow = false; });
      drag.end(event);
    }
    this.#press = null;
  }

  #cancel() {
    clearTimeout(this.#rest);
    this.#press = null;
    const drag = this.#drag;
    this.#drag = null;
    drag?.cancel();
  }

  /** A morph comes into the hand: it goes along with the pointer until the next press, or Escape, leaves it where it is. */
  carry(node) {
    const { world } = this;
    const last = this.#last;
    if (!last || last.pointerType === 'touch' || this.#drag) return false;
    const base = (world.root()?.el ?? world.stage).getBoundingClientRect();
    const drag = this.#dragMorph({ x: (node.props.x ?? 0) + base.left + 24, y: (node.props.y ?? 0) + base.top + 16, id: CARRIED }, node);
    if (!drag) return false;
    this.#press = null;
    this.#drag = { ...drag, cancel: () => drag.end(this.#last) };
    drag.to(last);
    return true;
  }

  /** What a press that moves becomes. */
  #begin(press) {
    const { world } = this;
    if (press.tip) return this.#dragTip(press);
    let node = press.node;
    if (node?.props.kind === 'world' && press.type !== 'touch') return this.#carpet(press);
    while (node && !node.props.drag && world.scene.nodes.get(node.owner)?.props.kind !== 'world') node = world.scene.nodes.get(node.owner);
    if (!node || node.props.fixed || node.props.kind === 'world') return null;
    if (!node.props.drag && press.target.closest('button')) return null;
    if (world.role === 'look') return null;
    document.activeElement?.closest?.('.cm-editor') || document.activeElement?.blur?.();
    switch (node.props.drag) {
      case undefined: case 'move': case 'grab': return this.#dragMorph(press, node.props.drag === 'grab' ? world.scene.nodes.get(node.props.of) : node);
      case 'resize': return this.#dragSize(press, world.scene.nodes.get(node.props.of));
      case 'turn': return this.#dragTurn(press, world.scene.nodes.get(node.props.of));
      case 'draw': return this.#draw(press, node);
      default: return this.#dragThing(press, node);
    }
  }

  #dragMorph(press, node) {
    if (!node) return null;
    const { world } = this;
    const { scene } = world;
    const from = [node.props.x ?? 0, node.props.y ?? 0];
    const all = [[node, ...from], ...(node.props.carries ?? []).map((oid) => scene.nodes.get(oid)).filter(Boolean).map((n) => [n, n.props.x ?? 0, n.props.y ?? 0])];
    const predict = (until) => { for (const [n] of all) scene.predicted.set(n.oid, until); };
    predict(Infinity);
    node.el.classList.add('dragged');
    world.send(node, 'raise', {}, false);
    let latest = from, asking = false, asked = from;
    const tell = () => {
      if (asking || (asked[0] === latest[0] && asked[1] === latest[1])) return;
      asking = true;
      asked = latest;
      world.send(node, 'move', { x: latest[0], y: latest[1] }, false).finally(() => { asking = false; if (this.#drag?.node === node) tell(); });
    };
    const show = () => {
      for (const [n, x, y] of all) place(n, x + latest[0] - from[0], y + latest[1] - from[1]);
      world.moved?.(node);
    };
    return {
      id: press.id, node,
      to: (e) => {
        latest = [Math.round(from[0] + e.clientX - press.x), Math.round(from[1] + e.clientY - press.y)];
        show();
        this.#light('morph', e, node);
        tell();
      },
      end: async (e) => {
        node.el.classList.remove('dragged');
        const onto = this.#light(null) ?? null;
        const kind = onto && this.#accepts(e, 'morph', node);
        if (kind) {
          predict(0);
          place(node);
          await world.send(kind, 'drop', { what: node.oid, ...world.point(e), from: from[0], fromY: from[1] });
          return;
        }
        const done = await world.send(node, 'moved', { x: latest[0], y: latest[1], fromX: from[0], fromY: from[1] });
        predict(done?.revision ?? 0);
        scene.apply([], scene.revision);
      },
      cancel: () => {
        node.el.classList.remove('dragged');
        this.#light(null);
        for (const [n] of all) {
          scene.predicted.delete(n.oid);
          place(n);
        }
        world.moved(node);
        world.send(node, 'move', { x: from[0], y: from[1] }, false);
      },
    };
  }

  /** A frame drawn over the world: the morphs that lie in it are taken together. */
  #carpet(press) {
    const { world } = this;
    const rubber = document.createElement('div');
    rubber.className = 'rubber';
    document.body.append(rubber);
    let frame = { left: press.x, top: press.y, right: press.x, bottom: press.y };
    const inside = () => [...world.scene.nodes.values()].filter((n) => {
      if (n.owner !== world.rootOid || n.props.fixed || ['hand', 'line', 'halo', 'carpet'].includes(n.props.kind)) return false;
      const box = n.el.getBoundingClientRect();
      return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    });
    let lit = [];
    const light = (now) => {
      for (const n of lit) n.el.classList.remove('lit');
      for (const n of now) n.el.classList.add('lit');
      lit = now;
    };
    const done = () => { light([]); rubber.remove(); };
    return {
      id: press.id, node: world.root(),
      to: (e) => {
        frame = { left: Math.min(press.x, e.clientX), top: Math.min(press.y, e.clientY), right: Math.max(press.x, e.clientX), bottom: Math.max(press.y, e.clientY) };
        Object.assign(rubber.style, { left: `${frame.left}px`, top: `${frame.top}px`, width: `${frame.right - frame.left}px`, height: `${frame.bottom - frame.top}px` });
        light(inside());
      },
      end: () => {
        const all = inside();
        done();
        world.send(world.root(), 'carpet', { of: all.map((n) => n.oid) });
      },
      cancel: done,
    };
  }

  #dragSize(press, node) {
    if (!node) return null;
    const { world } = this;
    const box = [node.el.offsetWidth, node.el.offsetHeight];
    let now = box;
    const show = ([w, h]) => { node.el.style.width = `${w}px`; node.el.style.height = `${h}px`; world.moved?.(node); world.lines.redraw(); };
    return {
      id: press.id, node,
      to: (e) => { now = [Math.max(12, Math.round(box[0] + e.clientX - press.x)), Math.max(12, Math.round(box[1] + e.clientY - press.y))]; show(now); },
      end: () => world.send(node, 'resized', { w: now[0], h: now[1], fromW: node.props.w ?? null, fromH: node.props.h ?? null }),
      cancel: () => { node.el.style.width = node.props.w == null ? '' : `${node.props.w}px`; node.el.style.height = node.props.h == null ? '' : `${node.props.h}px`; },
    };
  }

  #dragTurn(press, node) {
    if (!node) return null;
    const { world } = this;
    const box = node.el.getBoundingClientRect();
    const angle = (e) => (Math.atan2((e.clientY ?? e.y) - box.top - box.height / 2, (e.clientX ?? e.x) - box.left - box.width / 2) * 180) / Math.PI;
    const start = angle(press);
    const before = node.props.turn ?? 0;
    let now = before;
    return {
      id: press.id, node,
      to: (e) => { now = Math.round(before + angle(e) - start); node.el.style.transform = node.el.style.transform.replace(/ ?rotate\([^)]*\)/, '') + ` rotate(${now}deg)`; world.moved?.(node); },
      end: () => world.send(node, 'turned', { turn: ((now % 360) + 360) % 360, from: before }),
      cancel: () => place(node),
    };
  }

  /** A line through the points that the pointer passed, for morphs that are drawn on. */
  #draw(press, node) {
    const { world } = this;
    const box = node.el.getBoundingClientRect();
    const points = [];
    const at = (e) => [Math.round((e.clientX ?? e.x) - box.left), Math.round((e.clientY ?? e.y) - box.top)];
    points.push(...at(press));
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
    svg.classList.add('drawing');
    svg.append(line);
    node.el.append(svg);
    return {
      id: press.id, node,
      to: (e) => { points.push(...at(e)); line.setAttribute('points', points.join(' ')); },
      end: async () => { await world.send(node, 'drawn', { points }).catch(() => {}); setTimeout(() => svg.remove(), 60); },
      cancel: () => svg.remove(),
    };
  }

  /** A slot, a category: a picture of it goes along, and whoever takes such things lights up. */
  #dragThing(press, node) {
    const { world } = this;
    const ghost = node.el.cloneNode(true);
    ghost.classList.add('ghost');
    for (const el of [ghost, ...ghost.querySelectorAll('[data-oid]')]) delete el.dataset.oid;
    ghost.style.width = `${node.el.offsetWidth}px`;
    document.body.append(ghost);
    const show = (e) => { ghost.style.transform = `translate(${e.clientX + 6}px, ${e.clientY + 6}px)`; };
    show({ clientX: press.x, clientY: press.y });
    return {
      id: press.id, node,
      to: (e) => { show(e); this.#light(node.props.drag, e, node); },
      end: (e) => {
        ghost.remove();
        this.#light(null);
        const onto = this.#accepts(e, node.props.drag, node) ?? world.root();
        if (onto && onto.oid !== node.oid) world.send(onto, 'drop', { what: node.oid, ...world.point(e), shift: e.shiftKey, alt: e.altKey });
      },
      cancel: () => { ghost.remove(); this.#light(null); },
    };
  }

  #dragTip(press) {
    const { world } = this;
    const node = world.scene.nodes.get(press.tip);
    if (!node) return null;
    const at = (e) => { const p = world.point(e); return [p.x, p.y]; };
    return {
      id: press.id, node,
      to: (e) => { world.lines.drag(node.oid, ...at(e)); this.#light('object', e, node); },
      end: (e) => {
        this.#light(null);
        const onto = this.#accepts(e, 'object', node);
        world.lines.redraw();
        if (onto) world.send(node, 'retarget', { onto: onto.oid });
      },
      cancel: () => { this.#light(null); world.lines.redraw(); },
    };
  }

  /** Who takes such a thing where the pointer is. */
  #accepts(event, kind, dragged) {
    for (const el of document.elementsFromPoint(event.clientX, event.clientY)) {
      if (dragged.el.contains(el)) continue;
      let node = this.world.scene.nodeOf(el);
      for (; node; node = this.world.scene.nodes.get(node.owner)) {
        if (node !== dragged && node.props.accepts?.split(' ').includes(kind)) return node;
      }
    }
    return undefined;
  }

  #lit = null;
  #light(kind, event, dragged) {
    const before = this.#lit;
    const now = kind ? this.#accepts(event, kind, dragged) ?? null : null;
    if (before !== now) {
      before?.el.classList.remove('lit');
      now?.el.classList.add('lit');
      this.#lit = now;
    }
    return before;
  }

  #click(event) {
    if (this.#swallow) {
      this.#swallow = false;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (this.#isWriting(event.target) || event.target.closest('.editor-bar')) return;
    const node = this.world.scene.wanting(this.world.scene.nodeOf(event.target), 'click');
    if (node) this.world.send(node, 'click', { ...this.world.point(event), ...this.world.beside(node), ...this.#ofHalo(node), shift: event.shiftKey, alt: event.altKey });
    else if (!event.target.closest('.is-halo, .look-menu, .is-carpet')) this.world.clickedAway?.(event);
  }

  /** For a halo's handle: where the morph stands that the halo is around. */
  #ofHalo(node) {
    const halo = this.world.scene.nodes.get(node.owner);
    const of = halo?.props.kind === 'halo' && this.world.scene.nodes.get(halo.props.of);
    if (!of) return {};
    const base = (this.world.root()?.el ?? this.world.stage).getBoundingClientRect();
    const box = of.el.getBoundingClientRect();
    return { ofX: Math.round(box.left - base.left), ofY: Math.round(box.top - base.top) };
  }

  #twice(event) {
    const node = this.world.scene.wanting(this.world.scene.nodeOf(event.target), 'twice');
    if (node) this.world.send(node, 'twice', this.world.point(event));
  }

  #menu(event) {
    if (this.#isWriting(event.target)) return;
    event.preventDefault();
    const node = this.world.scene.wanting(this.world.scene.nodeOf(event.target), 'menu');
    if (node) this.world.send(node, 'menu', { ...this.world.point(event), ...this.world.beside(node) });
  }

  /** A halo for what was pressed. The one that this hand had is out of reach at once: its handles mean another morph. */
  halo(target) {
    const node = this.world.scene.nodeOf(target);
    const hand = this.world.handNode();
    if (!node || !hand || node.props.kind === 'world') return;
    this.world.putAway((props) => props.kind === 'halo', this.world.send(hand, 'halo', { of: node.oid }));
  }

  /** Others see where the hand is, once a frame, and only if there are others. */
  #hand(event) {
    if (!this.world.othersLook()) return;
    const first = this.#motion === null;
    this.#motion = this.world.point(event);
    if (!first) return;
    const tell = () => {
      const at = this.#motion;
      const hand = this.world.handNode();
      if (!hand || !at) return void (this.#motion = null);
      this.world.send(hand, 'hand', at, false).finally(() => requestAnimationFrame(() => {
        if (this.#motion === at) this.#motion = null;
        else tell();
      }));
    };
    requestAnimationFrame(tell);
  }
}
