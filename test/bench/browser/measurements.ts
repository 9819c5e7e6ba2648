import type { Measurement } from '../measure.ts';
import { editMeasurements } from './edit.ts';
import { gridMeasurements } from './grid.ts';
import { hostMeasurements } from './hosts.ts';
import { openBrowser } from './open-page.ts';

/** What a person feels: answers of the host under load, frames of the grids under updates, edits of a what-if on `book`. */
export async function browserMeasurements(book: string, say: (line: string) => void): Promise<Measurement[]> {
  const hosts = await hostMeasurements();
  const browser = await openBrowser(say);
  if (!browser) return hosts;
  try {
    return [...hosts, ...(await editMeasurements(browser, book)), ...(await gridMeasurements(browser))];
  } finally {
    await browser.close();
  }
}
