import { z } from 'zod';
import type { CalcPack } from '../../../shared/calc-pack.ts';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import type { AccountState, PositionState } from '../../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { preparePack, type PreparedPack } from '../calc-pack/compute-pack.ts';
import { curesOf } from '../cure/cures.ts';
import { poolCuresView } from '../cure/view.ts';
import { cureAmounts, releasedByClosing, releasedByDepositing } from '../cure/formulas.ts';
import { accountStateOf, marginAccount, type AccountMargin } from '../margin.ts';
import { resolveRules, shippedPacks } from '../packs/shelf.ts';
import { CASCADE_QUESTIONS } from './cascade-questions.ts';
import { LENDING_QUESTIONS } from './lending-questions.ts';
import { REGIME_QUESTIONS } from './regime-questions.ts';
import { SCAN_QUESTIONS } from './scan-questions.ts';
import { VENUE_LIQUIDATION_QUESTIONS } from './venue-liquidation-questions.ts';
import { VENUE_QUESTIONS } from './venue-questions.ts';
import { VENUE_GRID_QUESTIONS } from './venue-grid-questions.ts';
import { DYNAMIC_QUESTIONS } from './dynamic-questions.ts';
import { callPrice } from '../trigger.ts';
import { houseRateAnswer } from './house-rate.ts';
import { PRICING_QUESTIONS } from './pricing-questions.ts';

/** Which requirement a call is about. */
const stackName = z.enum(['house', 'exchange', 'regT']);
type StackName = z.infer<typeof stackName>;

/** Questions that the engine answers by itself, each with an evaluator that margin states are made with too. */
export const ENGINE_QUESTIONS: QuestionTable = {
  ...CASCADE_QUESTIONS,
  ...DYNAMIC_QUESTIONS,
  ...LENDING_QUESTIONS,
  ...VENUE_GRID_QUESTIONS,
  ...PRICING_QUESTIONS,
  ...REGIME_QUESTIONS,
  ...SCAN_QUESTIONS,
  ...VENUE_QUESTIONS,
  ...VENUE_LIQUIDATION_QUESTIONS,
  'margin.state': questionRow('The headline figures of the first account of the pack.', z.strictObject({}), (_, pack) =>
    onAccount(pack, ({ state }) => succeed(headline(state))),
  ),
  'margin.position': questionRow('Value and requirements of one position.', z.strictObject({ instrument: instrumentId }), ({ instrument }, pack) =>
    onPosition(pack, instrument, (position) => succeed(positionFigures(position))),
  ),
  'margin.houseRate': questionRow(
    'How the house comes to its rate of one stock or fund: base rate, account add-ons with their reasons, and what is asked in all.',
    z.strictObject({ instrument: instrumentId }),
    ({ instrument }, pack) => onAccount(pack, ({ margin }) => houseRateAnswer(margin, instrument)),
  ),
  'margin.regT': questionRow(
    'What Reg T asks: of all positions, and for the trades of the day; and the special memorandum account after the day.',
    z.strictObject({}),
    (_, pack) => onAccount(pack, ({ margin, state }) => succeed(regulationT(margin, state))),
  ),
  'trigger.callPrice': questionRow(
    'The nearest prices of one instrument, down and up, at which equity equals maintenance, all else unchanged.',
    z.strictObject({ instrument: instrumentId }),
    ({ instrument }, pack) => onAccount(pack, ({ account, market, shelf }) => succeed({ ...callPrice(account, market, shelf, instrument) })),
  ),
  'cure.amounts': questionRow(
    'What meets the open shortfall: cash, or securities, or closing a position, each alone.',
    z.strictObject({ instrument: instrumentId, call: stackName }),
    ({ instrument, call }, pack) =>
      onPosition(pack, instrument, (position, { state }) => {
        const refused = whyRefused(position, state);
        if (refused) return fail({ code: 'formula-does-not-hold', message: `Call ÷ rate does not hold for ${instrument}: ${refused}.`, at: 'params.instrument', fix: 'Ask "cure.list": its amounts come from computing the margin again.' });
        const amount = shortfall(state, call);
        const { cash, securities, close } = cureAmounts(amount, rateOf(position, call));
        return succeed({ cash: toDecimalText(cash), securities: textOrNull(securities), close: textOrNull(close) });
      }),
  ),
  'cure.list': questionRow(
    'Ranked cures of the house call of each pool: cash, securities, positions and strategies to close, with the account afterwards.',
    z.strictObject({}),
    (_, pack) => onAccount(pack, ({ account, market, shelf }) => succeed({ pools: curesOf(account, market, shelf).map(poolCuresView) })),
  ),
  'cure.release': questionRow(
    'By how much the requirements of house, exchange and Reg T ease when stock is closed, or brought in fully paid.',
    z.strictObject({ instrument: instrumentId, marketValue: plainDecimalFromZero, by: z.enum(['closing', 'depositing']) }),
    ({ instrument, marketValue, by }, pack) =>
      onPosition(pack, instrument, (position) => {
        const released = by === 'closing' ? releasedByClosing : releasedByDepositing;
        const of = (stack: StackName) => toDecimalText(released(new Decimal(marketValue), rateOf(position, stack)));
        return succeed({ house: of('house'), exchange: of('exchange'), regT: of('regT') });
      }),
  ),
  'rules.parameter': questionRow(
    'One parameter under a stack of shipped rule packs, with its citation.',
    z.strictObject({ packs: z.array(z.string()).min(1), key: z.string().min(1) }),
    ({ packs, key }) => parameterOf(packs, key),
  ),
};

