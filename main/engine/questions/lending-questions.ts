import { z } from 'zod';
import type { CalcPack } from '../../../shared/calc-pack.ts';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { preparePack } from '../calc-pack/compute-pack.ts';
import { input } from '../figure/figure.ts';
import { withBuffer } from '../lending/buffer.ts';
import { contentsOf, countsOf, type Contents, type Counts } from '../lending/counts.ts';
import { incentiveFactor, insuranceFee, liquidate, PLACES, socialisedShare, transferToCover } from '../lending/liquidation.ts';
import { weightForSize } from '../lending/terms.ts';
import { priceInFull } from '../lending/token.ts';
import { viewMarket, type MarketView } from '../market/market-view.ts';
import { resolveRules } from '../packs/shelf.ts';
import type { Rules } from '../packs/rules.ts';
import { preparePool } from '../pool/prepare-pool.ts';

const text = (amount: Decimal): string => toDecimalText(amount);
const number = (value: string): Decimal => new Decimal(value);
const transfer = { assetWeight: plainDecimalFromZero, liabilityWeight: plainDecimalFromZero, assetMultiplier: plainDecimalFromZero, liabilityMultiplier: plainDecimalFromZero, liabilityPrice: plainDecimalFromZero };
type TransferTexts = Record<keyof typeof transfer, string>;

/** Questions about loans against collateral. */
export const LENDING_QUESTIONS: QuestionTable = {
  'lending.counts': questionRow(
    'What counts of a lending pool as collateral and as debt, for opening and for keeping, and with the buffer a liquidation aims at.',
    z.strictObject({ pool: z.string().min(1), level: z.enum(['initial', 'maintenance']) }),
    ({ pool, level }, pack) =>
      onPool(pack, pool, level, ({ contents, counts, rules }) => {
        const buffered = withBuffer(contents, counts, rules);
        return succeed({ collateral: text(counts.assets.amount), requirement: text(counts.liabilities.amount), net: text(counts.net.amount), collateralWithBuffer: text(buffered.collateral), requirementWithBuffer: text(buffered.requirement) });
      }),
  ),
  'lending.liquidation': questionRow(
    'What a liquidator may repay of one debt of a pool, what collateral is taken for it, and what remains as bad debt.',
    z.strictObject({ pool: z.string().min(1), debt: instrumentId, collateral: instrumentId }),
    ({ pool, debt, collateral }, pack) => onPool(pack, pool, 'maintenance', (found) => liquidationOf(found, debt, collateral)),
  ),
  'lending.incentive': questionRow(
    'Collateral that a liquidator takes for one of debt, where it follows from the liquidation threshold.',
    z.strictObject({ threshold: plainDecimalFromZero, cursor: plainDecimalFromZero, max: plainDecimalFromZero }),
    ({ threshold, cursor, max }) => succeed({ factor: text(incentiveFactor(number(threshold), number(cursor), number(max))) }),
  ),
  'lending.transferToCover': questionRow(
    'Units of a debt to be taken over so that a shortage of margin is gone; null where no amount does that.',
    z.strictObject({ shortage: plainDecimalFromZero, insuranceFee: plainDecimalFromZero, ...transfer }),
    ({ shortage, insuranceFee: fee, ...rest }) => {
      const units = transferToCover(number(shortage), transferTerms(rest), number(fee));
      return succeed({ units: units && text(units) });
    },
  ),
  'lending.insuranceFee': questionRow(
    'The insurance fund’s fee that still leaves a shortage covered when a debt is taken over.',
    z.strictObject({ shortage: plainDecimalFromZero, debt: plainDecimalFromZero, max: plainDecimalFromZero, ...transfer }),
    ({ shortage, debt, max, ...rest }) => succeed({ fee: text(insuranceFee(number(shortage), number(debt), transferTerms(rest), number(max))) }),
  ),
  'lending.socialisedShare': questionRow('Part of every deposit that pays for a loss nobody else covers.', z.strictObject({ loss: plainDecimalFromZero, deposits: plainDecimalFromZero }), ({ loss, deposits }) =>
    succeed({ share: text(socialisedShare(number(loss), number(deposits))) }),
  ),
  'lending.weightForSize': questionRow(
    'The weight of a balance that shrinks (an asset) or grows (a liability) with the balance’s size.',
    z.strictObject({ side: z.enum(['collateral', 'debt']), weight: plainDecimalFromZero, size: plainDecimal, factor: plainDecimalFromZero, spread: plainDecimalFromZero, share: plainDecimalFromZero }),
    ({ side, weight, size, factor, spread, share }) => {
      const set = input(fromDecimalText(weight), 'ratio', { label: 'Weight', source: 'question' });
      return succeed({ weight: text(weightForSize(set, side, number(size), number(factor), { spread: number(spread), share: number(share) }).amount) });
    },
  ),
  'lending.weightForDeposits': questionRow(
    'The weight of an asset of which all deposits together are worth more than counts in full.',
    z.strictObject({ weight: plainDecimalFromZero, price: plainDecimalFromZero, deposits: plainDecimalFromZero, scaleStart: plainDecimalFromZero }),
    ({ weight, price, deposits, scaleStart }) => {
      const [mark, all, start] = [number(price), number(deposits), number(scaleStart)];
      if (mark.isZero() || all.isZero()) return succeed({ weight: text(number(weight)) });
      const given = (amount: Decimal) => input(amount, 'factor', { label: 'Given', source: 'question' });
      const full = priceInFull(given(start), given(all), 'price', { label: 'Price in full' }).amount;
      return succeed({ weight: text(number(weight).times(Decimal.min(mark, full)).div(mark).toDecimalPlaces(PLACES, Decimal.ROUND_HALF_EVEN)) });
    },
  ),
};

