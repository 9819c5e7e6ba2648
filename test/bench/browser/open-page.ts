import { execFileSync } from 'node:child_process';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../../e2e/browser-setup.ts';

/** Builds the renderer as it is shipped and starts a real browser; null, with the reason said, where there is none. */
export async function openBrowser(say: (line: string) => void): Promise<Browser | null> {
  try {
    execFileSync(process.execPath, ['main/plimsoll.js', 'build', '--only', 'renderer'], { stdio: ['ignore', 'ignore', 'inherit'] });
    return await chromium.launch(await chromiumPath());
  } catch (error) {
    say(`No browser, so nothing is measured in one: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** What a stretch of time looked like from inside the page. */
export interface Stretch {
  framesPerSecond: number;
  /** 95th percentile and longest time between two frames, in milliseconds. */
  frameP95: number;
  frameMax: number;
  /** Stretches of work above 50 ms, and the longest. */
  longTasks: number;
  longTaskMax: number;
  /** Share of the time that the page's main thread was at work. */
  mainShare: number;
}

/** Watches the page for so long. */
export async function watch(page: Page, milliseconds: number): Promise<Stretch> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async (): Promise<number> => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const before = await busy();
  const seen = await page.evaluate(framesFor, milliseconds);
  const mainShare = ((await busy()) - before) / (seen.elapsed / 1000);
  await session.detach();
  const gaps = seen.gaps.toSorted((a, b) => a - b);
  return {
    framesPerSecond: (1000 * gaps.length) / seen.elapsed,
    frameP95: gaps[Math.floor(gaps.length * 0.95)] ?? 0,
    frameMax: gaps.at(-1) ?? 0,
    longTasks: seen.longTasks.length,
    longTaskMax: Math.max(0, ...seen.longTasks),
    mainShare,
  };
}

/** Runs in the page: the gaps between frames and the long tasks of the next `milliseconds`. */
function framesFor(milliseconds: number): Promise<{ gaps: number[]; longTasks: number[]; elapsed: number }> {
  return new Promise((resolve) => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ entryTypes: ['longtask'] });
    const gaps: number[] = [];
    let first = 0;
    let last = 0;
    function frame(now: number): void {
      if (first === 0) first = now;
      else gaps.push(now - last);
      last = now;
      if (now - first < milliseconds) requestAnimationFrame(frame);
      else {
        observer.disconnect();
        resolve({ gaps, longTasks, elapsed: now - first });
      }
    }
    requestAnimationFrame(frame);
  });
}
