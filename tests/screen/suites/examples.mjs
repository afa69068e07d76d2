// The examples of the book: they run, and they are objects like any others.
import { drag, ok, test } from '../harness.mjs';

const group = (page, name) => page.getByRole('group', { name, exact: true });
const latest = '(ui_manager world parts filterBy: [ |:m| (\'hand\' = m kind) not ]) last';
async function example(world, page, name, label) {
  await world.ask(`ui_manager world place: (ui_manager example: '${name}') At: 420 @ 70`);
  await group(page, label).waitFor();
  return group(page, label);
}

test('a clock goes', async (world) => {
  const page = await world.open();
  const clock = await example(world, page, 'clock', 'Clock');
  const now = await clock.locator('.look-big').innerText();
  ok(/^\d\d:\d\d:\d\d$/.test(now), now);
  await page.waitForFunction((before) => document.querySelector('[aria-label=Clock] .look-big').innerText !== before, now);
});

test('balls bounce, and never leave their box', async (world) => {
  const page = await world.open();
  const balls = await example(world, page, 'balls', 'Bouncing balls');
  const first = balls.locator('.morph').first();
  const before = await first.evaluate((el) => el.style.transform);
  await page.waitForFunction(([oid, old]) => document.querySelector(`[data-oid="${oid}"]`).style.transform !== old, [await first.getAttribute('data-oid'), before]);
  await world.until(`[ | b | b: ${latest}. 200 do: [ b step ]. b balls allSatisfy: [ |:m| (m x >= -8) && [ (m x <= 330) && [ (m y >= -8) && [ m y <= 230 ] ] ] ] ] value`, 'true');
});

test('the account: buttons, and what it forbids opens a debugger', async (world) => {
  const page = await world.open();
  const account = await example(world, page, 'account', 'Bank account');
  await account.getByRole('button', { name: 'Deposit 10' }).click();
  await account.getByText('10', { exact: true }).waitFor();
  await account.getByRole('button', { name: 'Withdraw 10' }).click();
  await account.getByText('0', { exact: true }).waitFor();
  await account.getByRole('button', { name: 'Withdraw 10' }).click();
  await page.getByRole('region', { name: /^Debugger/ }).getByText(/there are only 0/).first().waitFor();
});

test('one draws by hand, and takes a line back', async (world) => {
  const page = await world.open();
  const drawing = await example(world, page, 'drawing', 'Drawing');
  const sheet = await drawing.locator('[data-drag=draw]').boundingBox();
  await drag(page, [sheet.x + 30, sheet.y + 30], [sheet.x + 200, sheet.y + 150], { steps: 15 });
  await page.waitForFunction(() => document.querySelectorAll('[data-drag=draw] .is-path').length === 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[data-drag=draw] .is-path').length === 0);
});

test('life goes on, generation by generation', async (world) => {
  const page = await world.open();
  const life = await example(world, page, 'life', 'Game of life');
  await world.until(`((${latest}) cells filterBy: [ |:c| c ]) size`, '5');
  await life.getByRole('button', { name: 'Step' }).click();
  await world.until(`[ | m | m: ${latest}. (m cells at: 16) && [ m cells at: 18 ] ] value`, 'true');
});

test('the examples of the menu are placed by hand', async (world) => {
  const page = await world.open();
  await page.getByRole('toolbar').getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('menuitem', { name: 'Clock' }).click();
  await group(page, 'Clock').waitFor();
});
