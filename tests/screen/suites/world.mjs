// The world of morphs: drags, halos, menus, debuggers, several hands, what is kept when a server or a page dies.
import { axe, drag, equal, ok, outliner, test, write } from '../harness.mjs';

const BOX = "globals _AddSlots: (| it = boxMorph copy |). it fill: '#4dabf7'. it label: 'it'. it role: 'group'. ui_manager world place: it At: 500 @ 300";
const it = (page) => page.getByRole('group', { name: 'it', exact: true });

test('a morph is dragged: shown at once, then true in the image, then undone', async (world) => {
  const page = await world.open();
  await world.ask(BOX);
  await it(page).waitFor();
  await drag(page, it(page), [740, 525]);
  const box = await it(page).boundingBox();
  equal([Math.round(box.x), Math.round(box.y)], [700, 500], 'shown where it was dropped');
  await world.until('it position', '700@500');
  await page.getByRole('button', { name: 'Undo' }).click();
  await world.until('it position', '500@300');
});

test('Escape ends a drag where it began', async (world) => {
  const page = await world.open();
  await world.ask(BOX);
  await it(page).waitFor();
  await page.mouse.move(540, 325);
  await page.mouse.down();
  await page.mouse.move(600, 400, { steps: 5 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await world.until('it position', '500@300');
});

test('a morph dropped on the trash goes, and comes back by undo', async (world) => {
  const page = await world.open();
  await world.ask(BOX);
  await it(page).waitFor();
  await drag(page, it(page), page.getByText('Trash'));
  await it(page).waitFor({ state: 'detached' });
  equal((await world.ask('it isShown')).value, false);
  await page.getByRole('button', { name: 'Undo' }).click();
  await it(page).waitFor();
});

test('the halo moves, resizes, rotates, colours, duplicates, inspects and removes', async (world) => {
  const page = await world.open();
  await world.ask(BOX);
  await it(page).waitFor();
  const handle = (name) => page.locator('.is-halo').getByRole('button', { name, exact: true });
  await it(page).click({ modifiers: ['Alt'] });
  await handle('Move').waitFor();
  await drag(page, handle('Move'), [640, 420]);
  await world.until('it position x > 500', 'true');
  const before = await it(page).boundingBox();
  await drag(page, handle('Resize'), [before.x + before.width + 70, before.y + before.height + 50]);
  await world.until('(it width > 90) && [it height > 60]', 'true');
  await handle('Rotate').click();
  await world.until("it at: 'turn'", '15');
  await handle('Colour').click();
  await page.getByRole('menuitem', { name: 'green' }).click();
  await world.until("(it at: 'fill') = '#40c057'", 'true');
  await it(page).click({ modifiers: ['Alt'] });
  await handle('Duplicate').click();
  await page.waitForFunction(() => document.querySelectorAll('[role=group][aria-label=it]').length === 2);
  // Apart from one another, so that either can be pressed.
  await world.ask('(ui_manager world parts filterBy: [ |:m| (m at: \'label\') = \'it\' ]) asVector last moveTo: 420 @ 620');
  await page.waitForFunction(() => [...document.querySelectorAll('[aria-label=it]')].some((el) => /420px, 620px/.test(el.style.transform)));
  await it(page).first().click({ modifiers: ['Alt'] });
  await handle('Inspect').click();
  await outliner(page, 'it').waitFor();
  await it(page).last().click({ modifiers: ['Alt'] });
  await handle('Remove').click();
  await page.waitForFunction(() => document.querySelectorAll('[role=group][aria-label=it]').length === 1);
});

test('a halo that goes to another morph: the handles of the old one are out of reach at once, however late the world answers', async (world) => {
  const page = await world.open();
  await world.ask(BOX);
  await world.ask("ui_manager world place: ((boxMorph copyExtent: 60 @ 60 Fill: '#e8590c') label: 'other') At: 800 @ 500");
  const other = page.locator('.is-box').last();
  const remove = page.locator('.is-halo').getByRole('button', { name: 'Remove', exact: true });
  await it(page).click({ modifiers: ['Alt'] });
  await remove.waitFor();
  // What the world says waits.
  await page.evaluate(() => {
    const { scene } = window.batosScreen;
    const held = [];
    scene.apply = (...all) => held.push(all);
    window.release = () => { delete scene.apply; for (const all of held) scene.apply(...all); };
  });
  await other.click({ modifiers: ['Alt'] });
  equal(await remove.isVisible(), false, 'the handle that would remove the other box');
  await page.evaluate(() => window.release());
  await remove.click();
  await other.and(page.locator('[aria-label=other]')).waitFor({ state: 'detached' });
  equal((await world.ask('it isShown')).value, true);
});

test('the middle button calls the halo, and the next press counts', async (world) => {
  const page = await world.open();
  await world.ask(BOX);
  await it(page).click({ button: 'middle' });
  await page.locator('.is-halo').getByRole('button', { name: 'Remove', exact: true }).click();
  await it(page).waitFor({ state: 'detached' });
});

test('a halo has all its handles in the window, wherever its morph stands', async (world) => {
  const page = await world.open({ viewport: { width: 390, height: 780 } });
  await outliner(page, 'lobby').waitFor();
  await outliner(page, 'lobby').getByRole('heading', { name: 'lobby' }).click({ modifiers: ['Alt'] });
  await page.locator('.is-halo .is-button').first().waitFor();
  const outside = await page.evaluate(() => new Promise((tell) => requestAnimationFrame(() => tell([...document.querySelectorAll('.is-halo .is-button')].map((el) => [el.title, el.getBoundingClientRect()]).filter(([, r]) => r.left < 0 || r.top < 0 || r.right > innerWidth || r.bottom > innerHeight).map(([title]) => title)))));
  equal(outside, []);
});

test('menus open by the right button, are walked by arrows, go by Escape', async (world) => {
  const page = await world.open();
  await page.mouse.click(800, 600, { button: 'right' });
  const menu = page.getByRole('menu', { name: 'Menu of the world' });
  await menu.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'menuitem');
  const first = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('ArrowDown');
  ok((await page.evaluate(() => document.activeElement.textContent)) !== first, 'the next one has the focus');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
});

test('a handler that fails opens a debugger, and the screen lives on', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. price <- nil. total: n = ( n * price ). |) |). ui_manager world place: (buttonMorph copyLabel: 'Total' Do: [ shop total: 3 ]) At: 600 @ 100");
  await page.getByRole('button', { name: 'Total' }).click();
  const debug = page.getByRole('region', { name: /^Debugger/ });
  await debug.waitFor();
  await debug.getByRole('button', { name: /^total:/ }).click();
  await debug.getByText('n', { exact: true }).waitFor();
  await write(page, debug.locator('.is-editor'), 'n + 1');
  await page.keyboard.press('Control+Enter');
  await debug.getByText('⇒ 4').waitFor();
  await world.ask('shop price: 5');
  await debug.getByRole('button', { name: 'Restart' }).click();
  await debug.waitFor({ state: 'detached' });
  await world.until('(scheduler known filterBy: [ |:p| (\'hand\' isPrefixOf: p name) ]) isEmpty', 'true');
  equal(await page.getByRole('region', { name: /^Debugger/ }).count(), 0);
  await page.getByRole('button', { name: 'Outliner of the lobby' }).click();
  await outliner(page, 'lobby').waitFor();
});

