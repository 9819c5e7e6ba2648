import { once } from 'node:events';
import { expect, test } from 'vitest';
import { pairByTwo } from '../../main/desk/pairing.ts';
import { inSlices } from '../../main/desk/rows/slices.ts';
import { startThread } from '../../main/desk/threads.ts';
import { atOnce } from '../../main/engine/columns/sliced.ts';
import { openStrategyLane, type StrategyLane } from '../../main/engine/columns/strategy/lane.ts';
import { repriceAll } from '../../main/engine/columns/strategy/reprice.ts';
import { pairAlone, pairFor, pairTogether, sharedWork } from '../../main/engine/columns/strategy/share.ts';
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
  await inSlices(pairByTwo(lane, 0));
  expect(lane.figures).toEqual(alone.figures);
});

test('the thread beside does any share of the work, also all of it', async () => {
  const lane = laneM();
  const work = sharedWork();
  await once(startThread('pairing-thread', { lane, work }), 'exit');
  expect(work[1]).toBe(lane.pools.runs);
  atOnce(pairTogether(lane, work));
  expect(lane.figures).toEqual(alone.figures);
});

test('what fails in the thread beside is not waited for', () => {
  const lane = laneM();
  const work = sharedWork();
  expect(() => pairFor({ ...lane, group: null as never }, work)).toThrow(TypeError);
  expect(() => atOnce(pairTogether(lane, work))).toThrow('a thread that pairs beside this one failed');
});
