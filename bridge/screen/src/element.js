// From what the world says of a morph to an element: one element a morph, marked with the morph's number.
import { openEditor } from './editor.js';
import { icon } from './icons.js';

const SVG = 'http://www.w3.org/2000/svg';
const NAMED_BY_ROLE = new Set(['listbox', 'option', 'menu', 'menuitem', 'tree', 'treeitem', 'group', 'dialog', 'region', 'toolbar', 'heading', 'img', 'list', 'listitem', 'status']);

/** Makes the element of a node, of the kind that it is. */
export function make(node, world) {
  const { kind } = node.props;
  if (kind === 'line') {
    node.el = document.createElement('span');
    node.el.hidden = true;
    world.lines.add(node);
    node.gone = () => world.lines.remove(node);
  } else if (kind === 'path') {
    node.el = document.createElement('div');
    const svg = document.createElementNS(SVG, 'svg');
    svg.append(document.createElementNS(SVG, 'polyline'));
    node.el.append(svg);
  } else {
    node.el = document.createElement({ button: 'button', image: 'img', slider: 'input' }[kind] ?? 'div');
  }
  node.el.dataset.oid = node.oid;
  node.el.classList.add('morph', `is-${kind}`);
  if (kind === 'button') node.el.type = 'button';
  node.inner = node.el;
  node.world = world;
  if (kind === 'slider') openSlider(node);
  if (kind === 'editor') openEditor(node, world);
}

/** Shows what changed. A value of null: no more. */
export function dress(node, changed) {
  const { el, props } = node;
  const { style } = el;
  for (const [key, value] of Object.entries(changed)) {
    switch (key) {
      case 'kind': case 'x': case 'y': case 'turn': case 'source': break;
      case 'w': style.width = value == null ? '' : `${value}px`; break;
      case 'h': style.height = value == null ? '' : `${value}px`; break;
      case 'text': case 'icon': showText(node, props.text ?? ''); break;
      case 'look':
        for (const name of [...el.classList]) if (name.startsWith('look-')) el.classList.remove(name);
        for (const word of (value ?? '').split(' ')) if (word) el.classList.add(`look-${word}`);
        if (el.classList.contains('look-more')) whenSeen(node);
        break;
      case 'fill': style.background = value ?? ''; break;
      case 'ink': style.setProperty('--own-ink', value ?? ''); style.color = node.props.kind === 'hand' ? '' : value ?? ''; break;
      case 'edge': style.borderColor = value ?? ''; style.borderStyle = value ? 'solid' : ''; style.borderWidth = value ? '1px' : ''; break;
      case 'round': style.borderRadius = value == null ? '' : `${value}px`; break;
      case 'size': style.fontSize = value == null ? '' : `${value}px`; break;
      case 'gap': style.gap = value == null ? '' : `${value}px`; break;
      case 'pad': style.padding = value == null ? '' : `${value}px`; break;
      case 'flow': el.classList.toggle('flow-row', value === 'row'); el.classList.toggle('flow-column', value === 'column'); break;
      case 'hidden': el.hidden = Boolean(value) || props.kind === 'line'; break;
      case 'chosen':
        // Only what is an option may be selected; anything else is the current one.
        if (props.role === 'option') el.setAttribute('aria-selected', String(Boolean(value)));
        else value ? el.setAttribute('aria-current', 'true') : el.removeAttribute('aria-current');
        break;
      case 'open': value == null ? el.removeAttribute('aria-expanded') : el.setAttribute('aria-expanded', String(Boolean(value))); break;
      case 'pressed': value == null ? el.removeAttribute('aria-pressed') : el.setAttribute('aria-pressed', String(Boolean(value))); break;
      case 'role': value ? el.setAttribute('role', value) : el.removeAttribute('role'); break;
      case 'level': value ? el.setAttribute('aria-level', value) : el.removeAttribute('aria-level'); break;
      case 'tip': value ? (el.title = value) : el.removeAttribute('title'); break;
      case 'drag': el.dataset.drag = value ?? ''; break;
      case 'accepts': el.dataset.accepts = value ?? ''; break;
      case 'least': el.min = value ?? 0; break;
      case 'most': el.max = value ?? 100; el.value = props.value ?? 0; break;
      case 'value': if (props.kind === 'slider' && !el.matches(':active')) el.value = value ?? 0; break;
      case 'points': case 'stroke': drawPath(node); break;
      case 'on': el.classList.toggle('takes-click', Boolean(value?.includes('click'))); break;
    }
  }
  name(node);
  if (props.kind === 'image' && 'source' in changed) el.src = String(props.source ?? '').startsWith('data:image/') ? props.source : '';
  if (props.kind === 'line' || props.kind === 'world') node.world.lines.redraw();
  if (props.kind === 'hand') showHand(node, changed);
  if (props.kind === 'editor') node.editor.dress(changed);
  node.world.dressed?.(node, changed);
}

