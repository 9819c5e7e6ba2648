import { z } from 'zod';
import { AS_IT_IS } from '../../../shared/comparison.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { preparePack } from '../calc-pack/compute-pack.ts';
import { compareRegimes } from '../regimes/compare.ts';

/** Questions about an account under other rules than its own. */
export const REGIME_QUESTIONS: QuestionTable = {
  'regimes.compare': questionRow(
    'An account of the pack as it is and under other stacks of rule packs: figures, what each underlying takes of excess, and why.',
    z.strictObject({ account: z.string().optional(), under: z.array(z.array(z.string()).min(1)).min(1).max(8) }),
    ({ account: id, under }, pack) => {
      if (!pack) return fail({ code: 'bad-question', message: 'This question needs a calc pack.', at: 'pack' });
      const prepared = preparePack(pack);
      if (!prepared.ok) return prepared;
      const { accounts, market, shelf } = prepared.value;
      const account = id === undefined ? accounts[0] : accounts.find((each) => each.id === id);
      if (!account) return fail({ code: 'bad-question', message: `The pack has no account ${JSON.stringify(id ?? '')}.`, at: 'params.account' });
      const regimes = under.map((packs) => ({ name: packs.join('+'), title: packs.join(', '), packs }));
      return succeed(compareRegimes(account, [{ name: AS_IT_IS, title: 'As it is', packs: null }, ...regimes], market, shelf) as unknown as Answer);
    },
  ),
};
