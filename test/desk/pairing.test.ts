import { expect, test } from 'vitest';
import { pairingHelp } from '../../main/desk/pairing.ts';
import { inSlices } from '../../main/desk/rows/slices.ts';
import { startThread } from '../../main/desk/threads.ts';
import { atOnce } from '../../main/engine/columns/sliced.ts';
import { openStrategyLane, type StrategyLane } from '../../main/engine/columns/strategy/lane.ts';
import { repriceAll } from '../../main/engine/columns/strategy/reprice.ts';
import { leaveWork, pairAlone, pairShare, pairTogether, sharedWork } from '../../main/engine/columns/strategy/share.ts';
import { bookM } from '../bench/book-m/book.ts';
import { shelfM } from '../bench/book-m/packs.ts';
import { strategyM } from '../bench/mixed-lanes.ts';

const book = bookM({ kind: 'mixed', positions: 20_000 });
const { table, pools, rungs } = strategyM(book, shelfM(book.universe));
repriceAll(table, Float64Array.from(book.universe.price));

/** The lane not paired yet; and the figures that it must have when it is. */
const laneM = (): StrategyLane => openStrategyLane(table, pools, rungs);
const alone = laneM();
atOnce(pairAlone(alone));

test('pairs by two threads to the very figures of one', async () => {
  const lane = laneM();
  const help = pairingHelp(lane.pools.instrument.length, 1);
  await inSlices(help.pairing(lane));
  help.end();
  expect(lane.figures).toEqual(alone.figures);
  const later = laneM();
  await inSlices(help.pairing(later));
  expect(later.figures).toEqual(alone.figures);
});

test('the thread beside does any share of the work, also all of it', async () => {
  const lane = laneM();
  const work = sharedWork();
  const thread = startThread('pairing-thread', null);
  thread.postMessage({ lane, work });
  while (Atomics.load(work, 1) < lane.pools.runs) await new Promise((resolve) => setTimeout(resolve, 5));
  await thread.terminate();
  atOnce(pairTogether(lane, work));
  expect(lane.figures).toEqual(alone.figures);
});

test('what a thread had taken that is gone is done again', () => {
  const lane = laneM();
  const work = sharedWork();
  expect(() => atOnce(pairShare({ ...lane, group: null as never }, work))).toThrow(TypeError);
  leaveWork(work);
  atOnce(pairTogether(lane, work));
  expect(lane.figures).toEqual(alone.figures);
});

test('a thread that ends in the middle of its share leaves nothing undone', async () => {
  const lane = laneM();
  const help = pairingHelp(lane.pools.instrument.length, 1);
  const pairing = help.pairing(lane);
  while (lane.figures.runs.maintenance.every((amount) => amount === 0)) await new Promise((resolve) => setTimeout(resolve, 1));
  help.end();
  await inSlices(pairing);
  expect(lane.figures).toEqual(alone.figures);
});
