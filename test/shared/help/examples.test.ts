import { expect, test } from 'vitest';
import { answerQuestion } from '../../../main/desk/questions.ts';
import { callPrice } from '../../../main/engine/trigger.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { linesOfExample } from '../../../shared/help/example-lines.ts';
import { HELP_PAGES } from '../../../shared/help/pages.ts';
import { spanPage } from '../../../shared/help/pages/span.ts';
import type { HelpExample } from '../../../shared/help/example.ts';
import { toDecimalText } from '../../../shared/money.ts';
import { evaluate } from './arithmetic.ts';
import { accountOf, marginOfExample, marketOf } from './example-margin.ts';

const examples = HELP_PAGES.flatMap(({ id, examples: own }) => own.map((example, index) => ({ name: `${id}, example ${index + 1}`, example })));
const computed = new Map(examples.map(({ example }) => [example, marginOfExample(example)]));
const of = (example: HelpExample) => computed.get(example) as ReturnType<typeof marginOfExample>;

test.each(examples)('$name: the engine gives the figures, status and position requirements that the page states', ({ example }) => {
  const { margin, state } = of(example);
  for (const [figure, stated] of Object.entries(example.gives)) {
    const { amount } = margin.figures[figure as keyof typeof example.gives];
    expect([figure, amount && toDecimalText(amount)]).toEqual([figure, stated]);
  }
  if (example.status) expect(margin.status).toBe(example.status);
  const positions = new Map(state.pools.flatMap((pool) => pool.positions.map(({ instrument, houseMaintenance }) => [instrument, houseMaintenance])));
  for (const [instrument, stated] of Object.entries(example.positions ?? {})) expect([instrument, positions.get(instrument)]).toEqual([instrument, stated]);
  // Nothing in an example may be left out of its figures unnoticed.
  expect(margin.unpriced).toEqual([]);
});

test.each(examples.filter(({ example }) => example.callPrices))('$name: the engine finds the call prices that the page states', ({ example }) => {
  for (const { instrument, down, up } of example.callPrices ?? []) expect(callPrice(accountOf(example), marketOf(example), shippedPacks(), instrument)).toEqual({ down, up });
});

test.each(examples.filter(({ example }) => example.movable))('$name: what could move arrives when and as much as the page states', ({ example }) => {
  const rows = (of(example).state.movable ?? []).map(({ from, to, amount, arrivesAt }) => ({ from, to, amount, arrivesAt }));
  expect(rows).toEqual(example.movable);
});

test.each(examples.filter(({ example }) => example.pairing))('$name: the pairing costs what the page states, and the greedy one what it says', ({ example }) => {
  const { group, cost, greedy, gap } = example.pairing as NonNullable<HelpExample['pairing']>;
  const quality = of(example).margin.pools.flatMap(({ pairings }) => pairings ?? []).find((pairing) => pairing.group === group)?.quality();
  expect(quality && { cost: toDecimalText(quality.cost), greedy: toDecimalText(quality.greedy()), gap: toDecimalText(quality.gap) }).toEqual({ cost, greedy, gap });
});

test.each(examples.filter(({ example }) => example.asks))('$name: the desk answers the questions of the page as it states', ({ example }) => {
  for (const { ask, params, answer } of example.asks ?? []) {
    const answered = answerQuestion({ format: 'plimsoll/question@1', ask, params: params as never });
    expect(answered).toEqual({ ok: true, value: answer });
  }
});

test('the amounts of an example are named in the currency of its account', () => {
  const [first] = spanPage.examples;
  expect(first && linesOfExample(first)[0]).toEqual(['Maintenance', '88,205.00 HKD']);
  for (const { example } of examples.filter(({ example: { currency = 'USD', pools } }) => pools.length > 0 && currency === 'USD')) expect(linesOfExample(example).some(([, amount]) => /\d [A-Z]{3}$/.test(amount) && !amount.endsWith(' USD'))).toBe(false);
});

/** What the examples of a page state as results, as a line of arithmetic would end. */
function statedResults(page: (typeof HELP_PAGES)[number]): Set<string> {
  const texts = page.examples.flatMap(({ gives, callPrices = [], pairing, asks = [], movable = [] }) => {
    const own = pairing ? [pairing.gap, toDecimalText(evaluate(`${pairing.greedy} − ${pairing.cost}`))] : [];
    return [...Object.values(gives), ...callPrices.flatMap(({ down, up }) => [down, up]), ...own, ...movable.map(({ amount }) => amount), ...asks.flatMap(({ answer }) => Object.values(answer))];
  });
  return new Set(texts.filter((text) => text !== null).map(String));
}

const formulas = HELP_PAGES.flatMap((page) => page.formulas.map((formula) => ({ name: `${page.id}: ${formula.what}`, page, formula })));

test.each(formulas)('$name: the line of arithmetic stands in a tree of the page’s examples, or works out to a result they state', ({ page, formula: { worked } }) => {
  if (page.examples.some((example) => of(example).lines.has(worked))) return;
  const [left = '', result = ''] = worked.split(' = ');
  const plain = result.replaceAll(',', '').replace(/\.?0+$/, '') || '0';
  expect([...statedResults(page)]).toContain(/^\d{4}-/.test(result) ? result : plain);
  if (!/^\d{4}-/.test(result)) expect(toDecimalText(evaluate(left))).toBe(toDecimalText(evaluate(result)));
});