/** While the knob is dragged its latest place is told, one at a time; once more when it is let go. */
function openSlider(node) {
  const { el, world } = node;
  el.type = 'range';
  let asking = false, asked = null;
  const tell = () => {
    if (asking || asked === el.value) return;
    asking = true;
    asked = el.value;
    world.send(node, 'slid', { value: Number(asked) }, false).finally(() => { asking = false; tell(); });
  };
  el.oninput = tell;
  el.onchange = () => { asked = el.value; world.send(node, 'set', { value: Number(el.value) }, false); };
}

/** The line that offers more of a long list is pressed by itself when the list is scrolled there. */
function whenSeen(node) {
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((e) => e.isIntersecting) || node.world.role !== 'change') return;
    watch.disconnect();
    node.world.send(node, 'click', {}, false);
  });
  watch.observe(node.el);
  node.gone = () => watch.disconnect();
}

/** Names for those who can't see: only where the role may carry one. */
function name(node) {
  const { el, props } = node;
  if (props.kind === 'image') el.alt = props.label ?? '';
  else if (props.label && (props.kind === 'button' || props.kind === 'slider' || NAMED_BY_ROLE.has(props.role))) el.setAttribute('aria-label', props.label);
  else el.removeAttribute('aria-label');
  if (props.kind === 'button' || (props.on?.includes('click') && props.kind !== 'hand')) {
    if (props.kind !== 'button') {
      el.tabIndex = 0;
      if (!props.role) el.setAttribute('role', 'button');
    }
  }
}

function showText(node, text) {
  const { el, props } = node;
  if (props.kind === 'editor') return;
  if (props.kind === 'text' || props.kind === 'button') {
    el.replaceChildren(...(props.icon ? [icon(props.icon)] : []), ...(text ? [text] : []));
    return;
  }
  if (props.kind === 'hand') return;
  let own = el.querySelector(':scope > .own-text');
  if (!text) return own?.remove();
  if (!own) {
    own = document.createElement('span');
    own.className = 'own-text';
    el.prepend(own);
  }
  own.textContent = text;
}

function showHand(node, changed) {
  const { el, props, world } = node;
  const mine = node.oid === world.hand;
  if (mine && changed.named) localStorage.setItem('batos-name', changed.named);
  el.hidden = mine || Boolean(props.hidden);
  el.setAttribute('aria-hidden', 'true');
  el.textContent = props.text ?? '';
  if (mine && props.says && props.saying !== world.heard) {
    world.heard = props.saying;
    world.say(props.says);
  }
}

function drawPath(node) {
  const line = node.el.querySelector('polyline');
  const points = node.props.points ?? [];
  line.setAttribute('points', points.join(' '));
  line.setAttribute('stroke-width', node.props.stroke ?? 2);
}

/** Puts an element where its morph is: by a transform, so that nothing is laid out anew. */
export function place(node, x = node.props.x, y = node.props.y) {
  const { el, props } = node;
  if (['world', 'line', 'carpet'].includes(props.kind)) return;
  const turn = props.turn ? ` rotate(${props.turn}deg)` : '';
  if (x === undefined || x === null) {
    el.style.transform = turn.trim();
    el.classList.remove('placed');
  } else {
    el.style.transform = `translate(${x}px, ${y}px)${turn}`;
    el.classList.add('placed');
  }
  node.world.lines.redraw();
  if (props.samples) node.world.sample(node);
}
