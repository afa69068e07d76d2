// Runs the tests of the screen: node run.mjs [part of a name …]. BATOS_BIN names the program.
import { openBrowser, tests, World } from './harness.mjs';
import { readdirSync } from 'node:fs';

for (const file of readdirSync(new URL('./suites', import.meta.url)).sort()) await import(`./suites/${file}`);
const wanted = process.argv.slice(2);
const chosen = tests.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const browser = await openBrowser();
const started = Date.now();
let failed = 0;
for (const { name, run, bare } of chosen) {
  const from = Date.now();
  const world = new World();
  try {
    if (!bare) await world.start();
    await run(world);
    if (world.complaints.length) throw new Error(world.complaints.join('\n'));
    console.log(`ok    ${name} (${Date.now() - from} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error.stack ?? error).split('\n').slice(0, 16).join('\n      ')}\n${world.output ?? ''}`);
    await world.pages.at(-1)?.screenshot({ path: `/tmp/batos-screen-${name.replaceAll(/\W+/g, '-').slice(0, 60)}.png` }).catch(() => {});
  }
  await world.close().catch(() => {});
}
await browser.close();
console.log(`${chosen.length - failed} passed, ${failed} failed, ${((Date.now() - started) / 1000).toFixed(1)} s`);
process.exit(failed ? 1 : 0);
