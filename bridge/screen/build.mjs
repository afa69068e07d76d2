// Builds the screen: src/ and the pinned packages into dist/. With --check it only compares.
import { build } from 'esbuild';
import { readFileSync, writeFileSync, readdirSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes('--check');

/** The licences of everything in the bundle, as one text. */
function licences(metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (found) names.add(found[1]);
  }
  const parts = [...names].sort().map((name) => {
    const root = join(here, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(root, file), 'utf8').trim() : ''}\n`;
  });
  return `The screen contains these packages.\n\n${parts.join('\n----\n\n')}`;
}

const result = await build({
  absWorkingDir: here,
  entryPoints: ['src/screen.js'],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  write: false,
  outfile: 'dist/screen.js',
});
const style = await build({
  absWorkingDir: here,
  entryPoints: ['src/screen.css'],
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
  write: false,
  outfile: 'dist/screen.css',
});
const files = {
  'screen.js': result.outputFiles[0].text,
  'screen.css': style.outputFiles[0].text,
  'index.html': readFileSync(join(here, 'src/index.html'), 'utf8'),
  'LICENCES.txt': licences(result.metafile),
};
let stale = [];
for (const [name, text] of Object.entries(files)) {
  const path = join(here, 'dist', name);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(name);
  if (!check) writeFileSync(path, text);
}
if (check && stale.length) {
  console.error(`bridge/screen/dist is not what its sources give (${stale.join(', ')}): npm run build in bridge/screen`);
  process.exit(1);
}
console.log(check ? 'bridge/screen/dist is what its sources give' : `written: ${stale.join(', ') || 'nothing changed'}`);
