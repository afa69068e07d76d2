// Everything by keys: undo, menus and lists by arrows, morphs moved and removed while they have the focus.
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Keyboard {
  constructor(world) {
    this.world = world;
    document.addEventListener('keydown', (e) => this.#down(e));
  }

  #down(event) {
    const { world } = this;
    const target = event.target;
    if (target.closest?.('.cm-editor, textarea, input')) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      const hand = world.handNode();
      if (hand) world.send(hand, event.shiftKey ? 'redo' : 'undo', {});
      return event.preventDefault();
    }
    const list = target.closest?.('[role=menu], [role=listbox], [role=tree], [role=toolbar]');
    if (list && event.key in ARROWS && !event.altKey) {
      const across = list.getAttribute('role') === 'toolbar';
      const [dx, dy] = ARROWS[event.key];
      const step = across ? dx : dy;
      if (step) {
        const all = [...list.querySelectorAll('button, [tabindex="0"]')].filter((el) => el.offsetParent !== null);
        const at = all.indexOf(target.closest('button, [tabindex="0"]'));
        all[(at + step + all.length) % all.length]?.focus();
        return event.preventDefault();
      }
    }
    const node = world.scene.nodeOf(target);
    if (event.key === 'Escape') return world.clickedAway?.(event);
    if (!node) return;
    if ((event.key === 'Enter' || event.key === ' ') && target.dataset.oid && !target.matches('button')) {
      if (node.props.on?.includes('click')) {
        world.send(node, 'click', world.beside(node));
        return event.preventDefault();
      }
    }
    if (target !== node.el || !this.#isTop(node) || node.props.fixed) return;
    if (event.key in ARROWS && !event.ctrlKey && !event.metaKey) {
      const [dx, dy] = ARROWS[event.key];
      const by = event.shiftKey ? 1 : 10;
      const x = (node.props.x ?? 0) + dx * by, y = (node.props.y ?? 0) + dy * by;
      world.send(node, 'moved', { x, y, fromX: node.props.x, fromY: node.props.y });
      event.preventDefault();
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      const hand = world.handNode();
      if (hand) world.send(hand, 'halt', { of: node.oid });
      event.preventDefault();
    } else if (event.key === 'h' || event.key === 'H') {
      world.pointer.halo(node.el);
      event.preventDefault();
    }
  }

  #isTop(node) {
    return this.world.scene.nodes.get(node.owner)?.props.kind === 'world';
  }
}
