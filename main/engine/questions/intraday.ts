import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { isoDate } from '../../../shared/time.ts';
import { preparePack } from '../calc-pack/compute-pack.ts';
import { dayTradingRegime, deMinimisOf, intradayDeficit } from '../intraday/deficit.ts';
import { resolveRules, shippedPacks } from '../packs/shelf.ts';

const packs = z.array(z.string()).min(1);

/** Questions about trading within the day, answered by what official runs call for. */
export const INTRADAY_QUESTIONS: QuestionTable = {
  'intraday.deficit': questionRow(
    'What the first account of the pack lacked within its business day, under the rules in force on it, and whether that is to be met.',
    z.strictObject({ patternDayTrader: z.boolean().optional() }),
    ({ patternDayTrader }, pack) => {
      if (!pack) return fail({ code: 'bad-question', message: 'This question needs a calc pack.', at: 'pack' });
      const prepared = preparePack(pack);
      if (!prepared.ok) return prepared;
      const { market, shelf, accounts } = prepared.value;
      const [account] = accounts;
      if (!account) return fail({ code: 'bad-question', message: 'The pack has no account.', at: 'pack.accounts' });
      const found = intradayDeficit(account, market, shelf, patternDayTrader === undefined ? {} : { isPatternDayTrader: patternDayTrader });
      if (!found.ok) return found;
      if (!found.value) return succeed({ regime: null, deficit: null, deMinimis: null, counts: false, reason: 'The account is not watched, nothing was traded, or a trade cannot be valued.' });
      const { regime, deficit, deMinimis, counts, reason } = found.value;
      return succeed({ regime, deficit: toDecimalText(deficit), deMinimis: toDecimalText(deMinimis), counts, reason });
    },
  ),
  'intraday.deMinimis': questionRow(
    'The intraday deficit that needs nothing, at an equity in dollars.',
    z.strictObject({ equity: plainDecimalFromZero, packs: packs.default(['us-reg-t', 'us-day-trading']), on: isoDate.optional() }),
    ({ equity, packs: ids, on }) => {
      const rules = resolveRules(shippedPacks(), ids, on);
      return rules.ok ? succeed({ threshold: toDecimalText(deMinimisOf(rules.value, new Decimal(equity), new Decimal(1))) }) : rules;
    },
  ),
  'intraday.rules': questionRow(
    'Which rules watch trades within the day under a stack of shipped packs on a day, and what they measure by.',
    z.strictObject({ packs, on: isoDate }),
    ({ packs: ids, on }) => {
      const rules = resolveRules(shippedPacks(), ids, on);
      if (!rules.ok) return rules;
      return succeed({ regime: dayTradingRegime(rules.value, on), level: rules.value.optionalSetting('dayTrading.level'), multiple: rules.value.optional('dayTrading.multiple')?.value ?? null });
    },
  ),
  'rules.statusLadder': questionRow('The rungs of the status ladder under a stack of shipped packs, as accounts are measured by them.', z.strictObject({ packs, on: isoDate.optional() }), ({ packs: ids, on }) => {
    const rules = resolveRules(shippedPacks(), ids, on);
    return rules.ok ? succeed({ rungs: rules.value.statusLadder.map(({ status, metric, comparison, strict, value }) => ({ status, metric, comparison, strict, value })) }) : rules;
  }),
};
