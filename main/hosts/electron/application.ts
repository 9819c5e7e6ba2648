import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, Menu, nativeTheme, protocol, screen, session, shell, type BrowserWindow } from 'electron';
import { succeed } from '../../../shared/result.ts';
import { openDesk } from '../../desk/open-desk.ts';
import { currentUser, programName, PROGRAM_VERSION } from '../identity.ts';
import { askForBook, askForNewBook, showLine } from './book-dialogs.ts';
import { deskHolder, type DeskHolder } from './desk-holder.ts';
import { chooseFiles } from './dialogs.ts';
import { openDoor, pushTo } from './door.ts';
import { chooseBook } from './first-book.ts';
import { links } from './links.ts';
import { menuTemplate, pressKey } from './menu.ts';
import type { StartOptions } from './options.ts';
import { deadProxy, lockApp, lockSession } from './policy.ts';
import { readRendererFiles } from './renderer-files.ts';
import type { Running } from './running.ts';
import { ownScheme, serveScheme } from './scheme.ts';
import { watchBrokenInvariants, watchEnd, watchSecondStart, watchWindow } from './watch.ts';
import { exchangeBook, newBook, openFirst, reopenBook } from './window-books.ts';
import { loadPage, openWindow } from './window.ts';
import { readState } from './window-state.ts';

/** Where the build put what the window needs, and the book that opens when none is named. */
export interface BuiltParts {
  manifest: URL;
  rendererFolder: URL;
  preload: URL;
  demoBook: string;
}

/**
 * Starts the application. What must precede Electron's ready event (sandbox, scheme, locks) is done before this
 * returns; the window and the first book follow, side by side.
 */
export function startApplication(options: StartOptions, built: BuiltParts): Promise<void> {
  const developing = !app.isPackaged;
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([ownScheme]);
  lockApp(app, developing);
  if (!app.requestSingleInstanceLock()) {
    console.error('plimsoll: already open; its window comes to the front.');
    app.quit();
    return Promise.resolve();
  }
  app.setAboutPanelOptions({ applicationName: 'Plimsoll', applicationVersion: PROGRAM_VERSION, copyright: 'Margin risk, offline. Every figure opens.' });
  return app.whenReady().then(() => run(options, built, developing));
}

async function run(options: StartOptions, built: BuiltParts, developing: boolean): Promise<void> {
  serveScheme(protocol, await readRendererFiles(built.manifest, built.rendererFolder));
  lockSession(session.defaultSession, developing);
  await app.setProxy(deadProxy);

  const stateFile = join(app.getPath('userData'), 'window.json');
  const running = makeRunning(stateFile, built, developing);
  const { window, holder, state } = running;
  watchBrokenInvariants();
  openDoor(window, holder.ask);
  showMenu(running, developing);
  watchWindow(running, stateFile);
  watchSecondStart(running);
  watchEnd(running);
  const shown = loadPage(window).catch((error: unknown) => {
    if (!window.isDestroyed()) throw error; // a window closed while it loads is not a fault
  });
  await Promise.all([shown, openFirst(running, chooseBook(options.book, state.book, built.demoBook), built.demoBook)]);
}

function makeRunning(stateFile: string, built: BuiltParts, developing: boolean): Running {
  const state = { ...readState(stateFile) };
  nativeTheme.themeSource = state.theme;
  const workAreas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const window = openWindow({ state, workAreas, dark: nativeTheme.shouldUseDarkColors, preload: fileURLToPath(built.preload), developing });
  const running: Running = { window, state, holder: holderFor(window, () => void reopenBook(running)) };
  return running;
}

function holderFor(window: BrowserWindow, reopen: () => void): DeskHolder {
  const user = currentUser();
  return deskHolder({
    open: (wish) => openDesk({ ...wish, user, program: programName('desktop'), snapshot: true }),
    hostAnswers: (desk) => ({
      'host.info': () => Promise.resolve(succeed({ host: 'electron', version: PROGRAM_VERSION, engine: desk.engineVersion, user, fileDialog: true, networkBlocked: true })),
      'files.choose': () => chooseFiles(dialog, window, desk),
    }),
    push: (message) => pushTo(window, message),
    stopped: (line) => void askToReopen(window, line, reopen),
  });
}

async function askToReopen(window: BrowserWindow, line: string, reopen: () => void): Promise<void> {
  const { response } = await showLine(dialog, window, `${line} What was accepted is in the book.`, { type: 'error', buttons: ['Open the book again', 'Quit'], cancelId: 1 });
  if (response === 0) reopen();
  else app.quit();
}

function showMenu(running: Running, developing: boolean): void {
  const { window, state } = running;
  const template = menuTemplate({
    mac: process.platform === 'darwin',
    developing,
    theme: state.theme,
    actions: {
      openBook: () => void askForBook(dialog, window).then((book) => exchangeBook(running, book === null ? null : { book })),
      newBook: () => void askForNewBook(dialog, window).then((book) => newBook(running, book)),
      press: (key) => pressKey(window.webContents, key),
      setTheme(theme) {
        state.theme = theme;
        nativeTheme.themeSource = theme;
      },
      openLink: (name) => void shell.openExternal(links[name]),
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
