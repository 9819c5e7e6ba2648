import { expect, test } from 'vitest';
import { computeDocument } from '../../main/desk/packs.ts';
import { answerQuestion } from '../../main/desk/questions.ts';
import { readQuestion } from '../../main/engine/questions/answer.ts';
import { fail, type Result } from '../../shared/result.ts';
import type { Answer } from '../../shared/question.ts';

function ask(name: string, params: Answer, pack: unknown = {}): Result<Answer> {
  const read = readQuestion({ format: 'plimsoll/question@1', ask: name, pack, params });
  return read.ok ? answerQuestion(read.value) : fail(read.fault);
}

/** 500 shares bought at 145.50 with half of it borrowed. */
const bought = {
  format: 'plimsoll/calc-pack@1',
  asOf: '2026-11-20T21:00:00Z',
  baseCurrency: 'USD',
  instruments: { XYZ: { kind: 'equity', currency: 'USD', price: '145.50' } },
  accounts: [{ id: 'A1', pools: [{ id: 'cross', model: 'strategy', rulePack: 'us-reg-t', cash: { USD: '-36375' }, positions: [{ instrument: 'XYZ', quantity: '500' }] }] }],
};

test('a call price is the real margin function solved for one price: 36,375 / (500 × 75 %) = 97', () => {
  expect(ask('trigger.callPrice', { instrument: 'XYZ' }, bought)).toEqual({ ok: true, value: { down: '97', up: null } });
});

test('the release of a sale and of a deposit are the requirement and what is left beside it', () => {
  expect(ask('cure.release', { instrument: 'XYZ', marketValue: '60000', by: 'closing' }, bought)).toEqual({ ok: true, value: { house: '15000', exchange: '15000', regT: '30000' } });
  expect(ask('cure.release', { instrument: 'XYZ', marketValue: '100', by: 'depositing' }, bought)).toEqual({ ok: true, value: { house: '75', exchange: '75', regT: '50' } });
});

test('the cure formulas refuse where options make them wrong, and the list of cures has what is right', () => {
  const covered = {
    ...bought,
    instruments: { ...bought.instruments, 'XYZ C': { kind: 'option', currency: 'USD', underlying: 'XYZ', right: 'call', strike: '150', expiry: '2099-01-15', multiplier: '100', price: '3' } },
    accounts: [{ id: 'A1', pools: [{ id: 'cross', model: 'strategy', rulePack: 'us-reg-t', cash: { USD: '-60000' }, positions: [{ instrument: 'XYZ', quantity: '500' }, { instrument: 'XYZ C', quantity: '-5' }] }] }],
  };
  expect(ask('cure.amounts', { instrument: 'XYZ', call: 'house' }, covered)).toMatchObject({ ok: false, fault: { code: 'formula-does-not-hold', message: expect.stringContaining('options on XYZ are charged together with it') } });
  const list = ask('cure.list', {}, covered);
  expect(list).toMatchObject({ ok: true, value: { pools: [{ pool: 'cross', cures: [{ kind: 'cash', restores: true }, expect.anything()] }] } });
});

test('a parameter comes with its rule pack, citation and how sure of it we are', () => {
  const answer = ask('rules.parameter', { packs: ['us-reg-t'], key: 'regT.stock.long' });
  expect(answer).toMatchObject({ ok: true, value: { value: '0.5', cites: '12 CFR 220.12(a)', status: 'verified' } });
  expect(ask('rules.parameter', { packs: ['us-reg-t'], key: 'no.such.thing' })).toMatchObject({ ok: false, fault: { code: 'unknown-parameter', at: 'params.key' } });
});

test('due dates count business days: from the day before Thanksgiving, three days on is Tuesday', () => {
  expect(ask('calendar.addBusinessDays', { day: '2026-11-25', businessDays: '3' })).toEqual({ ok: true, value: { day: '2026-12-01' } });
  expect(ask('calendar.businessDaysBetween', { from: '2026-11-25', to: '2026-12-01' })).toEqual({ ok: true, value: { businessDays: '3' } });
});

test('the call policy of a stack of packs is the one that calls are raised under', () => {
  expect(ask('calls.policy', { packs: ['us-reg-t'] })).toMatchObject({ ok: true, value: { regTDeMinimis: '1000', dueBusinessDays: { regT: '3' } } });
});

test('an unknown question, a stray parameter and a missing pack are faults that say where', () => {
  expect(ask('moon.phase', {})).toMatchObject({ ok: false, fault: { code: 'unknown-question', at: 'ask' } });
  expect(ask('margin.state', { colour: 'red' }, bought)).toMatchObject({ ok: false, fault: { at: 'params.colour' } });
  expect(ask('margin.state', {})).toMatchObject({ ok: false, fault: { at: 'pack' } });
  expect(ask('margin.position', { instrument: 'ABC' }, bought)).toMatchObject({ ok: false, fault: { at: 'params.instrument' } });
});

test('a pack inside a question is read as strictly as one by itself', () => {
  expect(ask('margin.state', {}, { ...bought, colour: 'red' })).toMatchObject({ ok: false, fault: { at: 'pack.colour' } });
  const numbered = { ...bought, instruments: { XYZ: { kind: 'equity', currency: 'USD', price: 145.5 } } };
  expect(ask('margin.state', {}, numbered)).toMatchObject({ ok: false, fault: { at: 'pack.instruments.XYZ.price' } });
});

test('a document on its own is computed as what it says it is: a pack, or a question', () => {
  const document = { format: 'plimsoll/question@1', ask: 'trigger.callPrice', pack: bought, params: { instrument: 'XYZ' } };
  expect(computeDocument(JSON.stringify(document))).toEqual({ ok: true, value: { kind: 'question', answer: { down: '97', up: null } } });
  expect(computeDocument(JSON.stringify(bought))).toMatchObject({ ok: true, value: { kind: 'pack', result: { accounts: [{ maintenance: '18187.5' }] } } });
  expect(computeDocument('{"format":')).toMatchObject({ ok: false, fault: { code: 'not-json' } });
  expect(computeDocument('[]')).toMatchObject({ ok: false, fault: { code: 'bad-calc-pack' } });
});
