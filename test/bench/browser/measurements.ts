import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemo } from '../../../main/desk/demo.ts';
import { valueOf } from '../../desk/desk-fixture.ts';
import { firstAccounts, writeBookFile } from '../book-m/as-book.ts';
import { bookM } from '../book-m/book.ts';
import type { Measurement } from '../measure.ts';
import { drawnEditMeasurements, editMeasurements } from './edit.ts';
import { gridMeasurements } from './grid.ts';
import { hostMeasurements } from './hosts.ts';
import { openBrowser } from './open-page.ts';

/** What a person feels: answers of the host under load, edits of a what-if on the demo book and on book M's largest accounts, frames of the grids under updates. */
export async function browserMeasurements(): Promise<Measurement[]> {
  const hosts = await hostMeasurements();
  // On standard error: standard output may be one JSON text.
  const browser = await openBrowser((line) => console.error(line));
  if (!browser) return hosts;
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  try {
    const book = join(folder, 'demo.plimsoll');
    valueOf(await buildDemo(book, () => undefined));
    const large = join(folder, 'large.plimsoll');
    writeBookFile(large, firstAccounts(bookM({ kind: 'mixed' }), 2));
    const edits = [...(await editMeasurements(browser, book)), ...(await editMeasurements(browser, large, 2))];
    const whole = join(folder, 'whole.plimsoll');
    writeBookFile(whole, bookM({ kind: 'mixed' }));
    return [...hosts, ...edits, ...(await drawnEditMeasurements(browser, whole)), ...(await gridMeasurements(browser))];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
