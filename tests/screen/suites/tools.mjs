// The tools: browser, processes, history, memory.
import { equal, ok, outliner, test } from '../harness.mjs';

const tool = (page, name) => page.getByRole('region', { name, exact: true });
const open = async (page, name) => {
  await page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
  await tool(page, name).waitFor();
  return tool(page, name);
};

test('the browser finds names, senders and implementors, and opens what it found', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. veryRareName = ( 3 ). user = ( veryRareName + 1 ) |) |)");
  const browser = await open(page, 'Browser');
  await browser.getByRole('textbox').fill('veryRareName');
  await browser.getByRole('button', { name: 'Names' }).click();
  await browser.getByText('1 names with veryRareName').waitFor();
  await browser.getByRole('button', { name: 'Senders' }).click();
  await browser.getByText('1 senders of veryRareName').waitFor();
  await browser.getByRole('option', { name: /^user/ }).click();
  const editor = outliner(page, 'shop').locator('.look-slot .is-editor');
  await editor.waitFor();
  ok((await editor.innerText()).includes('veryRareName + 1'), 'the sender is open');
  await browser.getByRole('option', { name: 'morphic', exact: true }).click();
  await browser.getByRole('option', { name: /^worldMorph/ }).first().waitFor();
});

test('processes are listed as they run, and ended', async (world) => {
  const page = await world.open();
  const processes = await open(page, 'Processes');
  await world.ask("([ process sleep: 1000000 ] newProcess name: 'sleeper') start");
  await processes.getByText(/sleeper, sleeping/).waitFor();
  await processes.getByRole('button', { name: /^End process .*sleeper/ }).click();
  await processes.getByText(/sleeper/).waitFor({ state: 'detached' });
});

test('the history lists commits and goes back; the screen follows', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| mark <- 1 |). image commit: 'mark is one'");
  await world.ask("globals mark: 2. image commit: 'mark is two'");
  const history = await open(page, 'History');
  await history.getByRole('option', { name: /mark is one/ }).click();
  await page.evaluate(() => { window.cameBack = false; addEventListener('batos-ready', () => { window.cameBack = true; }); });
  await history.getByRole('button', { name: 'Go back to it' }).click();
  await page.waitForFunction(() => window.cameBack);
  await world.until('globals mark', '1');
});

test('processor, memory and pauses are drawn as they are', async (world) => {
  const page = await world.open();
  const performance = await open(page, 'Performance');
  for (const what of [/^processor/, /^memory .*KiB/, /^longest pause .*ms/]) await performance.getByText(what).waitFor();
  await page.waitForFunction(() => {
    const lines = [...document.querySelectorAll('[aria-label=Performance] polyline')];
    return lines.length === 3 && lines.every((line) => (line.getAttribute('points') ?? '').split(' ').length >= 4);
  });
  await performance.getByRole('button', { name: 'Collect garbage' }).click();
  await page.getByText(/KiB were freed/).waitFor();
});

test('a tool can be taken apart: its list is a morph of its own', async (world) => {
  const page = await world.open();
  const browser = await open(page, 'Browser');
  const line = browser.getByRole('listbox', { name: 'Categories' }).locator('button').first();
  await line.click({ modifiers: ['Alt'] });
  await page.locator('.is-halo').getByText('a browserMorph').waitFor();
  await line.click({ modifiers: ['Alt'] });
  await page.locator('.is-halo').getByText('a buttonMorph').waitFor();
  await line.click({ modifiers: ['Alt'] });
  await page.locator('.is-halo').getByText('a listMorph').waitFor();
  await page.locator('.is-halo').getByRole('button', { name: 'Inspect' }).click();
  await outliner(page, 'a listMorph').waitFor();
});