test('a method is mended from the debugger and the process goes on', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. done <- 0. total: n = ( done: n nonsense. self ). |) |). ui_manager world place: (buttonMorph copyLabel: 'Total' Do: [ shop total: 3 ]) At: 600 @ 60");
  await page.getByRole('button', { name: 'Total' }).click();
  const debug = page.getByRole('region', { name: /^Debugger/ });
  await debug.getByRole('button', { name: /^total:/ }).click();
  await debug.getByRole('button', { name: 'Edit method' }).click();
  const editor = outliner(page, 'shop').locator('.look-slot .is-editor');
  await write(page, editor, 'total: n = ( done: n * 2. self )');
  await page.keyboard.press('Control+Enter');
  await editor.waitFor({ state: 'detached' });
  await debug.getByRole('button', { name: 'Restart' }).click();
  await world.until('shop done', '6');
});

test('the debugger steps from call to call, to the end of an activation, and on', async (world) => {
  const page = await world.open();
  await world.ask("globals _AddSlots: (| shop = (| parent* = traits oddball. done <- 0. go = ( halt: 'look here'. first: 3. second. self ). first: n = ( done: done + n. self ). second = ( done: done * 10. self ) |) |). ui_manager world place: (buttonMorph copyLabel: 'Go' Do: [ shop go ]) At: 600 @ 60");
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  const debug = page.getByRole('region', { name: /^Debugger/ });
  await debug.getByRole('button', { name: /^go of/ }).waitFor();
  await debug.getByRole('button', { name: 'Step into', exact: true }).click();
  await debug.getByText('stepped', { exact: true }).waitFor();
  while ((await debug.getByRole('button', { name: /^first: of/ }).count()) === 0) {
    const before = await world.ask("(ui_manager world parts filterBy: [ |:m| m understands: 'resumeWith:' ]) asVector first lines oid printString, '/', (ui_manager world parts filterBy: [ |:m| m understands: 'resumeWith:' ]) asVector first stops printString");
    await debug.getByRole('button', { name: 'Step into', exact: true }).click();
    await world.until(`((ui_manager world parts filterBy: [ |:m| m understands: 'resumeWith:' ]) asVector first lines oid printString, '/', (ui_manager world parts filterBy: [ |:m| m understands: 'resumeWith:' ]) asVector first stops printString) = '${before.value}'`, 'false');
    await world.until('ui_manager scene isQuiet', 'true');
  }
  equal((await world.ask('shop done')).value, 0);
  await debug.getByRole('button', { name: 'Finish', exact: true }).click();
  await world.until('shop done', '3');
  await debug.getByRole('button', { name: 'Go on', exact: true }).click();
  await debug.waitFor({ state: 'detached' });
  await world.until('shop done', '30');
});

