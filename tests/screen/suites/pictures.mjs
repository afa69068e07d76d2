// The pictures of README and book, taken from the real thing: SCREEN_PICTURES=book/src/pictures npm test pictures (in tests/screen).
import { join } from 'node:path';
import { drag, fakeModel, outliner, pictures, test } from '../harness.mjs';
import { ANSWERS, WISH } from './making.mjs';

const QUIET = { viewport: { width: 1180, height: 700 }, deviceScaleFactor: 1.5, name: 'Ada' };

async function take(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const at = pictures();
  if (at) await page.screenshot({ path: join(at, `${name}.png`) });
}

test('pictures: an account, its outliner and a debugger', async (world) => {
  const page = await world.open(QUIET);
  await world.ask("(ui_manager outlinerOn: (reflect: lobby) IfNew: nil) remove. ui_manager world place: (ui_manager example: 'account') At: 40 @ 70");
  await world.ask('globals _AddSlots: (| savings = bankAccount copy |). savings balance: 120');
  await world.ask("ui_manager world place: (ui_manager outlinerOn: (reflect: savings) IfNew: [ |:o| o ]) At: 610 @ 70");
  const o = outliner(page, 'savings');
  await o.waitFor();
  await page.getByRole('button', { name: 'Withdraw 10' }).click();
  const debug = page.getByRole('region', { name: /^Debugger/ });
  await debug.waitFor();
  await world.ask("(ui_manager world parts filterBy: [ |:m| m understands: 'resumeWith:' ]) do: [ |:m| m moveTo: 24 @ 200 ]");
  await page.getByRole('button', { name: 'withdraw:', exact: true }).first().click();
  await page.locator('.look-slot .is-editor .cm-content').first().waitFor();
  await page.waitForFunction(() => /24px, 200px/.test(document.querySelector('.look-debugger')?.style.transform));
  await take(page, 'account');
});

test('pictures: the tools and examples', async (world) => {
  const page = await world.open(QUIET);
  await world.ask("(ui_manager outlinerOn: (reflect: lobby) IfNew: nil) remove. ui_manager world place: (ui_manager example: 'clock') At: 30 @ 60. ui_manager world place: (ui_manager example: 'balls') At: 240 @ 60. ui_manager world place: (ui_manager example: 'life') At: 30 @ 300. ui_manager world place: browserMorph copyForWorld At: 640 @ 60");
  const browser = page.getByRole('region', { name: 'Browser', exact: true });
  await browser.getByRole('textbox').fill('reverse');
  await browser.getByRole('button', { name: 'Names' }).click();
  await browser.getByText(/names with reverse/).waitFor();
  await take(page, 'tools');
});

test('pictures: a thing that was wished for, the history, a carpet', async (world) => {
  const model = await fakeModel(ANSWERS);
  await world.start('change', { model: true });
  const page = await world.open(QUIET);
  await world.ask("(ui_manager outlinerOn: (reflect: lobby) IfNew: nil) remove. globals _AddSlots: (| savings = (| parent* = traits oddball. balance <- 80 |) |). image commit: 'savings'", page, false);
  await world.ask("savings balance: 120. image commit: 'pay day'", page, false);
  await world.ask(`mind backend: '${model.address}'. ui_manager make: '${WISH}'`);
  await world.ask("(ui_manager world parts filterBy: [ |:m| m understands: 'plan' ]) do: [ |:m| m moveTo: 24 @ 64 ]. ui_manager world place: historyMorph copyLive At: 500 @ 64. ('#4dabf7' & '#40c057' & '#fcc419') asVector do: [ |:c. :i| ui_manager world place: (boxMorph copyExtent: 70 @ 46 Fill: c) At: (1000 + (i * 20)) @ (110 + (i * 80)) ]");
  const card = page.getByRole('region', { name: 'Proposal: stopwatch' });
  await card.getByRole('button', { name: 'Start', exact: true }).click();
  const history = page.getByRole('region', { name: 'History', exact: true });
  await history.getByRole('option', { name: /savings$/ }).click();
  await history.getByText('globals savings balance:  80  →  120').waitFor();
  await drag(page, [970, 80], [1150, 400]);
  await page.locator('.is-carpet').waitFor();
  await page.mouse.move(900, 660);
  await take(page, 'making');
  model.close();
}, { bare: true });
