// Lines of the canon that concern several morphs or earlier states: carpets, core samplers, categories, the history, the mind.
import { drag, equal, findings, ok, outliner, test, write } from '../harness.mjs';
import { ACCOUNT } from './outliner.mjs';

const tool = (page, name) => page.getByRole('region', { name, exact: true });
const open = async (page, name) => {
  await page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
  await tool(page, name).waitFor();
  return tool(page, name);
};
const THREE = "globals _AddSlots: (| one = boxMorph copy. two = boxMorph copy. far = boxMorph copy |). (one & two & far) asVector do: [ |:m. :i| m fill: '#4dabf7'. m role: 'group'. m label: ('one' & 'two' & 'far') asVector asList first ]. one label: 'one'. two label: 'two'. far label: 'far'. ui_manager world place: one At: 500 @ 300. ui_manager world place: two At: 620 @ 380. ui_manager world place: far At: 1000 @ 650";
const box = (page, name) => page.getByRole('group', { name, exact: true });
const carpet = (page) => page.locator('.is-carpet');

async function laid(world) {
  const page = await world.open();
  await world.ask(THREE);
  await box(page, 'far').waitFor();
  await drag(page, [460, 260], [760, 480]);
  await carpet(page).waitFor();
  return page;
}

test('a frame drawn over the world selects what lies in it: moved as one, shown at once, undone as one', async (world) => {
  const page = await laid(world);
  equal((await world.ask('((ui_manager world selectionOf: (ui_manager hands at: \'Ada\')) subjects mapBy: [ |:m| m at: \'label\' ]) asVector copySort')).text, "a vector('one', 'two')");
  const around = await carpet(page).boundingBox();
  const first = await box(page, 'one').boundingBox();
  ok(around.x <= first.x && around.y <= first.y, 'it lies around them');
  await page.mouse.move(590, 340);
  await page.mouse.down();
  await page.mouse.move(610, 360, { steps: 4 });
  const moved = await box(page, 'two').boundingBox();
  equal([moved.x, moved.y], [640, 400], 'shown while it is dragged');
  await page.mouse.up();
  await world.until("(one position printString, ' ', two position printString, ' ', far position printString)", "'520@320 640@400 1000@650'");
  await page.getByRole('button', { name: 'Undo' }).click();
  await world.until("(one position printString, ' ', two position printString)", "'500@300 620@380'");
  await page.mouse.click(900, 700);
  await carpet(page).waitFor({ state: 'detached' });
});

test('what a carpet lies around is joined, in a row or as it stood, and taken apart by undo', async (world) => {
  const page = await laid(world);
  await carpet(page).getByRole('button', { name: 'Join into one' }).click();
  await carpet(page).waitFor({ state: 'detached' });
  await world.until('(one owner == two owner) && [ one owner isWorld not ]', 'true');
  equal((await world.ask("one position printString, ' ', two position printString, ' ', one owner position printString")).text, "'0@0 120@80 500@300'");
  await page.getByRole('button', { name: 'Undo' }).click();
  await world.until("one owner isWorld && [ one position = (500 @ 300) ]", 'true');
  await drag(page, [460, 260], [760, 480]);
  await carpet(page).getByRole('button', { name: 'Join in a row' }).click();
  await world.until("one owner flow", "'row'");
  await page.waitForFunction(() => document.querySelector('[aria-label=one]').getBoundingClientRect().y === document.querySelector('[aria-label=two]').getBoundingClientRect().y);
});

