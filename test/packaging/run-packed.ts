import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as StandIn from '../hosts/electron/electron-stand-in.ts';

/**
 * Runs the packed main process under plain Node, with a stand-in where it imports `electron`:
 *
 *     node run-packed.ts PACKED/dist/main/electron.js [--self-check | --questions CHANNEL…] [more of its own options]
 *
 * With `--questions` it waits for the window, asks as the page would, prints `[{ channel, result }…]` and quits as a
 * person would.
 */

const standIn = new URL('../hosts/electron/electron-stand-in.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context)),
});

const { app, BrowserWindow, askedFor, ipcMain } = (await import(standIn)) as typeof StandIn;
const [packed = '', ...rest] = process.argv.slice(2);
await import(pathToFileURL(packed).href);

if (rest.includes('--questions')) {
  const channels = rest.slice(rest.indexOf('--questions') + 1).filter((word) => word.includes('.') && !word.includes('/'));
  const answers: { channel: string; result: unknown }[] = [];
  const window = await openedWindow();
  for (const channel of channels) {
    const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
    answers.push({ channel, result: await ipcMain.handlers.get('plimsoll')?.(event, channel, {}) });
  }
  process.stdout.write(`${JSON.stringify({ title: window.title, answers })}\n`);
  await quit();
}

/** The window, once its page has been loaded. */
async function openedWindow(): Promise<InstanceType<typeof BrowserWindow>> {
  for (;;) {
    const window = BrowserWindow.opened[0];
    if (window && window.webContents.mainFrame.origin !== 'null') return window;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Quits the way Electron does: the event can be put off once, then the application asks again. */
async function quit(): Promise<void> {
  const event = { putOff: false, preventDefault: () => void (event.putOff = true) };
  app.emit('will-quit', event);
  while (event.putOff && askedFor('app.quit').length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  process.exit(event.putOff ? 0 : 3);
}
