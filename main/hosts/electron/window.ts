import { BrowserWindow, type BrowserWindowConstructorOptions, type Rectangle, type WebPreferences } from 'electron';
import { START_PAGE } from './scheme.ts';
import { placeWindow, SIZE_MIN, type WindowState } from './window-state.ts';

/** Behind the page until it has painted: the colours of renderer/design/first-paint.css, which a test holds equal. */
const BACKGROUND = { light: '#eceff3', dark: '#0b0f14' };

/**
 * What the page's process may do. Every option that decides it is spelt out, defaults too, so that a changed default
 * in a later Electron changes nothing here. Blink features are never named, in either direction.
 */
export function pagePreferences(preload: string, developing: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    plugins: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    spellcheck: false,
    webgl: false,
    autoplayPolicy: 'document-user-activation-required',
    devTools: developing,
  };
}

export function windowOptions(place: ReturnType<typeof placeWindow>, dark: boolean, preferences: WebPreferences): BrowserWindowConstructorOptions {
  return {
    ...place,
    minWidth: SIZE_MIN.width,
    minHeight: SIZE_MIN.height,
    title: 'Plimsoll',
    backgroundColor: dark ? BACKGROUND.dark : BACKGROUND.light,
    show: false,
    webPreferences: preferences,
  };
}

/** Makes the one window. It shows itself when the page has painted, so that nobody sees it white. */
export function openWindow({ state, workAreas, dark, preload, developing }: { state: WindowState; workAreas: readonly Rectangle[]; dark: boolean; preload: string; developing: boolean }): BrowserWindow {
  const window = new BrowserWindow(windowOptions(placeWindow(state.bounds, workAreas), dark, pagePreferences(preload, developing)));
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  // The title names the book; the page's own title would replace it.
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(START_PAGE);
}
