import { app } from 'electron';
import { selfCheck } from '../../desk/self-check.ts';
import { demoBook } from '../data-folder.ts';
import { startApplication } from './application.ts';
import { readOptions } from './options.ts';

// The entry of the desktop application. It is always run as the bundle dist/main/electron.js, so the addresses below
// are meant from dist/main/. Electron waits for this module before it is ready, and what startApplication does first
// must be done by then, so nothing may be awaited before it.

const options = readOptions(process.argv, process.cwd());

if (options.selfCheck) {
  const report = await selfCheck();
  process.stdout.write(`${JSON.stringify(report)}\n`, () => app.exit(report.ok ? 0 : 1));
} else {
  startApplication(options, {
    manifest: new URL('../renderer-files.json', import.meta.url),
    rendererFolder: new URL('../renderer/', import.meta.url),
    preload: new URL('../preload/preload.cjs', import.meta.url),
    demoBook: demoBook(),
  }).catch((error: unknown) => {
    console.error('plimsoll: the window could not be opened.', error);
    app.exit(1);
  });
}
