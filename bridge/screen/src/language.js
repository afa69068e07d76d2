// Colours for the language of the world: the token classes that the prompt has.
import { HighlightStyle, StreamLanguage } from '@codemirror/language';
import { tags } from '@lezer/highlight';

const OPERATOR = /[!#$%&*+,\-/;<=>?@\\^`|~]/;

function quoted(stream, state, quote) {
  while (!stream.eol()) {
    const c = stream.next();
    if (c === '\\') stream.next();
    else if (c === quote) {
      state.inside = null;
      break;
    }
  }
  return quote === '"' ? 'comment' : 'string';
}

export const language = StreamLanguage.define({
  name: 'self',
  startState: () => ({ inside: null }),
  token(stream, state) {
    if (state.inside) return quoted(stream, state, state.inside);
    if (stream.eatSpace()) return null;
    const c = stream.peek();
    if (c === '"' || c === "'") {
      stream.next();
      state.inside = c;
      return quoted(stream, state, c);
    }
    if (stream.match(/^-?\d+([rR][0-9A-Za-z]+|(\.\d+)?([eE][+-]?\d+)?)/)) return 'number';
    if (stream.match(/^_[A-Za-z0-9_]*:?/)) return 'macroName';
    if (stream.match(/^:[a-z][A-Za-z0-9_]*/)) return 'variableName.special';
    if (stream.match(/^(self|resend|nil|true|false)\b(?!:)/)) return 'keyword';
    if (stream.match(/^[A-Za-z][A-Za-z0-9_]*:(?!=)/)) return 'propertyName';
    if (stream.match(/^[A-Za-z][A-Za-z0-9_]*/)) return 'variableName';
    if (OPERATOR.test(c)) {
      stream.eatWhile(OPERATOR);
      return 'operator';
    }
    stream.next();
    return 'punctuation';
  },
  languageData: { commentTokens: { block: { open: '"', close: '"' } }, closeBrackets: { brackets: ['(', '[', '{', "'"] } },
});

export const highlighting = HighlightStyle.define([
  { tag: tags.comment, class: 'tok-comment' },
  { tag: tags.string, class: 'tok-string' },
  { tag: tags.number, class: 'tok-number' },
  { tag: tags.macroName, class: 'tok-primitive' },
  { tag: tags.special(tags.variableName), class: 'tok-argument' },
  { tag: tags.keyword, class: 'tok-self' },
  { tag: tags.propertyName, class: 'tok-message' },
  { tag: tags.operator, class: 'tok-operator' },
]);
