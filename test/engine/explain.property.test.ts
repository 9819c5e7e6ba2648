import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountState, FIGURES } from '../../shared/domain/margin-state.ts';
import { Decimal } from '../../shared/money.ts';
import { accountStateOf, explainFigure, explainPosition } from '../../main/engine/margin.ts';
import { marginOf, trade } from './build.ts';
import { wrongNodes } from './explain-checker.ts';
import { decimalBetween, randomDesk } from './random-book.ts';

test('every node of every figure is its operation applied to its children, exactly', () => {
  fc.assert(
    fc.property(randomDesk(), (desk) => {
      const margin = marginOf(desk);
      for (const figure of FIGURES) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('the amount at the top of a tree is the amount of the state', () => {
  fc.assert(
    fc.property(randomDesk(), (desk) => {
      const margin = marginOf(desk);
      const state = accountStateOf(margin);
      expect(explainFigure(margin, 'maintenance').amount).toBe(state.maintenance);
      expect(explainFigure(margin, 'initial').amount).toBe(state.initial);
      expect(explainFigure(margin, 'equity').amount).toBe(state.equity);
      expect(explainFigure(margin, 'healthRatio').amount).toBe(state.healthRatio);
      expect(state.pools[0]?.explain.amount).toBe(state.pools[0]?.maintenance);
      for (const position of state.pools[0]?.positions ?? []) {
        const tree = explainPosition(margin, position.instrument, position.subType);
        expect(tree?.amount ?? '0').toBe(position.houseMaintenance);
        expect(tree ? wrongNodes(tree) : []).toEqual([]);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('every state is valid at the border', () => {
  fc.assert(
    fc.property(randomDesk(), (desk) => {
      expect(accountState.safeParse(accountStateOf(marginOf(desk))).error).toBeUndefined();
    }),
    { numRuns: 1_000 },
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
    { numRuns: 1_000 },
  );
});
