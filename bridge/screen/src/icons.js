// The signs on buttons: drawn here, so that they look alike everywhere and need no font that has them.
const SVG = 'http://www.w3.org/2000/svg';

/** Name -> strokes on a field of 16 by 16. */
const STROKES = {
  move: 'M8 1.5v13M1.5 8h13M8 1.5 6 3.5M8 1.5l2 2M8 14.5l-2-2M8 14.5l2-2M1.5 8l2-2M1.5 8l2 2M14.5 8l-2-2M14.5 8l-2 2',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  remove: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  duplicate: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  resize: 'M2.5 2.5l11 11M13.5 8.5v5h-5M2.5 7.5v-5h5',
  turn: 'M13 8a5 5 0 1 1-1.6-3.7M13 1.8v3.4H9.6',
  inspect: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3l3.4 3.4',
  colour: 'M8 1.8S3.2 7 3.2 10a4.8 4.8 0 0 0 9.6 0C12.8 7 8 1.8 8 1.8zM5.6 10.2A2.5 2.5 0 0 0 8 12.6',
  collapse: 'M2.5 4.5h11v7h-11zM5.5 8h5',
  core: 'M8 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM8 1v4M8 11v4M1 8h4M11 8h4',
  fold: 'M4 6l4 4 4-4',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  join: 'M2.5 2.5h11v11h-11zM5 5h2.5v2.5H5zM8.5 8.5H11V11H8.5z',
  row: 'M2 4.5h4v7H2zM7.5 4.5h2v7h-2zM11 4.5h3v7h-3z',
  column: 'M4.5 2h7v4h-7zM4.5 7.5h7v2h-7zM4.5 11h7v3h-7z',
  pick: 'M8 11V2M4.5 5.5 8 2l3.5 3.5M2.5 10.5v3h11v-3',
  select: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  undo: 'M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.5 3.5l-3 3 3 3',
  redo: 'M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M10.5 3.5l3 3-3 3',
  trash: 'M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4.5M9.3 7v4.5',
};

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', STROKES[name] ?? STROKES.more);
  svg.append(path);
  return svg;
}
