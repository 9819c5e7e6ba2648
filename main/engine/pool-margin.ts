import { succeed, fail, type Result } from '../../shared/result.ts';
import { Decimal } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import { absent, absentQuotient, input, sum } from './figure/figure.ts';
import type { AccountInput, PoolInput } from './input.ts';
import type { MarginModel, PoolMargin } from './margin-model.ts';
import type { MarketView } from './market/market-view.ts';
import { MODELS } from './models.ts';
import { overlayOf } from './overlay/overlay.ts';
import { headroom } from './pool/assemble.ts';
import { prepareCash, type PreparedCash } from './pool/cash.ts';
import { nearMade } from './pool/near.ts';
import { preparePool, type Swept } from './pool/prepare-pool.ts';
import type { Rules } from './packs/rules.ts';
import { resolveRules, type PackShelf } from './packs/shelf.ts';

/** The margin state of one pool, with what the sweep does to its cash. What cannot be computed is a status with a reason, never a throw. */
export function marginPool(account: AccountInput, pool: PoolInput, market: MarketView, shelf: PackShelf, swept: Swept | null): PoolMargin {
  const runnable = modelAndRules(pool, shelf, market.businessDate);
  if (!runnable.ok) return unmargined(pool, withSweep(prepareCash(pool, market), pool.currency, swept), runnable.fault.message);
  const { model, rules } = runnable.value;
  const { kept } = market;
  const name = `${pool.id} ${swept ? 'swept' : 'alone'}`;
  const prepared = preparePool(account, pool, market, rules);
  const overlay = overlayOf(pool, market, rules);
  const cash = nearMade(kept, `${name} cash`, [prepared.cash, swept], () => withSweep(prepared.cash, pool.currency, swept));
  const made = (): PoolMargin => model({ ...prepared, ...(overlay ? { overlay } : {}), cash, beside: swept?.beside ?? null }, market, rules);
  // Futures rest on nothing else: most edits of an account leave them alone.
  return pool.model === 'fixed' ? nearMade(kept, name, [rules, overlay, cash, swept, ...pool.excluded, ...prepared.groups], made) : made();
}

function withSweep(cash: PreparedCash, currency: string, swept: Swept | null): PreparedCash {
  return swept ? { ...cash, equity: sum(currency, [cash.equity, swept.moved], { label: 'Cash and accruals after the sweep' }) } : cash;
}

function modelAndRules(pool: PoolInput, shelf: PackShelf, day: IsoDate): Result<{ model: MarginModel; rules: Rules }> {
  const model = MODELS[pool.model];
  const rules = resolveRules(shelf, pool.packs, day);
  if (!rules.ok) return rules;
  if (rules.value.model !== pool.model) return fail({ code: 'wrong-model', message: `The rule packs are for the model ${rules.value.model}, the pool is under ${pool.model}.` });
  return succeed({ model, rules: rules.value });
}

/** A pool for which no rules can be applied: its cash is known, its requirement is not. */
function unmargined(pool: PoolInput, { equity }: PreparedCash, problem: string): PoolMargin {
  const { id, mode, model, currency } = pool;
  const unknown = input(new Decimal(0), currency, { label: 'No requirement could be computed', source: problem });
  const requirement = sum(currency, [unknown], { label: 'Requirement' });
  const positions: PoolMargin['positions'] = pool.positions.map((position) => ({ ...position, price: null, localValue: null, value: null, requirement: null, group: position.instrument, strategy: 'not included', rule: '', parts: null, badges: ['notMarginedYet' as const] }));
  const ratio = (label: string): ReturnType<typeof absentQuotient> => absentQuotient('times', equity, requirement, { label, arithmetic: problem });
  return {
    id,
    mode,
    model,
    currency,
    packs: [...pool.packs],
    figures: {
      netLiq: equity,
      equity,
      initial: requirement,
      maintenance: requirement,
      ...headroom(currency, equity, requirement, requirement),
      healthRatio: ratio('Health ratio'),
      utilisation: ratio('Utilisation'),
      leverage: ratio('Leverage'),
      marginToLiquidation: ratio('Margin to liquidation'),
      regTInitial: requirement,
      regTDueToday: absent(currency, { label: 'Regulation T, due today', arithmetic: problem }),
      specialMemorandum: absent(currency, { label: 'Special memorandum account', arithmetic: problem }),
      buyingPower: absent(currency, { label: 'Buying power, overnight', arithmetic: problem }),
      exchangeInitial: requirement,
      exchangeMaintenance: requirement,
    },
    specialMemorandum: null,
    risk: null,
    leftToLiquidation: null,
    status: 'indeterminate',
    statusReason: problem,
    positions,
    positionLists: [positions],
    unpriced: pool.positions.map(({ instrument }) => ({ instrument, reason: problem, indeterminate: true })),
    thresholds: [],
    candidates: [],
  };
}
