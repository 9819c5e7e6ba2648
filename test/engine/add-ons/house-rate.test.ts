import { expect, test } from 'vitest';
import { answerFrom, readQuestion } from '../../../main/engine/questions/answer.ts';
import { ENGINE_QUESTIONS } from '../../../main/engine/questions/table.ts';
import { packOfAccount } from '../../../main/engine/calc-pack/pack-of-account.ts';
import { verifyPack } from '../../../main/engine/calc-pack/verify-pack.ts';
import type { CalcPack } from '../../../shared/calc-pack.ts';
import type { Answer } from '../../../shared/question.ts';
import type { Result } from '../../../shared/result.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { accountOf, marketOf, stateOf } from '../build.ts';
import { stocks } from './tables.ts';

/** 60 of 100 shares are one issuer, and take 1.5 days to sell. */
const desk = stocks({ A: '60', B: '40' }, { packs: ['house-fidelity'], cash: '-2000', stats: { A: { adv20: '40', sharesOutstanding: '1000000', sector: 'Software' }, B: { sector: 'Energy' } } });

function packed(): CalcPack {
  const pack = packOfAccount(accountOf(desk), marketOf(desk), shippedPacks());
  if (!pack.ok) throw new Error(pack.fault.message);
  return pack.value;
}

function ask(instrument: string, pack: CalcPack = packed()): Result<Answer> {
  const question = readQuestion({ format: 'plimsoll/question@1', ask: 'margin.houseRate', params: { instrument }, pack });
  return question.ok ? answerFrom(ENGINE_QUESTIONS, question.value) : question;
}

test('how the house comes to a rate is a question: base, tables with reasons and citations, what is asked in all', () => {
  const answer = ask('A');
  expect(answer.ok && answer.value).toMatchObject({
    base: '0.3',
    rate: '0.6',
    maintenance: '3600',
    addOns: {
      issuerLong: { rate: '0.2', known: true, effect: 'added', reason: '6,000.00 of 10,000.00 is 60%: above 50%' },
      liquidity: { rate: '0.1', known: true, reason: '60 of 40 is 1.5 days: above 1 day' },
      ownership: { rate: '0', known: true },
      industry: { rate: '0', known: true, reason: 'A alone has a greater share' },
    },
  });
});

test('what is not known is said, and an instrument that no table is about is a fault', () => {
  const answer = ask('B');
  expect(answer.ok && answer.value).toMatchObject({ addOns: { liquidity: { rate: '0', known: false }, ownership: { known: false } } });
  expect(ask('C')).toMatchObject({ ok: false, fault: { code: 'no-add-ons', at: 'params.instrument' } });
});

test('a calc pack carries the data of the tables: it gives the same figures elsewhere, and other data other figures', () => {
  const pack = packed();
  expect(pack.result?.accounts[0]?.maintenance).toBe(stateOf(desk).maintenance);
  expect(verifyPack(pack)).toEqual({ ok: true, value: { differences: [] } });
  const { market } = pack;
  const other: CalcPack = { ...pack, market: { ...market, stats: { ...market?.stats, A: { ...market?.stats?.['A'], adv20: '60' } } } };
  const answer = ask('A', other);
  expect(answer.ok && answer.value).toMatchObject({ rate: '0.5' });
});
