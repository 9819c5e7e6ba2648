import { z } from 'zod';
import type { CalcPack } from '../../../shared/calc-pack.ts';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { preparePack } from '../calc-pack/compute-pack.ts';
import { viewMarket } from '../market/market-view.ts';
import { resolveRules } from '../packs/shelf.ts';
import { preparePool } from '../pool/prepare-pool.ts';
import { netShortByStrike, offsettingSize, tieredCharge } from '../venue-grid/contingencies.ts';
import { futureGain } from '../venue-grid/grid.ts';
import { gridOutcome, type GridOutcome } from '../venue-grid/venue-grid-model.ts';

const text = (amount: Decimal): string => toDecimalText(amount);
const number = (value: string): Decimal => new Decimal(value);

/** Questions about a venue's portfolio margin. */
export const VENUE_GRID_QUESTIONS: QuestionTable = {
  'venueGrid.outcome': questionRow('Every scenario of a pool under a venue’s grid, the worst of each kind, and the contingencies beside it.', z.strictObject({}), (_, pack) => onGrid(pack, (found) => succeed(outcomeText(found)))),
  'venueGrid.future': questionRow('Gain of one future or perpetual in each scenario of the pool’s grid.', z.strictObject({ instrument: instrumentId }), ({ instrument }, pack) =>
    onGrid(pack, ({ contents, results }) => {
      const future = contents.futures.find((candidate) => candidate.instrument === instrument);
      if (!future) return fail({ code: 'bad-question', message: `The pool has no future ${instrument}.`, at: 'params.instrument' });
      return succeed({ gains: results.map(({ scenario }) => ({ move: text(number(scenario.price).minus(1)), gain: text(futureGain(future, number(scenario.price))) })) });
    }),
  ),
  'venueGrid.netShort': questionRow('Charge for options short by strike, calls and puts of one strike held against each other.', z.strictObject({ options: z.array(z.strictObject({ strike: plainDecimalFromZero, units: plainDecimal })), rate: plainDecimalFromZero }), ({ options, rate }) =>
    succeed({ charge: text(netShortByStrike(options.map(({ strike, units }) => ({ strike: number(strike), units: number(units) }))).times(rate)) }),
  ),
  'venueGrid.offset': questionRow('Charge for futures that offset each other.', z.strictObject({ sizes: z.array(plainDecimal), rate: plainDecimalFromZero }), ({ sizes, rate }) => succeed({ charge: text(offsettingSize(sizes.map(number)).times(rate)) })),
  'venueGrid.tiered': questionRow(
    'A minimum charge whose slices count for more the larger it is, and the requirement it stands beside.',
    z.strictObject({ amount: plainDecimalFromZero, beside: plainDecimalFromZero, tiers: z.array(z.strictObject({ upTo: plainDecimalFromZero.nullable(), multiple: plainDecimalFromZero })).min(1) }),
    ({ amount, beside, tiers }) => {
      const charge = tieredCharge(number(amount), tiers.map(({ upTo, multiple }) => ({ upTo: upTo === null ? null : number(upTo), multiple: number(multiple) })));
      return succeed({ charge: text(charge), requirement: text(Decimal.max(charge, beside)) });
    },
  ),
};

function onGrid(pack: CalcPack | undefined, answer: (found: GridOutcome & { cash: Decimal }) => Result<Answer>): Result<Answer> {
  if (!pack) return fail({ code: 'bad-question', message: 'This question needs a calc pack.', at: 'pack' });
  const prepared = preparePack(pack);
  if (!prepared.ok) return prepared;
  const [account] = prepared.value.accounts;
  for (const pool of account?.pools ?? []) {
    const rules = resolveRules(prepared.value.shelf, pool.packs);
    if (!account || !rules.ok || rules.value.sections('venueGrid').length === 0) continue;
    const market = viewMarket(prepared.value.market);
    const ready = preparePool(account, pool, market, rules.value);
    return answer({ ...gridOutcome(ready, market, rules.value), cash: ready.cash.equity.amount });
  }
  return fail({ code: 'bad-question', message: 'The first account of the pack has no pool under a venue’s grid.', at: 'pack.accounts' });
}

function outcomeText({ results, basis, loss, worst, charges, factors, worth, cash }: GridOutcome & { cash: Decimal }): Answer {
  const least = (kind: 'regular' | 'tail' | 'skew'): Decimal => results.filter((result) => kindOf(result) === kind).reduce((lowest, { total }) => Decimal.min(lowest, total), new Decimal(0));
  const deciding = results[worst];
  return {
    scenarios: results.map(({ scenario, total }) => ({ price: scenario.price, vol: scenario.vol, result: text(total) })),
    worst: { regular: text(least('regular')), tail: text(least('tail')), skew: text(least('skew')), basis: text(basis.total) },
    worstSkew: text(least('skew')) === '0' ? null : (results.filter((result) => kindOf(result) === 'skew').toSorted((a, b) => a.total.cmp(b.total))[0]?.scenario.vol ?? null),
    loss: text(loss.amount),
    decides: worst === -1 ? 'basis' : deciding ? kindOf(deciding) : null,
    factors: { initial: text(factors.initial.amount), maintenance: text(factors.maintenance.amount) },
    value: { cash: text(cash), options: text(worth.optionValue.amount), futures: text(worth.futures.amount), collateral: text(worth.collateral.amount) },
    contingencies: {
      perpetual: stacks(charges.perpetual),
      option: stacks(charges.option),
      collateral: stacks(charges.collateral),
      confidence: text(charges.confidence.amount),
      roll: text(charges.roll.amount),
      offset: text(charges.offset.amount),
      deltaShock: text(charges.deltaShock.amount),
    },
  };
}

function kindOf({ scenario: { vol, tail } }: GridOutcome['results'][number]): 'regular' | 'tail' | 'skew' {
  if (vol === 'linear' || vol === 'absolute') return 'skew';
  return tail ? 'tail' : 'regular';
}

function stacks({ maintenance, initial }: GridOutcome['charges']['perpetual']): Answer {
  return { maintenance: text(maintenance.amount), initial: text(initial.amount) };
}
