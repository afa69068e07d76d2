// Making by words: a plan, methods that are tried and judged, a card with the thing, which runs. The model answers by rote.
import { equal, fakeModel, findings, ok, outliner, test, write } from '../harness.mjs';

export const WISH = 'a stopwatch with start and stop';
const PLAN = 'Stopwatch:\n    seconds = 0\n    running = False\n    def start(self): "sets running to True"\n    def stop(self): "sets running to False"\n    def step(self): "adds 1 to seconds while running is True"\n```';
export const ANSWERS = [
  ['def start', '        self.running = True\n```'],
  ['def stop', '        self.running = False\n```'],
  ['def step', '        if self.running:\n            self.seconds += 1\n```'],
  ['Plan a class for a stopwatch', PLAN],
];
const card = (page) => page.getByRole('region', { name: 'Proposal: stopwatch' });
const face = (page) => page.getByRole('group', { name: 'Stopwatch', exact: true });

async function wished(world, answers = ANSWERS) {
  const model = await fakeModel(answers);
  await world.start('change', { model: true });
  const page = await world.open();
  await world.ask(`mind backend: '${model.address}'`);
  await page.getByRole('toolbar').getByRole('button', { name: 'Make', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'What shall be made?' });
  await field.fill(WISH);
  await field.press('Enter');
  return { page, model };
}

test('a stopwatch is wished for: the card shows it with source and verdicts, it runs, and is installed', async (world) => {
  const { page, model } = await wished(world);
  await card(page).waitFor();
  for (const word of ['start:', 'stop:', 'step:']) await card(page).getByText(new RegExp(`^${word}.*BRICK`)).waitFor();
  const thing = card(page).getByRole('group', { name: 'Stopwatch', exact: true });
  const seconds = thing.locator('.look-reading-row', { hasText: 'seconds' }).locator('.look-reading');
  await thing.getByRole('button', { name: 'Start' }).click();
  await page.waitForFunction((el) => Number(el.innerText) >= 2, await seconds.elementHandle());
  await thing.getByRole('button', { name: 'Stop' }).click();
  await thing.locator('.look-reading-row', { hasText: 'running' }).getByText('no', { exact: true }).waitFor();
  equal(await findings(page), []);
  await card(page).getByRole('button', { name: 'Install' }).click();
  await card(page).waitFor({ state: 'detached' });
  await face(page).getByRole('button', { name: 'Start' }).click();
  await world.until('stopwatch running', 'true');
  ok((await world.ask("image showLog")).value.includes('made: stopwatch'), 'in the log');
  await page.getByRole('button', { name: 'Undo' }).click();
  await face(page).waitFor({ state: 'detached' });
  equal((await world.ask("(reflect: globals) includesName: 'stopwatch'")).value, false);
  model.close();
}, { bare: true });

test('the world is told to make a thing: the card is on the screen, and is what that answers', async (world) => {
  const model = await fakeModel(ANSWERS);
  await world.start('change', { model: true });
  const page = await world.open();
  const answer = await world.ask(`mind backend: '${model.address}'. ui_manager make: '${WISH}'`);
  equal(answer.text, 'a thingMorph(stopwatch)');
  await card(page).waitFor();
  await card(page).getByRole('button', { name: 'More', exact: true }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('[aria-label="Proposal: stopwatch"]')].length === 1);
  model.close();
}, { bare: true });

test('a proposed thing is edited before it is installed, and a mistake in it is told', async (world) => {
  const { page, model } = await wished(world);
  await card(page).waitFor();
  await write(page, card(page).locator('.is-editor'), '(| parent* = traits clonable. seconds <- ');
  await card(page).getByRole('button', { name: 'Install' }).click();
  await card(page).locator('.look-bad').filter({ hasText: /\w/ }).first().waitFor();
  await write(page, card(page).locator('.is-editor'), '(| parent* = traits clonable. seconds <- 7. half = ( seconds: seconds / 2 ) |)');
  await card(page).getByRole('button', { name: 'Try', exact: true }).click();
  await card(page).getByRole('button', { name: 'Half' }).waitFor();
  await card(page).getByRole('button', { name: 'Install' }).click();
  await card(page).waitFor({ state: 'detached' });
  await face(page).getByRole('button', { name: 'Half' }).click();
  await world.until('stopwatch seconds', '3');
  model.close();
}, { bare: true });

test('methods that do not pass are told, and what passed is still shown', async (world) => {
  const { page, model } = await wished(world, [['def stop', '        open("secrets")\n```'], ...ANSWERS]);
  await card(page).waitFor();
  await card(page).getByText('stop: no proposal passed').waitFor();
  await card(page).getByRole('button', { name: 'Start', exact: true }).waitFor();
  equal(await card(page).getByRole('button', { name: 'Stop', exact: true }).count(), 0);
  await card(page).getByRole('button', { name: 'No', exact: true }).click();
  await card(page).waitFor({ state: 'detached' });
  equal((await world.ask("(reflect: globals) includesName: 'stopwatch'")).value, false);
  model.close();
}, { bare: true });

test('without a model nothing is asked, and that is told', async (world) => {
  const page = await world.open();
  await page.getByRole('toolbar').getByRole('button', { name: 'Make', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'What shall be made?' });
  await field.fill(WISH);
  await field.press('Enter');
  await page.getByText(/no language model is here, so nothing was asked: `batos model fetch` gets one/).waitFor();
  equal((await world.ask(`ui_manager make: '${WISH}'`)).value.startsWith('no language model is here'), true);
  equal(await page.getByRole('region', { name: /^Proposal/ }).count(), 0);
});

test('any object has a face: what it holds, buttons, places for arguments', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| purse = (| parent* = traits oddball. balance <- 30. isOpen <- true. emptyIt = ( balance: 0 ). putIn: n = ( balance: balance + n ) |) |). ui_manager world place: (faceMorph copyOn: purse Title: 'Purse') At: 500 @ 100");
  const purse = page.getByRole('group', { name: 'Purse' });
  await purse.getByText('30', { exact: true }).waitFor();
  await purse.getByText('yes', { exact: true }).waitFor();
  await write(page, purse.locator('.is-editor'), '3 + 4');
  await purse.getByRole('button', { name: 'Put in' }).click();
  await purse.getByText('37', { exact: true }).waitFor();
  await world.ask('purse balance: 5');
  await purse.getByText('5', { exact: true }).waitFor();
  await purse.getByRole('button', { name: 'Empty it' }).click();
  await world.until('purse balance', '0');
});