test('what a carpet lies around is copied and removed as one', async (world) => {
  const page = await laid(world);
  await carpet(page).getByRole('button', { name: 'Duplicate' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[aria-label=one], [aria-label=two]').length === 4);
  await carpet(page).getByRole('button', { name: 'Remove' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[aria-label=one], [aria-label=two]').length === 2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelectorAll('[aria-label=one], [aria-label=two]').length === 4);
});

test('a selection by keys: everything from the menu, moved by arrows, removed, taken back', async (world) => {
  const page = await world.open();
  await world.ask(THREE);
  await box(page, 'far').waitFor();
  await page.mouse.click(800, 600, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Select all' }).press('Enter');
  await carpet(page).waitFor();
  await carpet(page).focus();
  await page.keyboard.press('ArrowRight');
  await world.until("(one position printString, ' ', far position printString)", "'510@300 1010@650'");
  await carpet(page).focus();
  await page.keyboard.press('Delete');
  await box(page, 'one').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await box(page, 'one').waitFor();
});

test('morphs are added to a selection one by one', async (world) => {
  const page = await world.open();
  await world.ask(THREE);
  for (const name of ['one', 'far']) {
    await box(page, name).click({ modifiers: ['Alt'] });
    await page.locator('.is-halo').getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Select', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Select', exact: true }).waitFor({ state: 'detached' });
  }
  await world.until("(ui_manager world selectionOf: (ui_manager hands at: 'Ada')) subjects size", '2');
});

test('the core sampler tells what lies beneath its cross, wherever it is taken', async (world) => {
  const page = await world.open();
  await world.ask(THREE);
  const sampler = await open(page, 'Core sampler');
  const cross = await sampler.getByRole('button', { name: 'Cross' }).boundingBox();
  const title = await sampler.getByRole('heading', { name: 'Core sampler' }).boundingBox();
  const grip = [title.x + 30, title.y + 8];
  await drag(page, grip, [grip[0] + 540 - (cross.x + cross.width / 2), grip[1] + 325 - (cross.y + cross.height / 2)]);
  const list = sampler.getByRole('listbox', { name: 'Beneath the cross' });
  await list.getByRole('option', { name: 'one' }).waitFor();
  await list.getByRole('option', { name: 'the world' }).waitFor();
  await list.getByRole('option').first().click();
  await outliner(page, 'one').waitFor();
});

test('a part of a tool is picked up, carried by the hand, dropped with a press; undo puts it back', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| inner = boxMorph copyExtent: 60 @ 40 Fill: '#e8590c' |). inner label: 'inner'. inner role: 'group'. ui_manager world place: (columnMorph copyWith: ((textMorph copyText: 'above') & inner & (textMorph copyText: 'below')) asVector Look: 'panel') At: 600 @ 300");
  const inner = box(page, 'inner');
  for (let i = 0; i < 2; i += 1) {
    await inner.click({ modifiers: ['Alt'] });
    await page.waitForFunction((n) => [...document.querySelectorAll('.is-halo')].some((el) => n === 0 || el.getBoundingClientRect().width > 0), i);
    await world.until(`(ui_manager world parts anySatisfy: [ |:m| (m kind = 'halo') && [ m subject == ${i ? 'inner' : 'inner owner'} ] ])`, 'true');
    await world.until('ui_manager scene isQuiet', 'true');
  }
  await page.locator('.is-halo').getByRole('button', { name: 'Pick up', exact: true }).click();
  await world.until('inner owner isWorld', 'true');
  await page.mouse.move(900, 600, { steps: 4 });
  await page.waitForFunction(() => { const r = document.querySelector('[aria-label=inner]').getBoundingClientRect(); return r.left < 900 && r.right > 900 && r.top < 600 && r.bottom > 600; });
  await page.mouse.down();
  await page.mouse.up();
  await world.until("inner position = (876 @ 584)", 'true');
  await page.mouse.move(300, 300, { steps: 3 });
  equal((await world.ask('inner position x')).value, 876);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await world.until('inner owner isWorld', 'false');
  equal((await world.ask('inner owner parts indexOf: inner')).value, 1);
});

test('what Get It brings arrives in the hand, and stays where it is dropped', async (world) => {
  const page = await world.open();
  const o = outliner(page, 'lobby');
  await write(page, o.locator('.is-editor').last(), '3 @ 4');
  await o.getByRole('button', { name: 'Get It' }).click();
  const got = outliner(page, 'a point');
  await got.waitFor();
  await page.mouse.move(800, 500, { steps: 5 });
  await page.waitForFunction(() => { const r = document.querySelector('[aria-label="Outliner of a point"]').getBoundingClientRect(); return r.left === 776 && r.top === 484; });
  await page.mouse.down();
  await page.mouse.up();
  await world.until("(ui_manager world parts filterBy: [ |:m| (m understands: 'isOutlinerOn:') && [ m title = 'a point' ] ]) asVector first position = (776 @ 484)", 'true');
  await page.mouse.move(200, 650, { steps: 5 });
  equal((await got.boundingBox()).x, 776);
});

test('a category is dragged: onto the world it is an object, onto an outliner it is copied, onto the trash removed', async (world) => {
  const page = await world.open();
  await world.ask(`${ACCOUNT}. globals _AddSlots: (| other = (| parent* = traits oddball. x = 1 |) |). ui_manager world place: (ui_manager outlinerOn: (reflect: other) IfNew: [ |:w| w ]) At: 760 @ 100`);
  const head = outliner(page, 'account').getByRole('button', { name: /money \(2\)/ });
  await head.waitFor();
  await drag(page, head, [800, 600]);
  const made = outliner(page, 'a slots object');
  await made.getByRole('button', { name: 'deposit:', exact: true }).waitFor();
  await drag(page, head, outliner(page, 'other').getByRole('heading', { name: 'other' }));
  await outliner(page, 'other').getByRole('button', { name: /money \(2\)/ }).waitFor();
  equal((await world.ask('(other deposit: 4) balance + account balance')).value, 4);
  await drag(page, head, page.getByText('Trash'));
  await world.until("(reflect: account) names asVector copySort", "a vector('parent')");
  await page.getByRole('button', { name: 'Undo' }).click();
  await world.until("(reflect: account) includesName: 'deposit:'", 'true');
});

test('the history is dragged along: an earlier state is looked at while the present stays, and an object is taken out of it', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. price <- 3 |) |). image commit: 'it costs three'");
  await world.ask("shop price: 8. image commit: 'it costs eight'");
  const history = await open(page, 'History');
  const line = history.getByRole('slider');
  await history.getByRole('option', { name: /it costs three/ }).click();
  await history.getByText('globals shop price:  3  →  8').waitFor();
  await write(page, history.locator('.is-editor'), 'shop price * 2');
  await history.getByRole('button', { name: 'Do It then' }).click();
  await history.getByText('⇒ 6').waitFor();
  equal((await world.ask('shop price')).value, 8);
  await write(page, history.locator('.is-editor'), 'shop');
  await history.getByRole('button', { name: 'Take it' }).click();
  const taken = outliner(page, 'a slots object');
  await taken.getByRole('button', { name: '3', exact: true }).waitFor();
  equal((await world.ask('shop price')).value, 8);
  // Along the line, to the left: one commit earlier; to its end: the present.
  const before = await history.getByRole('status').first().innerText();
  await line.focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((old) => document.querySelector('[aria-label=History] [role=status]').innerText !== old, before);
  await history.getByRole('button', { name: 'The present' }).click();
  await history.getByRole('listbox', { name: 'What is different now' }).waitFor({ state: 'hidden' });
  equal((await world.ask('shop price')).value, 8);
});

