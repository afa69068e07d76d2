// Worlds, browsers and tests. A test gets a world of its own: an image, a server, a page on it. It waits for states, never
// for times, and fails if the page complained.
import { spawn, execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const here = dirname(fileURLToPath(import.meta.url));
const batos = process.env.BATOS_BIN;
/** Longest that a state may take to come: far above what it takes, so that a loaded machine fails no test. */
export const PATIENCE = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'batos-screen-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

export function findChromium() {
  const named = process.env.CHROMIUM;
  return [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
}

let browser;
export async function openBrowser() {
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--font-render-hinting=none'] });
  return browser;
}

const pristine = join(folder, 'pristine.batos');
let made = 0;

/** The path of a new image. */
export function newImage() {
  const sources = process.env.SCREEN_STDLIB ? ['--stdlib', process.env.SCREEN_STDLIB] : [];
  if (!existsSync(pristine)) execFileSync(batos, ['image', 'new', ...sources, pristine], { stdio: 'ignore', cwd: process.env.SCREEN_STDLIB ?? folder });
  const path = join(folder, `world${(made += 1)}.batos`);
  copyFileSync(pristine, path);
  return path;
}

/** A served world. */
export class World {
  constructor(image = newImage(), port = 0) {
    this.image = image;
    this.port = port;
    this.pages = [];
    this.complaints = [];
  }

  async start(role = 'change', { model = false } = {}) {
    this.process = spawn(batos, ['show', '--no-browser', ...(model ? [] : ['--no-model']), '--http', `127.0.0.1:${this.port}`, '--role', role, this.image], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: process.env.SCREEN_STDLIB ?? folder,
      env: { ...process.env, BATOS_IMAGE: undefined, NO_COLOR: '1' },
    });
    this.output = '';
    this.ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.address = await new Promise((resolve, reject) => {
      const hear = (data) => {
        this.output += data;
        const found = this.output.match(/^ready: .* at (http:\S+)/m);
        if (found) resolve(found[1]);
      };
      this.process.stdout.on('data', hear);
      this.process.stderr.on('data', hear);
      this.process.once('exit', () => reject(new Error(`the server ended: ${this.output}`)));
    });
    this.port = Number(new URL(this.address).port);
    return this;
  }

  async stop(signal = 'SIGTERM') {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill(signal);
    await this.ended;
  }

  /** A page on this world. The first comes in by the printed address, others by invitations. */
  async open(options = {}) {
    const { name = 'Ada', ...context } = options;
    const c = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...context });
    await c.addInitScript((n) => localStorage.setItem('batos-name', n), name);
    const page = await c.newPage();
    page.setDefaultTimeout(PATIENCE);
    this.watch(page);
    await fromSources(page);
    const address = this.pages.length ? await this.invite() : this.address;
    await page.goto(address);
    await page.waitForSelector('html[data-ready]');
    this.pages.push(page);
    return page;
  }

  watch(page) {
    page.on('pageerror', (error) => this.complaints.push(`page error: ${error}`));
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      // A connection that is refused while the server is down is what such a test wants.
      if (/WebSocket connection to .* failed|ERR_CONNECTION_REFUSED/.test(message.text())) return;
      this.complaints.push(`console: ${message.text()}`);
    });
  }

  async invite() {
    return (await this.ask(`bridge invite: 'http://127.0.0.1:${this.port}'`)).value;
  }

  /** Evaluates in the world, by the first page's socket. */
  ask(code, page = this.pages[0], commit = true) {
    return page.evaluate(([c, keep]) => window.batosScreen.wire.ask('evaluate', { code: c, commit: keep }), [code, commit]);
  }

  /** What an expression prints, once it prints that. */
  async until(code, text, page = this.pages[0]) {
    const end = Date.now() + PATIENCE;
    let latest;
    for (;;) {
      latest = (await this.ask(code, page, false)).text;
      if (text instanceof RegExp ? text.test(latest) : latest === text) return latest;
      if (Date.now() > end) throw new Error(`${code}: expected ${text}, got ${latest}`);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }

  async close() {
    for (const page of this.pages) await page.context().close();
    await this.stop();
    rmSync(this.image, { force: true });
  }
}

/** While working on the screen: its files as they are built now, not those in the program (SCREEN_DIST names the folder). */
async function fromSources(page) {
  const dist = process.env.SCREEN_DIST;
  if (!dist) return;
  await page.route(/\/(screen\.(js|css))?$/, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    return name ? route.fulfill({ path: join(dist, name) }) : route.continue();
  });
}

/** A language model that answers by rote, as a server that speaks OpenAI's protocol: for the first key that what it was asked contains. */
export async function fakeModel(answers) {
  const asked = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => { body += data; });
    request.on('end', () => {
      const { messages, n = 1 } = JSON.parse(body);
      const text = messages.map((m) => m.content).join('\n');
      asked.push(text);
      const found = answers.find(([key]) => text.includes(key));
      const all = found ? [found[1]].flat() : [''];
      const choices = Array.from({ length: n }, (_, i) => ({ index: i, message: { content: all[i % all.length] }, finish_reason: 'stop' }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ choices }));
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/v1`, asked, close: () => server.close() };
}

/** A morph by what it shows. */
export const outliner = (page, name) => page.getByRole('region', { name: `Outliner of ${name}`, exact: true });

/** Drags from the middle of one thing to another, or by some pixels, in steps as a hand does. */
export async function drag(page, from, to, { steps = 8, keys = [] } = {}) {
  const a = Array.isArray(from) ? { x: from[0], y: from[1], width: 0, height: 0 } : await from.boundingBox();
  const b = Array.isArray(to) ? { x: to[0], y: to[1], width: 0, height: 0 } : await to.boundingBox();
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  for (const key of keys) await page.keyboard.down(key);
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps });
  await page.mouse.up();
  for (const key of keys) await page.keyboard.up(key);
}

/** Writes code into a place for code. */
export async function write(page, editor, text) {
  await editor.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** What the checker of accessibility finds on a page, in short; and panels that are wider than the window. */
export async function findings(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
  const wide = await page.evaluate(() => [...document.querySelectorAll('.look-panel')].filter((el) => el.getBoundingClientRect().width > innerWidth).map((el) => `too wide: ${el.getAttribute('aria-label')}`));
  return [...found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`), ...wide];
}

export const tests = [];
export function test(name, run, options = {}) {
  tests.push({ name, run, ...options });
}

export function equal(actual, expected, what = '') {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what ? `${what}: ` : ''}expected ${b}, got ${a}`);
}

export function ok(condition, what) {
  if (!condition) throw new Error(what);
}

/** The source of the checker of accessibility, evaluated in the page. */
export const axe = readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Where pictures for the book go, if they are to be taken. */
export function pictures() {
  const at = process.env.SCREEN_PICTURES;
  if (at) mkdirSync(at, { recursive: true });
  return at;
}
