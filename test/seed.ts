import * as fc from 'fast-check';

// Every property of a run starts from one seed: `npm test` names the same one always, so that a change is judged by what it
// changed, and `npm run properties` a fresh one each time. Without a seed fast-check makes one and tells it when it fails.
const seed = process.env['PLIMSOLL_SEED'];
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
