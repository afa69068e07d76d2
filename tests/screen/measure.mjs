// Measures the screen in Chromium, by the page's own counters: node measure.mjs. Times in milliseconds, the median of several.
import { readFileSync } from 'node:fs';
import { openBrowser, outliner, World } from './harness.mjs';

const browser = await openBrowser();
const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
const print = (what, value, goal) => console.log(`screen: ${what.padEnd(64)} ${String(value).padStart(9)}   goal ${goal}`);
const again = async (n, run) => {
  const all = [];
  for (let i = 0; i < n; i += 1) all.push(await run(i));
  return median(all);
};

/** The first picture: from the program's start, and from the page's. */
const first = await again(5, async () => {
  const world = new World();
  const from = performance.now();
  await world.start();
  const served = performance.now() - from;
  const page = await world.open();
  const shown = await page.evaluate(() => performance.now());
  await world.close();
  return Math.round(served + shown);
});
print('batos show: first picture', `${first} ms`, '1000 ms');

const world = await new World().start();
const page = await world.open({ name: 'Ada' });

/** An outliner of an object with a thousand slots. */
await world.ask("globals _AddSlots: (| big = (| parent* = traits oddball |) |). 1000 do: [ |:i| (reflect: big) addSlots: 's', i printString, ' <- ', i printString ]");
const opened = await again(5, async () => {
  const took = await page.evaluate(async () => {
    const from = performance.now();
    const seen = new Promise((resolve) => {
      const look = () => (document.querySelector('[aria-label="Outliner of big"], [aria-label="Outliner of a slots object"]') ? resolve(performance.now() - from) : requestAnimationFrame(look));
      look();
    });
    await window.batosScreen.wire.ask('evaluate', { code: 'big display_yourself', commit: false });
    return seen;
  });
  await world.ask('(ui_manager outlinerOn: (reflect: big) IfNew: nil) remove');
  await page.waitForFunction(() => !document.querySelector('[aria-label="Outliner of big"], [aria-label="Outliner of a slots object"]'));
  return Math.round(took);
});
print('outliner of an object with 1,000 slots', `${opened} ms`, '100 ms');

/** From a pointer's motion to the other hand on another screen. */
const other = await world.open({ name: 'Bob' });
await page.mouse.move(400, 300);
await other.locator('.is-hand', { hasText: 'Ada' }).waitFor();
const echo = await again(9, async (i) => {
  const x = 420 + i * 20;
  const seen = other.evaluate((want) => new Promise((resolve) => {
    const look = () => {
      const hand = [...document.querySelectorAll('.is-hand')].find((h) => h.textContent === 'Ada');
      if (hand?.style.transform.includes(`${want}px, 320px`)) resolve(Date.now());
      else requestAnimationFrame(look);
    };
    look();
  }), x);
  await page.evaluate(() => addEventListener('pointermove', () => { window.moved = Date.now(); }, { once: true, capture: true }));
  await page.mouse.move(x, 320);
  return (await seen) - (await page.evaluate(() => window.moved));
});
print('from a pointer to the other hand', `${echo} ms`, '50 ms');
await other.context().close();
world.pages.pop();

/** An idle world. */
const cpu = () => {
  const parts = readFileSync(`/proc/${world.process.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(parts[11]) + Number(parts[12])) * 10;
};
await world.until('ui_manager scene isQuiet', 'true');
const counts = () => page.evaluate(() => ({ ...window.batosScreen.wire.counts }));
const [before, cpuBefore] = [await counts(), cpu()];
await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 5000)));
const [after, cpuAfter] = [await counts(), cpu()];
print('an idle world, five seconds: messages', after.received - before.received, '0');
print('an idle world, five seconds: processor', `${cpuAfter - cpuBefore} ms`, '0 ms');

/** A thousand morphs, ten of them moved by the world at each frame: frames that the page shows, bytes for a move. */
await world.ask("[ | ball. all | all: list copyRemoveAll. 1000 do: [ |:i| ball: (boxMorph copyExtent: 8 @ 8 Fill: '#1971c2') moveTo: ((i * 13) % 1100) @ ((i * 7) % 700). ui_manager world addMorph: ball. i < 10 ifTrue: [ all add: ball ] ]. ui_manager world _AddSlots: (| runners. step = ( runners do: [ |:m| m moveBy: 1 @ 1 ] ) |). ui_manager world runners: all. ui_manager world startStepping: 16 ] value");
await page.waitForFunction(() => document.querySelectorAll('.is-box').length >= 1000);
const moving = await page.evaluate(() => new Promise((resolve) => {
  const { wire } = window.batosScreen;
  const start = { at: performance.now(), ...wire.counts };
  let frames = 0;
  const tick = () => {
    frames += 1;
    const took = performance.now() - start.at;
    if (took < 3000) return requestAnimationFrame(tick);
    const batches = wire.counts.received - start.received;
    resolve({ frames: Math.round((frames * 1000) / took), batches: Math.round((batches * 1000) / took), bytes: Math.round((wire.counts.receivedBytes - start.receivedBytes) / Math.max(1, batches) / 10) });
  };
  requestAnimationFrame(tick);
}));
print('1,000 morphs, ten moving: frames a second', moving.frames, '60');
print('1,000 morphs, ten moving: batches a second', moving.batches, '30 to 60');
print('bytes for a moved morph, with its share of the batch', moving.bytes, '20');
await world.close();
await browser.close();
