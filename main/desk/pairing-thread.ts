import { workerData } from 'node:worker_threads';
import { pairFor } from '../engine/columns/strategy/share.ts';
import type { PairingStart } from './pairing.ts';
import { goBehind } from './threads.ts';

/** A thread that lives for as long as one lane is paired, and takes its share of the work. */
const { lane, work } = workerData as PairingStart;
goBehind();
pairFor(lane, work);