test('an endless handler is stopped, and others go on meanwhile', async (world) => {
  const page = await world.open();
  await world.ask("ui_manager fuel: 3000000. ui_manager world place: (buttonMorph copyLabel: 'Loop' Do: [ [ true ] whileTrue: [ 3 + 4 ] ]) At: 600 @ 60");
  await page.getByRole('button', { name: 'Loop' }).click();
  equal((await world.ask('3 + 4')).value, 7);
  await page.getByRole('button', { name: 'Outliner of the lobby' }).click();
  await outliner(page, 'lobby').waitFor();
  await world.until('(scheduler known filterBy: [ |:p| (\'hand\' isPrefixOf: p name) && [ p status = \'ready\' ] ]) isEmpty', 'true');
});

test('two hands: each sees the other, and takes back only its own', async (world) => {
  const ada = await world.open({ name: 'Ada' });
  await world.ask(BOX);
  const bob = await world.open({ name: 'Bob' });
  await it(bob).waitFor();
  await bob.mouse.move(300, 300);
  await bob.mouse.move(320, 330);
  await ada.locator('.is-hand', { hasText: 'Bob' }).waitFor();
  await ada.waitForFunction(() => /320px, 330px/.test([...document.querySelectorAll('.is-hand')].find((h) => h.textContent === 'Bob')?.style.transform));
  await drag(ada, it(ada), [740, 525]);
  await bob.waitForFunction(() => /700px, 500px/.test(document.querySelector('[aria-label=it]')?.style.transform));
  await bob.getByRole('button', { name: 'Undo' }).click();
  await bob.getByText('nothing to undo').waitFor();
  equal((await world.ask('it position x')).value, 700);
  await ada.getByRole('button', { name: 'Undo' }).click();
  await world.until('it position', '500@300');
  await bob.close();
  await world.until("ui_manager scene isWatched. ui_manager world parts anySatisfy: [ |:m| m text = 'Bob' ]", 'false');
});

test('who may only look changes nothing', async (world) => {
  await world.start('look');
  const page = await world.open();
  const told = await page.evaluate(() => window.batosScreen.wire.ask('screen_event', { morph: window.batosScreen.rootOid, event: 'menu', with: {} }).then(() => 'done', (e) => e.code));
  equal(told, 'not_allowed');
}, { bare: true });

test('who may only touch presses buttons, moves morphs, and changes no object', async (world) => {
  await world.start('touch');
  const page = await world.open();
  const send = (oid, event, fields) => page.evaluate(([o, e, f]) => window.batosScreen.wire.ask('screen_event', { morph: o, event: e, with: f }), [oid, event, fields]);
  const o = outliner(page, 'lobby');
  await o.waitFor();
  await write(page, o.locator('.is-editor').last(), 'lobby _AddSlots: (| broken = 1 |)');
  await page.keyboard.press('Control+Enter');
  await page.getByText(/lets you touch, not change/).waitFor();
  equal(await o.getByRole('button', { name: 'broken', exact: true }).count(), 0);
  await send(await page.evaluate(() => window.batosScreen.hand), 'halo', { of: Number(await o.getAttribute('data-oid')) });
  equal(await page.locator('.is-halo').count(), 0);
  await drag(page, o.getByRole('heading', { name: 'lobby' }), [500, 300]);
  await page.waitForFunction(() => !/translate\(36px, 84px\)/.test(document.querySelector('.look-outliner').style.transform));
}, { bare: true });

