// Outliners: objects seen and changed.
import { drag, equal, ok, outliner, test, write } from '../harness.mjs';

async function shown(world, code, name) {
  const page = await world.open();
  await world.ask(code);
  const o = outliner(page, name);
  await o.waitFor();
  return { page, o };
}

/** An account to look at. */
export const ACCOUNT =
  "globals _AddSlots: (| account = (| parent* = traits oddball. {'Category: money' balance <- 0. deposit: n = ( balance: balance + n. self ). } |) |). account display_yourself";

test('the world shows itself: an outliner of the lobby', async (world) => {
  const page = await world.open();
  const o = outliner(page, 'lobby');
  await o.waitFor();
  await o.getByRole('button', { name: 'traits', exact: true }).first().waitFor();
});

test('an object has one outliner, found again', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  const oid = await o.getAttribute('data-oid');
  await world.ask('account display_yourself');
  await world.until('ui_manager scene isQuiet', 'true');
  equal(await outliner(page, 'account').count(), 1);
  equal(await outliner(page, 'account').getAttribute('data-oid'), oid);
});

test('values are live', async (world) => {
  const { o } = await shown(world, ACCOUNT, 'account');
  await world.ask('account deposit: 42');
  await o.getByRole('button', { name: '42', exact: true }).waitFor();
});

test('Do It evaluates for the object', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await write(page, o.locator('.is-editor').last(), 'deposit: 7. balance * 2');
  await page.keyboard.press('Control+Enter');
  await o.getByText('⇒ 14').waitFor();
  await o.getByRole('button', { name: '7', exact: true }).waitFor();
  equal((await world.ask('account balance')).value, 7);
});

test('Get It brings the result', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await write(page, o.locator('.is-editor').last(), '3 @ 4');
  await o.getByRole('button', { name: 'Get It' }).click();
  await outliner(page, 'a point').waitFor();
});

test('a mistake is shown where it stands', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await write(page, o.locator('.is-editor').last(), '3 + 4 * 5');
  await page.keyboard.press('Control+Enter');
  await o.locator('.cm-lintRange-error, .cm-lintPoint-error').waitFor();
  equal((await world.ask('account balance')).value, 0);
});

test('a method opens in place, is changed, accepted, undone and redone', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await o.getByRole('button', { name: 'deposit:', exact: true }).click();
  const editor = o.locator('.look-slot .is-editor');
  await editor.locator('.cm-content').waitFor();
  ok((await editor.locator('.cm-content').innerText()).includes('deposit: n = ( balance: balance + n'), 'the method as it was written');
  await write(page, editor, 'deposit: n = ( balance: balance + (n * 10). self )');
  await page.keyboard.press('Control+Enter');
  await editor.waitFor({ state: 'detached' });
  equal((await world.ask('(account deposit: 1) balance')).value, 10);
  equal((await world.ask("(reflect: account) at: 'deposit:'. ((reflect: account) at: 'deposit:') category")).value, 'money');
  await page.getByRole('button', { name: 'Undo' }).click();
  await world.until('(account deposit: 1) balance', /1$/);
  await page.getByRole('button', { name: 'Redo' }).click();
  await world.until("((reflect: account) at: 'deposit:') source includesSubstring: '10'", 'true');
});

test('a method with a mistake is not accepted; Escape leaves it', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await o.getByRole('button', { name: 'deposit:', exact: true }).click();
  const editor = o.locator('.look-slot .is-editor');
  await write(page, editor, 'deposit: n = ( balance: + )');
  await page.keyboard.press('Control+Enter');
  await editor.locator('.cm-lintRange-error, .cm-lintPoint-error').waitFor();
  await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'detached' });
  equal((await world.ask('(account deposit: 1) balance')).value, 1);
});

test('the value of a slot is changed in place', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await o.getByRole('button', { name: 'balance', exact: true }).click();
  await write(page, o.locator('.look-slot .is-editor'), '100 + 1');
  await page.keyboard.press('Control+Enter');
  await o.getByRole('button', { name: '101', exact: true }).waitFor();
  equal((await world.ask('account balance')).value, 101);
});

test('constant becomes assignable and back', async (world) => {
  const { o } = await shown(world, ACCOUNT, 'account');
  await o.getByRole('button', { name: 'balance can be assigned' }).click();
  await o.getByRole('button', { name: 'balance is constant' }).click();
  await o.getByRole('button', { name: 'balance can be assigned' }).waitFor();
  equal((await world.ask('(account deposit: 5) balance')).value, 5);
});

