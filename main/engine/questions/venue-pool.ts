import type { CalcPack } from '../../../shared/calc-pack.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import type { Answer } from '../../../shared/question.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { chargeLeg, type LegCharge } from '../bracket/charge.ts';
import type { Leg } from '../bracket/leg.ts';
import { prepareLegs } from '../bracket/prepare-legs.ts';
import { bracketTerms, type BracketTerms } from '../bracket/terms.ts';
import { preparePack, type PreparedPack } from '../calc-pack/compute-pack.ts';
import type { AccountInput, PoolInput } from '../input.ts';
import { marginAccount } from '../margin.ts';
import type { PoolMargin } from '../margin-model.ts';
import { viewMarket } from '../market/market-view.ts';
import { resolveRules } from '../packs/shelf.ts';
import { preparePool } from '../pool/prepare-pool.ts';

/** A position of a venue pool, with what its margin state was made of. */
export interface VenuePosition {
  leg: Leg;
  charge: LegCharge;
  terms: BracketTerms;
  pool: PoolInput;
  margin: PoolMargin;
  account: AccountInput;
  prepared: PreparedPack;
}

/** The position of an instrument in the first account's venue pools. Faults: `bad-question`, and those of the pack. */
export function onVenuePosition(pack: CalcPack | undefined, instrument: InstrumentId, answer: (found: VenuePosition) => Result<Answer>): Result<Answer> {
  if (!pack) return fail({ code: 'bad-question', message: 'This question needs a calc pack.', at: 'pack' });
  const prepared = preparePack(pack);
  if (!prepared.ok) return prepared;
  const { market, shelf } = prepared.value;
  const [account] = prepared.value.accounts;
  const pool = account?.pools.find(({ model, positions }) => model === 'bracket' && positions.some((position) => position.instrument === instrument));
  if (!account || !pool) return fail({ code: 'bad-question', message: `The first account of the pack holds no ${JSON.stringify(instrument)} at a venue.`, at: 'params.instrument' });
  const rules = resolveRules(shelf, pool.packs, market.businessDate);
  if (!rules.ok) return rules;
  const view = viewMarket(market);
  const { legs, setAside } = prepareLegs(preparePool(account, pool, view, rules.value), view, rules.value);
  const leg = legs.find((candidate) => candidate.instrument === instrument);
  const margin = marginAccount(account, market, shelf).pools.find(({ id }) => id === pool.id);
  if (!leg || !margin) return fail({ code: 'bad-question', message: `${instrument} cannot be margined: ${setAside.find((row) => row.instrument === instrument)?.reason ?? 'nothing of it is held'}.`, at: 'params.instrument' });
  const terms = bracketTerms(rules.value);
  return answer({ leg, charge: chargeLeg(leg, leg.quantity.abs(), terms, pool.currency), terms, pool, margin, account, prepared: prepared.value });
}
