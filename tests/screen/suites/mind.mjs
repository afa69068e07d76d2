// The mind on the screen: names that complete what is written, proposals as cards.
import { equal, ok, outliner, test, write } from '../harness.mjs';
import { ACCOUNT } from './outliner.mjs';

test('what is written is completed from the living object', async (world) => {
  const page = await world.open();
  await world.ask(ACCOUNT);
  const o = outliner(page, 'account');
  await o.locator('.is-editor').last().locator('.cm-content').click();
  await page.keyboard.type('depo');
  await page.locator('.cm-tooltip-autocomplete').getByText('deposit:').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => [...document.querySelectorAll('.cm-content')].some((el) => el.textContent.startsWith('deposit:')));
});

const PROPOSE =
  "globals _AddSlots: (| shop = (| parent* = traits oddball. price <- 3 |). answer <- 'none'. asked |). globals asked: ((task copyReceiver: shop Signature: 'double' Holder: shop Comment: 'twice the price')). [ | p | p: dialogue askOnScreen: asked About: (proposal copyText: '( price * 2 )' Task: asked) judge. globals answer: (p isNil ifTrue: 'refused' False: [ p source ]) ] fork";

test('a proposal is a card: installed as it was edited', async (world) => {
  const page = await world.open();
  await world.ask(PROPOSE.split('. globals asked')[0]);
  await world.ask(`globals asked${PROPOSE.split('. globals asked')[1]}`);
  const card = page.getByRole('region', { name: 'Proposal: double' });
  await card.getByText(/brick|BRICK/i).first().waitFor();
  await write(page, card.locator('.is-editor'), '( price + price )');
  await card.getByRole('button', { name: 'Install' }).click();
  await card.waitFor({ state: 'detached' });
  await world.until("globals answer = '( price + price )'", 'true');
});

test('a proposal that is refused is remembered', async (world) => {
  const page = await world.open();
  await world.ask(PROPOSE.split('. globals asked')[0]);
  await world.ask(`globals asked${PROPOSE.split('. globals asked')[1]}`);
  const card = page.getByRole('region', { name: 'Proposal: double' });
  await card.getByRole('button', { name: 'No' }).click();
  await card.waitFor({ state: 'detached' });
  await world.until("globals answer = 'refused'", 'true');
  equal((await world.ask('mind refused size')).value, 1);
});
