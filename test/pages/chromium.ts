import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a page is told and asked, by the Chrome DevTools Protocol. */
export interface Page {
  /** Sends a command of the protocol; gives its result. */
  send(method: string, parameters?: object): Promise<Record<string, unknown>>;
  /** Resolves with the next event of this name. */
  next(method: string): Promise<unknown>;
  /** The value of an expression, promises awaited. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Every request that the page made since it was opened. */
  requests(): readonly string[];
}

/** Starts Chromium without a window, hands its one page over, and ends it. */
export async function withChromium<Result>(use: (page: Page) => Promise<Result>): Promise<Result> {
  const profile = mkdtempSync(join(tmpdir(), 'regild-chromium-'));
  const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--hide-scrollbars'];
  const browser = spawn('chromium', [...options, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
  });
  const ended = new Promise<never>((_, reject) => browser.once('exit', (code) => reject(new Error(`chromium ended with ${code}`))));
  ended.catch(() => {});
  try {
    const port = await Promise.race([portOf(profile), ended]);
    const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    const url: string = targets.find(({ type }: { readonly type: string }) => type === 'page').webSocketDebuggerUrl;
    return await Promise.race([use(await connect(url)), ended]);
  } finally {
    browser.removeAllListeners('exit');
    const gone = new Promise((resolve) => browser.once('exit', resolve));
    if (browser.exitCode === null && browser.kill('SIGKILL')) await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Chromium writes the port into this file once it listens. */
async function portOf(profile: string): Promise<string> {
  for await (const _ of changesOf(profile)) {
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
    const [port = '', path] = text.split('\n');
    if (port !== '' && path !== undefined) return port;
  }
  throw new Error('chromium opened no port');
}

/** Once now, then each time something changes in a folder. */
async function* changesOf(folder: string): AsyncGenerator<undefined> {
  const watcher = watch(folder);
  try {
    for (;;) {
      const changed = new Promise((resolve) => watcher.once('change', resolve));
      yield undefined;
      await changed;
    }
  } finally {
    watcher.close();
  }
}

async function connect(url: string): Promise<Page> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<
    number,
    { readonly resolve: (value: Record<string, unknown>) => void; readonly reject: (error: Error) => void }
  >();
  const listeners = new Map<string, ((value: unknown) => void)[]>();
  const requests: string[] = [];
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(String(data));
    if (method === 'Network.requestWillBeSent') requests.push(params.request.url);
    if (method !== undefined) for (const resolve of listeners.get(method)?.splice(0) ?? []) resolve(params);
    const call = waiting.get(id);
    if (error) call?.reject(new Error(`${error.message}`));
    else call?.resolve(result);
    waiting.delete(id);
  });
  let last = 0;
  const send: Page['send'] = (method, parameters = {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params: parameters }));
    });
  await Promise.all([send('Page.enable'), send('Network.enable'), send('Runtime.enable')]);
  return {
    send,
    next: (method) => new Promise((resolve) => listeners.set(method, [...(listeners.get(method) ?? []), resolve])),
    evaluate: async (expression) => {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })) as {
        readonly result: { readonly value: never };
        readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
      };
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    requests: () => requests,
  };
}