test('new commits come to the list while what was chosen stays, and the lines that were there stay the same ones', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| mark <- 1 |). image commit: 'first word'", page, false);
  await world.ask("globals mark: 2. image commit: 'second word'", page, false);
  const history = await open(page, 'History');
  const old = history.getByRole('option', { name: /first word/ });
  await old.click();
  await history.getByText('globals mark:  1  →  2').waitFor();
  const oid = await old.getAttribute('data-oid');
  await world.ask("globals mark: 3. image commit: 'third word'", page, false);
  await history.getByRole('option', { name: /third word/ }).waitFor();
  equal(await old.getAttribute('data-oid'), oid, 'the same line');
  equal(await old.getAttribute('aria-selected'), 'true', 'still chosen');
  await old.click();
  await history.getByText('globals mark:  1  →  3').waitFor();
});

test('a mistake in an expression about the past is told, and the screen lives on', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| mark <- 1 |). image commit: 'mark'");
  await world.ask("globals mark: 2. image commit: 'mark again'");
  const history = await open(page, 'History');
  await history.getByRole('option', { name: /mark$/ }).click();
  await history.getByText('globals mark:  1  →  2').waitFor();
  await write(page, history.locator('.is-editor'), 'nonsense');
  await history.getByRole('button', { name: 'Do It then' }).click();
  await history.getByText(/⇒ .*nonsense/).waitFor();
});

test('what a hand does is one line of the log, until somebody does something else', async (world) => {
  const page = await world.open();
  await world.ask(THREE);
  for (let i = 1; i <= 4; i += 1) {
    await drag(page, box(page, 'one'), [540 + i * 20, 325]);
    await world.until('one position x', String(500 + i * 20));
  }
  await world.until('image hasUnsavedChanges', 'false');
  await world.until("(image runs first printString includesSubstring: 'screen: Ada') && [ image runs first count >= 4 ]", 'true');
  ok((await world.ask('image showLog')).value.split('\n').length < (await world.ask('image history size')).value, 'the log is shorter than the history');
  await world.ask("image commit: 'a word'", page, false);
  await world.until("image runs first text", "'a word'");
});

test('the debugger goes on with a value for what failed', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. done <- 0. total: n = ( done: n nonsense + 1. self ). |) |). ui_manager world place: (buttonMorph copyLabel: 'Total' Do: [ shop total: 3 ]) At: 600 @ 60");
  await page.getByRole('button', { name: 'Total' }).click();
  const debug = page.getByRole('region', { name: /^Debugger/ });
  await debug.getByRole('button', { name: /^total:/ }).click();
  await write(page, debug.locator('.is-editor'), 'n * 100');
  await debug.getByRole('button', { name: 'Go on with it' }).click();
  await debug.waitFor({ state: 'detached' });
  await world.until('shop done', '301');
});