test('the server is killed in the middle of a drag: everything kept is there again, the page comes back', async (world) => {
  const page = await world.open();
  await world.ask(BOX + ". image commit: 'box'");
  await it(page).waitFor();
  await drag(page, it(page), [640, 425]);
  await world.until('it position', '600@400');
  await page.mouse.move(640, 425);
  await page.mouse.down();
  await page.mouse.move(700, 500, { steps: 6 });
  await world.stop('SIGKILL');
  await page.waitForSelector('html[data-state=lost]');
  await page.mouse.up();
  await world.start();
  await page.goto(world.address);
  await page.waitForSelector('html[data-ready]');
  await it(page).waitFor();
  const x = (await world.ask('it position x')).value;
  ok(x >= 600, `it stands where it was committed or later, not at ${x}`);
});

test('what was typed and stood is there after the page was closed and the server killed', async (world) => {
  const page = await world.open();
  const editor = outliner(page, 'lobby').locator('.is-editor').last();
  await write(page, editor, 'half a thou');
  await world.until("(ui_manager outlinerOn: (reflect: lobby) IfNew: nil) evaluator draft = 'half a thou'", 'true');
  await world.until('image hasUnsavedChanges', 'false');
  await world.stop('SIGKILL');
  await world.start();
  await page.goto(world.address);
  await outliner(page, 'lobby').getByText('half a thou').waitFor();
});

test('by keys alone: into the world, to a morph, moved, removed, undone', async (world) => {
  const page = await world.open();
  await world.ask(BOX);
  await it(page).focus();
  await page.keyboard.press('ArrowRight');
  await world.until('it position', '510@300');
  await page.keyboard.press('h');
  await page.locator('.is-halo').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.is-halo').waitFor({ state: 'detached' });
  await it(page).focus();
  await page.keyboard.press('Delete');
  await it(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Control+z');
  await it(page).waitFor();
});

for (const [name, options] of [['light', {}], ['dark', { colorScheme: 'dark' }], ['a phone', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }], ['800 by 600', { viewport: { width: 800, height: 600 } }]]) {
  test(`no finding of accessibility, ${name}`, async (world) => {
    const page = await world.open(options);
    await world.ask("(traits list) display_yourself. ui_manager debug: ([ 3 nonsense ] newProcess start) For: nil");
    await outliner(page, 'traits list').waitFor();
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
    equal(found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`), []);
    const wide = await page.evaluate(() => [...document.querySelectorAll('.look-panel')].map((el) => el.getBoundingClientRect().width).filter((w) => w > innerWidth));
    equal(wide, [], 'wider than the window');
  });
}

test('by touch: a long press calls the halo, a drag moves', async (world) => {
  const page = await world.open({ viewport: { width: 800, height: 700 }, hasTouch: true });
  await world.ask(BOX);
  await it(page).waitFor();
  const client = await page.context().newCDPSession(page);
  const touch = (type, x, y) => client.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await touch('touchStart', 540, 325);
  await page.locator('.is-halo').waitFor();
  await touch('touchEnd');
  await page.touchscreen.tap(300, 650);
  await page.locator('.is-halo').waitFor({ state: 'detached' });
  await touch('touchStart', 540, 325);
  for (let i = 1; i <= 5; i += 1) await touch('touchMove', 540 + i * 10, 325 + i * 10);
  await touch('touchEnd');
  await world.until('it position', '550@350');
});

test('a hand gets a name, and keeps it', async (world) => {
  const page = await world.open();
  await page.getByRole('toolbar').getByRole('button', { name: 'My name' }).click();
  const field = page.getByRole('textbox', { name: 'My name' });
  await field.fill('Grace');
  await field.press('Enter');
  await page.waitForFunction(() => localStorage.getItem('batos-name') === 'Grace');
  equal((await world.ask("(ui_manager hands at: 'Grace') isShown")).value, true);
});
