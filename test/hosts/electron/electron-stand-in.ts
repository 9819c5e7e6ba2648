import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';

/**
 * Stands in for the `electron` module where there is no Electron: it does nothing but remember what it was asked and
 * hand back what a test put there. It proves what the host asks of Electron, never what Electron does with it.
 * Plain enough for Node to run as it is, so that the packed program can be started on it as well.
 */

export interface Asked {
  what: string;
  with: readonly unknown[];
}

/** Everything asked of Electron, in order. */
export const asked: Asked[] = [];

export function forgetAsked(): void {
  asked.length = 0;
}

export function askedFor(what: string): Asked[] {
  return asked.filter((each) => each.what === what);
}

function remember(what: string) {
  return (...args: unknown[]): void => {
    asked.push({ what, with: args });
  };
}

type Handler = (...args: unknown[]) => unknown;

// ------------------------------------------------------------------ frames, pages, windows

export interface StandInFrame {
  origin: string;
  url: string;
  parent: StandInFrame | null;
  detached: boolean;
  destroyed: boolean;
  sent: unknown[][];
  isDestroyed(): boolean;
  send(...args: unknown[]): void;
}

export function standInFrame(origin: string, parent: StandInFrame | null = null): StandInFrame {
  return {
    origin,
    url: `${origin}/index.html`,
    parent,
    detached: false,
    destroyed: false,
    sent: [],
    isDestroyed() {
      return this.destroyed;
    },
    send(...args) {
      this.sent.push(args);
    },
  };
}

export class StandInContents extends EventEmitter {
  mainFrame = standInFrame('null');
  destroyed = false;
  windowOpenHandler: Handler | null = null;
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: Handler): void {
    this.windowOpenHandler = handler;
  }
  setWebRTCIPHandlingPolicy = remember('contents.setWebRTCIPHandlingPolicy');
  sendInputEvent = remember('contents.sendInputEvent');
  reload = remember('contents.reload');
}

export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = [];
  webContents = new StandInContents();
  destroyed = false;
  title = '';
  options: Record<string, unknown>;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  /** Fetches the page the way Chromium would: from whoever handles the scheme. */
  async loadURL(url: string): Promise<void> {
    remember('window.loadURL')(url);
    const handler = protocol.handlers.get(new URL(url).protocol.slice(0, -1));
    const response = (await handler?.({ url, method: 'GET' })) as Response | undefined;
    if (response?.status !== 200) throw new Error(`ERR_FAILED loading ${url}`);
    this.webContents.mainFrame = standInFrame('app://plimsoll');
  }
  setTitle(title: string): void {
    this.title = title;
  }
  setProgressBar = remember('window.setProgressBar');
  maximize = remember('window.maximize');
  show = remember('window.show');
  focus = remember('window.focus');
  restore = remember('window.restore');
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return true;
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 11, y: 22, width: 1111, height: 777 };
  }
}

// ------------------------------------------------------------------ sessions

export class StandInSession extends EventEmitter {
  handlers = new Map<string, Handler>();
  webRequest = {
    onBeforeRequest: (handler: Handler): void => void this.handlers.set('webRequest.onBeforeRequest', handler),
  };
  setPermissionRequestHandler = (handler: Handler): void => void this.handlers.set('permissionRequest', handler);
  setPermissionCheckHandler = (handler: Handler): void => void this.handlers.set('permissionCheck', handler);
  setDevicePermissionHandler = (handler: Handler): void => void this.handlers.set('devicePermission', handler);
  setDisplayMediaRequestHandler = (handler: Handler): void => void this.handlers.set('displayMedia', handler);
  setBluetoothPairingHandler = (handler: Handler): void => void this.handlers.set('bluetoothPairing', handler);
  setCertificateVerifyProc = (handler: Handler): void => void this.handlers.set('certificateVerify', handler);
  setSpellCheckerEnabled = remember('session.setSpellCheckerEnabled');
  setProxy = (config: unknown): Promise<void> => Promise.resolve(remember('session.setProxy')(config));
}

export const session = { defaultSession: new StandInSession() };

export const protocol = {
  handlers: new Map<string, Handler>(),
  registerSchemesAsPrivileged: remember('protocol.registerSchemesAsPrivileged'),
  handle(scheme: string, handler: Handler): void {
    this.handlers.set(scheme, handler);
  },
};

// ------------------------------------------------------------------ the application and its surroundings

export const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  enableSandbox: remember('app.enableSandbox'),
  requestSingleInstanceLock: (): boolean => true,
  setAboutPanelOptions: remember('app.setAboutPanelOptions'),
  setProxy: (config: unknown): Promise<void> => Promise.resolve(remember('app.setProxy')(config)),
  whenReady: (): Promise<void> => Promise.resolve(),
  getPath: (_name: string): string => process.env['PLIMSOLL_STAND_IN_USER_DATA'] ?? tmpdir(),
  quit: remember('app.quit'),
  exit(code: number): void {
    remember('app.exit')(code);
    process.exitCode = code;
  },
});

export const ipcMain = {
  handlers: new Map<string, Handler>(),
  handle(channel: string, handler: Handler): void {
    this.handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  },
};

/** Answers that dialogs give next, in order; a dialog nobody planned for is a failed test. */
export const dialogAnswers: unknown[] = [];

function nextDialogAnswer(what: string) {
  return (...args: unknown[]): Promise<unknown> => {
    remember(what)(...args);
    if (dialogAnswers.length === 0) return Promise.reject(new Error(`${what} was not expected`));
    return Promise.resolve(dialogAnswers.shift());
  };
}

export const dialog = {
  showOpenDialog: nextDialogAnswer('dialog.showOpenDialog'),
  showSaveDialog: nextDialogAnswer('dialog.showSaveDialog'),
  showMessageBox: nextDialogAnswer('dialog.showMessageBox'),
  showErrorBox: remember('dialog.showErrorBox'),
};

export const Menu = {
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: remember('Menu.setApplicationMenu'),
};

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: true };

const display = { workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = { getPrimaryDisplay: () => display, getAllDisplays: () => [display] };

export const shell = { openExternal: (url: string): Promise<void> => Promise.resolve(remember('shell.openExternal')(url)) };

// ------------------------------------------------------------------ the preload's side

export const contextBridge = { exposeInMainWorld: remember('contextBridge.exposeInMainWorld') };

export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: (...args: unknown[]): Promise<unknown> => Promise.resolve(remember('ipcRenderer.invoke')(...args)).then(() => ({ ok: true, value: 'answered' })),
});