test('the debugger steps over calls', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. done <- 0. go = ( halt: 'look here'. first: 3. second. self ). first: n = ( done: done + n. self ). second = ( done: done * 10. self ) |) |). ui_manager world place: (buttonMorph copyLabel: 'Go' Do: [ shop go ]) At: 600 @ 60");
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  const debug = page.getByRole('region', { name: /^Debugger/ });
  await debug.getByRole('button', { name: /^go of/ }).waitFor();
  const stood = (n) => world.until(`[ | all | all: (ui_manager world parts filterBy: [ |:m| m understands: 'resumeWith:' ]) asVector. all isEmpty || [ all first stops >= ${n} ] ] value`, 'true');
  for (let n = 1; (await world.ask('shop done')).value !== 30; n += 1) {
    ok(n < 12, 'it gets there');
    await debug.getByRole('button', { name: 'Step over', exact: true }).click();
    await stood(n);
    const lines = await debug.locator('.look-item').allInnerTexts();
    ok(lines.findIndex((line) => line.startsWith('go')) <= 1, `never inside of what was called: ${lines}`);
  }
  equal((await world.ask('shop done')).value, 30);
});

test('the mind is shown: its policy, what was grown, with evidence; examples are tried, a method is taken back and put again', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. price <- 3 |) |)");
  await world.ask("[ | t. p | t: task copyReceiver: shop Signature: 'double' Holder: shop Comment: 'twice the price'. t example: 'shop double' Gives: '6'. p: (proposal copyText: '( price * 2 )' Task: t) judge. swap install: p For: t ] value");
  const mind = await open(page, 'Mind');
  await mind.getByRole('option', { name: /shop\s+double/ }).click();
  await mind.getByText('double = ( price * 2 )').waitFor();
  await mind.getByText(/BRICK/).waitFor();
  await mind.getByRole('button', { name: 'Try its examples' }).click();
  await mind.getByText('all 1 examples hold').waitFor();
  await world.ask('shop price: 4');
  await mind.getByRole('button', { name: 'Try its examples' }).click();
  await mind.getByText('these examples fail: shop double').waitFor();
  await mind.getByRole('button', { name: 'Open', exact: true }).click();
  await outliner(page, 'shop').locator('.look-slot .is-editor').waitFor();
  await mind.getByRole('button', { name: 'Take back' }).click();
  await world.until("(reflect: shop) includesName: 'double'", 'false');
  await page.getByRole('button', { name: 'Undo' }).click();
  await world.until('shop double', '8');
  await mind.getByRole('button', { name: 'auto', exact: true }).click();
  await world.until('mind policy', "'auto'");
});

for (const [name, options] of [['light', {}], ['dark', { colorScheme: 'dark' }], ['a phone', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }], ['800 by 600', { viewport: { width: 800, height: 600 } }]]) {
  test(`the tools have no finding of accessibility, ${name}`, async (world) => {
    const page = await world.open(options);
    await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. price <- 3 |) |)");
    await world.ask("[ | t. p | t: task copyReceiver: shop Signature: 'double' Holder: shop Comment: 'twice the price'. t example: 'shop double' Gives: '6'. p: (proposal copyText: '( price * 2 )' Task: t) judge. swap install: p For: t ] value. image commit: 'grown'");
    await world.ask('(ui_manager outlinerOn: (reflect: lobby) IfNew: nil) remove');
    const tools = ['historyMorph copyLive', 'mindMorph copyLive', 'performanceMorph copyLive', 'coreSamplerMorph copyReady', 'makerMorph copyReady', "(faceMorph copyOn: shop Title: 'Shop')"];
    await world.ask(tools.map((code, i) => `ui_manager world place: ${code} At: ${20 + (i % 2) * 450} @ ${100 + Math.floor(i / 2) * 420}`).join('. '));
    await page.getByRole('group', { name: 'Shop' }).waitFor();
    await tool(page, 'Mind').getByRole('option', { name: /double/ }).click();
    await tool(page, 'Mind').getByText(/BRICK/).waitFor();
    await world.ask("ui_manager world select: ui_manager world selectable Hand: (ui_manager hands at: 'Ada')");
    await carpet(page).waitFor();
    equal(await findings(page), []);
  });
}
