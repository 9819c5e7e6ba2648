import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIGURES } from '../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../shared/explain.ts';
import { Decimal } from '../../shared/money.ts';
import type { AbsentFigure, Figure } from '../../main/engine/figure/figure.ts';
import { toExplain } from '../../main/engine/figure/to-explain.ts';
import { accountStateOf, explainFigure, explainPosition } from '../../main/engine/margin.ts';
import { marginOf, trade } from './build.ts';
import { wrongNodes } from './explain-checker.ts';
import { decimalBetween, manyPools, randomDesk, wildDesk } from './random-book.ts';
import { knownMargin, marginOfMany, FEWER_BOOKS, SAME_BOOKS } from './same-books.ts';

/** Wrong nodes of the trees of several figures; a figure that stands in more than one of them is looked at once. */
function wrongIn(figures: readonly (Figure | AbsentFigure)[]): string[] {
  const known = new Map<Figure | AbsentFigure, ExplainNode>();
  const seen = new Set<ExplainNode>();
  return figures.flatMap((figure) => wrongNodes(toExplain(figure, known), 'root', seen));
}

test('every figure of a book re-evaluates to its root exactly, node by node', () => {
  fc.assert(
    fc.property(wildDesk(), (desk) => {
      const margin = knownMargin(desk);
      expect(wrongIn(FIGURES.map((figure) => margin.figures[figure]))).toEqual([]);
    }),
    SAME_BOOKS,
  );
});

test('so do the figures of every pool, of the account over its pools, and of house add-ons', () => {
  fc.assert(
    fc.property(manyPools(), fc.constantFrom(['us-reg-t', 'house-standard'], ['us-reg-t', 'house-standard', 'house-concentration'], ['us-reg-t', 'house-fidelity'], ['us-reg-t', 'house-ibkr']), ({ account, market }, packs) => {
      const pools = account.pools.map((pool) => (pool.id === 'cross' ? { ...pool, packs } : pool));
      const margin = marginOfMany({ account: { ...account, pools }, market });
      expect(wrongIn([margin, ...margin.pools].flatMap(({ figures }) => FIGURES.map((figure) => figures[figure])))).toEqual([]);
    }),
    FEWER_BOOKS,
  );
});

test('the amount at the top of a tree is the amount of the state', () => {
  fc.assert(
    fc.property(wildDesk(), (desk) => {
      const margin = knownMargin(desk);
      const state = accountStateOf(margin);
      for (const figure of ['maintenance', 'initial', 'equity', 'healthRatio'] as const) expect(margin.figures[figure].amount?.toFixed() ?? null).toBe(state[figure]);
      expect(state.pools[0]?.explain.amount).toBe(state.pools[0]?.maintenance);
      for (const position of state.pools[0]?.positions ?? []) {
        const tree = explainPosition(margin, position.instrument, position.subType);
        expect(tree?.amount ?? '0').toBe(position.houseMaintenance);
        expect(tree ? wrongNodes(tree) : []).toEqual([]);
      }
    }),
    SAME_BOOKS,
  );
});

test('what is due under Reg T is exact and never negative, whatever was traded', () => {
  const trades = randomDesk().chain((desk) => {
    const one = fc.tuple(fc.constantFrom(...desk.positions.map(([instrument]) => instrument)), decimalBetween(-500, 500, 1), decimalBetween(0, 100, 2));
    return fc.tuple(fc.constant(desk), fc.array(one, { maxLength: 5 }), fc.boolean());
  });
  fc.assert(
    fc.property(trades, ([desk, rows, newAccount]) => {
      const activity = rows.map(([instrument, quantity, price], at) => trade(instrument, quantity, price, `T${at}`));
      const margin = marginOf({ ...desk, account: { activity, newAccount } });
      const tree = explainFigure(margin, 'regTDueToday');
      expect(wrongNodes(tree)).toEqual([]);
      expect(tree.amount?.startsWith('-')).toBe(false);
      // Reg T never asks for more than it takes to stand at its requirement, first transactions apart.
      const missing = new Decimal(margin.figures.regTInitial.amount).minus(margin.figures.equity.amount);
      expect(newAccount || new Decimal(tree.amount ?? '0').lte(Decimal.max(0, missing))).toBe(true);
    }),
    FEWER_BOOKS,
  );
});