test('a slot is renamed in place', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await o.getByRole('button', { name: 'balance', exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const field = o.getByRole('textbox', { name: 'New name of balance' });
  await field.fill('amount');
  await field.press('Enter');
  await o.getByRole('button', { name: 'amount', exact: true }).waitFor();
  equal((await world.ask("((reflect: account) includesName: 'amount') && [((reflect: account) isAssignableAt: 'amount') && [((reflect: account) includesName: 'balance') not]]")).value, true);
});

test('a value opens beside its slot with a line to it; the tip taken elsewhere changes the slot', async (world) => {
  const { page, o } = await shown(world, "globals _AddSlots: (| here = (| parent* = traits oddball. it <- nil |). there = (| parent* = traits oddball. mark = 1 |) |). here it: 3 @ 4. here display_yourself", 'here');
  await o.getByRole('button', { name: /point|@/ }).click();
  await outliner(page, 'a point').waitFor();
  const tip = page.locator('#lines circle').first();
  await tip.waitFor();
  await world.ask('ui_manager world place: (ui_manager outlinerOn: (reflect: there) IfNew: [ |:o| o ]) At: 640 @ 420');
  await outliner(page, 'there').waitFor();
  await drag(page, tip, outliner(page, 'there').getByText('there', { exact: true }).first());
  await world.until('here it == there', 'true');
});

test('a slot dragged onto the world becomes an object of its own', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await drag(page, o.getByRole('button', { name: 'balance', exact: true }), [800, 600]);
  const made = outliner(page, 'a slots object');
  await made.getByRole('button', { name: 'balance', exact: true }).waitFor();
  equal((await world.ask("(reflect: account) includesName: 'balance'")).value, true);
});

test('a slot dragged onto another outliner is copied, with Shift moved', async (world) => {
  const { page, o } = await shown(world, ACCOUNT + ". globals _AddSlots: (| other = (| parent* = traits oddball. x = 1 |) |). ui_manager world place: (ui_manager outlinerOn: (reflect: other) IfNew: [ |:w| w ]) At: 700 @ 100", 'account');
  const other = outliner(page, 'other');
  await other.waitFor();
  await drag(page, o.getByRole('button', { name: 'balance', exact: true }), other.getByText('other', { exact: true }).first());
  await other.getByRole('button', { name: 'balance', exact: true }).waitFor();
  equal((await world.ask("(other balance: 9) balance + account balance")).value, 9);
  await drag(page, o.getByRole('button', { name: 'deposit:', exact: true }), other.getByText('other', { exact: true }).first(), { keys: ['Shift'] });
  await other.getByRole('button', { name: 'deposit:', exact: true }).waitFor();
  await world.until("(reflect: account) includesName: 'deposit:'", 'false');
  equal((await world.ask('(other deposit: 1) balance')).value, 10);
});

test('a slot dragged onto the trash is removed, and comes back by undo', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await drag(page, o.getByRole('button', { name: 'balance', exact: true }), page.getByText('Trash'));
  await world.until("(reflect: account) includesName: 'balance'", 'false');
  await page.getByRole('button', { name: 'Undo' }).click();
  await o.getByRole('button', { name: 'balance', exact: true }).waitFor();
  await world.until("(reflect: account) isAssignableAt: 'balance'", 'true');
});

test('comment and category of a slot are written in place', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await o.getByRole('button', { name: 'balance', exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Comment' }).click();
  const comment = o.getByRole('textbox', { name: 'Comment of balance' });
  await comment.fill('what there is');
  await comment.press('Enter');
  await world.until("((reflect: account) at: 'balance') comment = 'what there is'", 'true');
  await o.getByRole('button', { name: 'balance', exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Category' }).click();
  const category = o.getByRole('textbox', { name: 'Category of balance' });
  await category.fill('sums');
  await category.press('Enter');
  await o.getByRole('button', { name: /sums \(1\)/ }).waitFor();
  await world.until("((reflect: account) at: 'balance') category = 'sums'", 'true');
  await page.getByRole('button', { name: 'Undo' }).click();
  await world.until("((reflect: account) at: 'balance') category = 'money'", 'true');
});

test('children, references, senders and implementors are found from where one stands', async (world) => {
  const { page, o } = await shown(world, ACCOUNT, 'account');
  await o.getByRole('button', { name: 'deposit:', exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Implementors' }).click();
  await page.getByRole('region', { name: 'Implementors of deposit:' }).getByRole('option').first().waitFor();
  await o.getByRole('button', { name: 'Menu of account' }).click();
  await page.getByRole('menuitem', { name: 'References' }).click();
  await page.getByRole('region', { name: 'References to account' }).getByRole('option', { name: /account$/ }).waitFor();
  await o.getByRole('button', { name: 'Menu of account' }).click();
  await page.getByRole('menuitem', { name: 'Parents' }).click();
  await outliner(page, 'traits oddball').waitFor();
});
