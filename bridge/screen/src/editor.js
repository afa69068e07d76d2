// Places to write in. Code is edited with CodeMirror, plain text in a field. What is typed is told to the world when the
// writer pauses; the world's text replaces what stands here only when nothing is being typed, or when it begins a new edition.
import { Annotation, EditorState, Prec } from '@codemirror/state';
import { EditorView, drawSelection, keymap, placeholder } from '@codemirror/view';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { setDiagnostics } from '@codemirror/lint';
import { highlighting, language } from './language.js';

/** Milliseconds of quiet after which a draft is told. */
const PAUSE = 500;

export function openEditor(node, world) {
  const { el, props } = node;
  const frame = document.createElement('div');
  frame.className = 'editor-frame';
  el.append(frame);
  const bar = document.createElement('div');
  bar.className = 'editor-bar';
  el.append(bar);
  let timer = 0;
  let touched = false;
  const text = props.text ?? '';
  const typed = () => {
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(tellDraft, PAUSE);
  };
  const tellDraft = () => {
    clearTimeout(timer);
    timer = 0;
    if (!touched) return;
    touched = false;
    world.send(node, 'typed', { text: surface.read() });
  };
  const act = (kind, byPointer = false) => {
    clearTimeout(timer);
    timer = 0;
    touched = false;
    world.send(node, kind, { text: surface.read(), ...surface.selection(), ...world.beside(node), pointer: byPointer });
    return true;
  };
  const actions = () => node.props.actions ?? [];
  const main = () => (actions()[0] ? act(actions()[0][0]) : false);
  const cancel = () => (actions().some(([kind]) => kind === 'cancel') ? act('cancel') : false);
  const surface = props.code
    ? codeSurface(frame, text, { typed, main, second: () => (actions()[1] && actions()[1][0] !== 'cancel' ? act(actions()[1][0]) : false), cancel, label: () => node.props.label ?? 'Code', node, world })
    : plainSurface(frame, text, { typed, main, cancel, label: () => node.props.label ?? 'Text' });
  let edition = props.edition;
  node.editor = {
    dress(changed) {
      if ('actions' in changed) drawActions(bar, actions(), act);
      if ('label' in changed) surface.label(node.props.label ?? 'Text');
      const anew = 'edition' in changed && node.props.edition !== edition;
      edition = node.props.edition;
      if (anew || ('text' in changed && !touched)) {
        if (anew) {
          clearTimeout(timer);
          touched = false;
        }
        surface.write(node.props.text ?? '');
      }
      if ('problem' in changed) surface.problem(node.props.problem);
    },
    focus: () => surface.focus(),
    read: () => surface.read(),
    tellDraft,
  };
  node.gone = () => {
    clearTimeout(timer);
    surface.close();
  };
}

function drawActions(bar, actions, act) {
  bar.replaceChildren(
    ...actions.map(([kind, label]) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.dataset.action = kind;
      button.onclick = (event) => {
        event.stopPropagation();
        act(kind, event.detail > 0 && event.pointerType !== 'touch');
      };
      return button;
    }),
  );
}

function plainSurface(frame, text, { typed, main, cancel, label }) {
  const field = document.createElement('textarea');
  field.value = text;
  field.rows = 1;
  field.spellcheck = false;
  field.setAttribute('aria-label', label());
  field.oninput = typed;
  field.onkeydown = (event) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      if (main()) event.preventDefault();
    } else if (event.key === 'Escape' && cancel()) event.preventDefault();
  };
  frame.append(field);
  const note = document.createElement('div');
  note.className = 'editor-note';
  frame.append(note);
  return {
    read: () => field.value,
    write: (value) => { if (field.value !== value) field.value = value; },
    selection: () => ({ from: field.selectionStart, to: field.selectionEnd }),
    problem: (problem) => { note.textContent = problem?.text ?? ''; },
    label: (value) => field.setAttribute('aria-label', value),
    focus: () => { field.focus(); field.select(); },
    close: () => {},
  };
}

function codeSurface(frame, text, { typed, main, second, cancel, label, node, world }) {
  const keys = Prec.highest(keymap.of([
    { key: 'Mod-Enter', run: main },
    { key: 'Mod-s', run: main, preventDefault: true },
    { key: 'Alt-Enter', run: second },
    { key: 'Escape', run: (view) => (view.dom.querySelector('.cm-tooltip-autocomplete') ? false : cancel()) },
  ]));
  const view = new EditorView({
    parent: frame,
    state: EditorState.create({
      doc: text,
      extensions: [
        keys,
        history(),
        drawSelection(),
        bracketMatching(),
        language,
        syntaxHighlighting(highlighting),
        indentUnit.of('    '),
        EditorView.lineWrapping,
        autocompletion({ interactionDelay: 0, override: [(context) => complete(context, node, world)] }),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        placeholder(node.props.hint ?? ''),
        EditorView.contentAttributes.of({ 'aria-label': label() }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((t) => t.annotation(fromWorld))) typed();
          if (update.docChanged || update.geometryChanged) world.lines.redraw();
        }),
      ],
    }),
  });
  // A tab leaves the editor after Escape, as CodeMirror has it; note for assistive technology stands in the help.
  return {
    read: () => view.state.doc.toString(),
    write: (value) => {
      if (view.state.doc.toString() === value) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value }, annotations: fromWorld.of(true) });
    },
    selection: () => ({ from: view.state.selection.main.from, to: view.state.selection.main.to }),
    problem: (problem) => view.dispatch(setDiagnostics(view.state, problem ? [diagnostic(view.state.doc, problem)] : [])),
    label: (value) => view.contentDOM.setAttribute('aria-label', value),
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}


const fromWorld = Annotation.define();

function diagnostic(doc, { text, line, column }) {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  return { from, to: Math.max(from, Math.min(from + 1, doc.length)), severity: 'error', message: text };
}

async function complete(context, node, world) {
  const word = context.matchBefore(/[A-Za-z_][A-Za-z0-9_]*:?/);
  if (!word || (word.text.length < 2 && !context.explicit)) return null;
  try {
    const { names } = await world.wire.ask('screen_complete', { morph: node.oid, prefix: word.text });
    return { from: word.from, options: names.map((label) => ({ label })), validFor: /^[A-Za-z_][A-Za-z0-9_]*:?$/ };
  } catch {
    return null;
  }
}