interface OnAccount extends PreparedPack {
  account: PreparedPack['accounts'][number];
  margin: AccountMargin;
  state: AccountState;
}

/** Computes the first account of the question's pack. */
function onAccount(pack: CalcPack | undefined, answer: (context: OnAccount) => Result<Answer>): Result<Answer> {
  if (!pack) return fail({ code: 'bad-question', message: 'This question needs a calc pack.', at: 'pack' });
  const prepared = preparePack(pack);
  if (!prepared.ok) return prepared;
  const { market, shelf } = prepared.value;
  const [account] = prepared.value.accounts;
  if (!account) return fail({ code: 'bad-question', message: 'The pack has no account.', at: 'pack.accounts' });
  const margin = marginAccount(account, market, shelf);
  return answer({ ...prepared.value, account, margin, state: accountStateOf(margin) });
}

function onPosition(
  pack: CalcPack | undefined,
  instrument: string,
  answer: (position: PositionState, context: OnAccount) => Result<Answer>,
): Result<Answer> {
  return onAccount(pack, (context) => {
    const position = context.state.pools.flatMap(({ positions }) => positions).find((row) => row.instrument === instrument);
    if (position) return answer(position, context);
    return fail({ code: 'bad-question', message: `The account holds no ${JSON.stringify(instrument)} that margins.`, at: 'params.instrument' });
  });
}

function headline(state: AccountState): Answer {
  const { status, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio } = state;
  const [pool] = state.pools;
  return { status, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, stacks: pool ? { ...pool.stacks } : null };
}

/** Of the first pool: Reg T is about one margin account. */
function regulationT(margin: AccountMargin, state: AccountState): Answer {
  const [stacks] = state.pools.map((pool) => pool.stacks);
  const [sma] = margin.pools.map(({ specialMemorandum }) => specialMemorandum);
  return { initial: stacks?.regT.initial ?? null, dueToday: stacks?.regT.dueToday ?? null, sma: sma ? toDecimalText(sma.usable.amount) : null, balance: sma ? toDecimalText(sma.balance.amount) : null, buyingPower: textOrNull(margin.figures.buyingPower.amount) };
}

function positionFigures(position: PositionState): Answer {
  const { quantity, price, value, regTInitial, exchangeMaintenance, houseInitial, houseMaintenance, parts } = position;
  return { quantity, price, value, regTInitial, exchangeMaintenance, houseInitial, houseMaintenance, parts };
}

/** What is missing under a requirement today, never negative. Under Reg T: what the day's trades leave due. */
function shortfall(state: AccountState, stack: StackName): Decimal {
  const missing = state.pools.map(({ equity, stacks }) => {
    if (stack === 'regT') return new Decimal(stacks.regT.dueToday ?? '0');
    return new Decimal(stacks[stack].maintenance).minus(equity);
  });
  return missing.reduce((sum, amount) => sum.plus(Decimal.max(0, amount)), new Decimal(0));
}

/** The position's requirement as a fraction of its market value. */
function rateOf(position: PositionState, stack: StackName): Decimal {
  const requirement = { house: position.houseMaintenance, exchange: position.exchangeMaintenance, regT: position.regTInitial }[stack];
  const value = new Decimal(position.valueInPoolCurrency ?? '0').abs();
  return value.isZero() ? new Decimal(0) : new Decimal(requirement).div(value);
}

/** Options, and stock beside options of its own: what they are charged is no share of their value. */
function whyRefused(position: PositionState, state: AccountState): string | null {
  if (position.parts !== null) return 'an option is not asked a share of its value';
  const beside = state.pools.flatMap(({ positions }) => positions).some((other) => other.group === position.group && other.parts !== null);
  return beside ? `options on ${position.group} are charged together with it` : null;
}

function parameterOf(packs: readonly string[], key: string): Result<Answer> {
  const rules = resolveRules(shippedPacks(), packs);
  if (!rules.ok) return rules;
  const found = rules.value.optional(key);
  if (!found) return fail({ code: 'unknown-parameter', message: `No pack of ${packs.join(', ')} sets ${JSON.stringify(key)}.`, at: 'params.key' });
  const { value, rule } = found;
  return succeed({ value, rulePack: rule.pack, cites: rule.cites, status: rule.status });
}

function textOrNull(amount: Decimal | null): string | null {
  return amount === null ? null : toDecimalText(amount);
}