function transferTerms(given: TransferTexts) {
  return { assetWeight: number(given.assetWeight), liabilityWeight: number(given.liabilityWeight), assetMultiplier: number(given.assetMultiplier), liabilityMultiplier: number(given.liabilityMultiplier), liabilityPrice: number(given.liabilityPrice) };
}

interface OnPool {
  contents: Contents;
  counts: Counts;
  rules: Rules;
  market: MarketView;
}

function onPool(pack: CalcPack | undefined, id: string, level: 'initial' | 'maintenance', answer: (found: OnPool) => Result<Answer>): Result<Answer> {
  if (!pack) return fail({ code: 'bad-question', message: 'This question needs a calc pack.', at: 'pack' });
  const prepared = preparePack(pack);
  if (!prepared.ok) return prepared;
  const [account] = prepared.value.accounts;
  const pool = account?.pools.find((candidate) => candidate.id === id && candidate.model === 'lending');
  if (!account || !pool) return fail({ code: 'bad-question', message: `The first account of the pack has no lending pool ${id}.`, at: 'params.pool' });
  const rules = resolveRules(prepared.value.shelf, pool.packs);
  if (!rules.ok) return rules;
  const market = viewMarket(prepared.value.market);
  const ready = preparePool(account, pool, market, rules.value);
  const contents = contentsOf(ready, market, rules.value);
  return answer({ contents, counts: countsOf(contents, ready, level, market, rules.value), rules: rules.value, market });
}

function liquidationOf({ contents, counts, rules }: OnPool, debt: string, collateral: string): Result<Answer> {
  const row = (instrument: string, isOwed: boolean) => contents.rows.find((candidate) => candidate.instrument === instrument && candidate.units.amount.isNegative() === isOwed);
  const [owed, held] = [row(debt, true), row(collateral, false)];
  if (!owed || !held) return fail({ code: 'bad-question', message: `The pool ${owed ? `holds no ${collateral}` : `owes no ${debt}`}.`, at: owed ? 'params.collateral' : 'params.debt' });
  const set = (key: string, otherwise: string): Decimal => new Decimal(rules.optional(`lending.liquidation.${key}`)?.value ?? otherwise);
  const liabilities = counts.liabilities.amount;
  const health = liabilities.isZero() ? new Decimal(1) : counts.assets.amount.div(liabilities);
  const threshold = new Decimal(rules.instrumentRate(collateral, 'collateral.maintenance')?.value ?? rules.optional('lending.collateral.maintenance')?.value ?? '0');
  const bonus = rules.optionalSetting('lending.bonus') === 'fromThreshold' ? incentiveFactor(threshold, set('cursor', '0.3'), set('maxIncentive', '1.15')).minus(1) : new Decimal(rules.instrumentRate(collateral, 'liquidation.bonus')?.value ?? set('bonus', '0'));
  const result = liquidate({ debt: owed.units.amount.abs(), debtPrice: owed.price.amount, collateral: held.units.amount, collateralPrice: held.price.amount, health, closeFactor: set('closeFactor', '1'), fullBelow: set('fullBelow', '0'), bonus, protocolShare: set('protocolShare', '0'), dust: set('dust', '0') });
  return succeed({ health: liabilities.isZero() ? null : text(health.toDecimalPlaces(PLACES, Decimal.ROUND_HALF_EVEN)), repaid: text(result.repaid), seized: text(result.seized), protocolFee: text(result.protocolFee), badDebt: text(result.badDebt) });
}
