import { parentPort } from 'node:worker_threads';
import { pairFor } from '../engine/columns/strategy/share.ts';
import type { PairingWork } from './pairing.ts';
import { goBehind } from './threads.ts';

/** A thread that takes its share of the pairing while lanes are opened, and lives no longer than that. */
goBehind();
parentPort?.on('message', ({ lane, work }: PairingWork) => pairFor(lane, work));
