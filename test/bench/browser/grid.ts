import { readPageFiles } from '../../../main/hosts/loopback/page-files.ts';
import { serveDesk } from '../../../main/hosts/loopback/serve-desk.ts';
import { plainHostInfo } from '../../../main/hosts/identity.ts';
import { RENDERER_FOLDER } from '../../../main/build/build.ts';
import { succeed } from '../../../shared/result.ts';
import type { Browser } from 'playwright-core';
import { valueOf } from '../../desk/desk-fixture.ts';
import { measurement, median, type Measurement } from '../measure.ts';
import { watch, type Stretch } from './open-page.ts';
import { syntheticDesk } from './synthetic-desk.ts';

// The real renderer in a real browser over the real loopback host; only the figures are drawn. Idle and busy stretches
// take turns, so that whatever else the machine does falls on both.

const RUNS = 7;
const STRETCH_MS = 2_500;
const UPDATES_PER_SECOND = 10_000;
const SETTLE_MS = 300;

/** Frames of a grid while its rows change, against the same grid while nothing happens. */
export async function gridMeasurements(browser: Browser, sizes: readonly number[] = [10_000, 100_000]): Promise<Measurement[]> {
  const figures: Measurement[] = [];
  for (const rows of sizes) {
    const desk = syntheticDesk(rows);
    const pages = valueOf(readPageFiles(RENDERER_FOLDER));
    const host = valueOf(await serveDesk({ desk, pages, port: 0, hostAnswers: { 'host.info': () => Promise.resolve(succeed(plainHostInfo('loopback', 'bench'))) } }));
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    await page.goto(host.freshLink());
    for (const { screen, heldBy } of [{ screen: 'accounts', heldBy: null }, { screen: 'accounts', heldBy: 'cursor' }, { screen: 'queue', heldBy: null }] as const) {
      await page.mouse.move(5, 5);
      await page.getByTestId(`go-${screen}`).click();
      await page.getByText(`${rows.toLocaleString('en-US')} ${screen === 'queue' ? 'rows' : 'accounts'}`).first().waitFor({ timeout: 60_000 });
      // Away from the bar's links, and on the rows only where that is what is measured.
      await (heldBy === null ? page.mouse.move(5, 895) : page.mouse.move(700, 450));
      const [idle, busy]: [Stretch[], Stretch[]] = [[], []];
      for (let run = 0; run < RUNS; run += 1) {
        idle.push(await watch(page, STRETCH_MS));
        const stop = desk.changeRowsPerSecond(screen, UPDATES_PER_SECOND);
        await page.waitForTimeout(SETTLE_MS);
        busy.push(await watch(page, STRETCH_MS));
        stop();
        await page.waitForTimeout(SETTLE_MS);
      }
      figures.push(...figuresOf(`8. ${screen} grid, ${rows.toLocaleString('en-US')} rows, ${UPDATES_PER_SECOND.toLocaleString('en-US')} row updates/s${heldBy === null ? '' : ', rows held under the cursor'}`, idle, busy));
    }
    await page.close();
    await host.close();
  }
  return figures;
}

function figuresOf(name: string, idle: readonly Stretch[], busy: readonly Stretch[]): Measurement[] {
  const of = (stretches: readonly Stretch[], figure: keyof Stretch): number[] => stretches.map((stretch) => stretch[figure]);
  const ratio = median(of(busy, 'framesPerSecond')) / median(of(idle, 'framesPerSecond'));
  const longTasks = of(busy, 'longTasks');
  return [
    { ...measurement(`${name}: frames per second`, of(busy, 'framesPerSecond'), 'fps', { name: 'the same grid idle', ratio }), target: '≥ 0.97 × idle', met: ratio >= 0.97 },
    { ...measurement(`${name}: long tasks (> 50 ms) in ${STRETCH_MS / 1000} s`, longTasks, 'tasks'), target: '0', met: Math.max(...longTasks) === 0 },
    measurement(`${name}: longest task above 50 ms`, of(busy, 'longTaskMax'), 'ms'),
    measurement(`${name}: time between frames, 95th percentile`, of(busy, 'frameP95'), 'ms', { name: 'the same grid idle', ratio: median(of(busy, 'frameP95')) / median(of(idle, 'frameP95')) }),
    measurement(`${name}: longest time between frames`, of(busy, 'frameMax'), 'ms', { name: 'the same grid idle', ratio: median(of(busy, 'frameMax')) / median(of(idle, 'frameMax')) }),
    measurement(`${name}: main thread at work`, of(busy, 'mainShare').map((share) => 100 * share), '%', { name: 'the same grid idle', ratio: median(of(busy, 'mainShare')) / median(of(idle, 'mainShare')) }),
  ];
}
