import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseOptionSymbol } from '../../../main/import/symbols/option-symbol.ts';
import { anOption, SPELLINGS } from '../writers/option-spellings.ts';

test('an option written in any spelling is read back as the same option', () => {
  fc.assert(
    fc.property(anOption, fc.constantFrom(...SPELLINGS), (option, [spelling, write]) => {
      const parsed = parseOptionSymbol(write(option));
      expect(parsed).toMatchObject({
        ok: true,
        value: { spelling, id: option.id, terms: { right: option.right, strike: option.strike, expiry: option.expiry, underlying: option.root.replace(/\d$/, '') } },
      });
      expect(parsed?.ok && parsed.value.terms.adjusted === true).toBe(/\d$/.test(option.root));
    }),
    { numRuns: 5_000 },
  );
});

test('no text makes the reader throw, and what it reads as an option is one', () => {
  const parts = fc.constantFrom('AAPL', 'SPX', ' ', '  ', '-', '260918', '18SEP26', '09/18/2026', 'C', 'P', '00260000', '260', '260.5', '/', '_USDC', 'CHUF6', '1');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
      const parsed = parseOptionSymbol(pieces.join(''));
      expect(parsed === null || !parsed.ok || /^\d{4}-\d{2}-\d{2}$/.test(parsed.value.terms.expiry)).toBe(true);
    }),
    { numRuns: 5_000 },
  );
});
